import TestSupport
import Testing

@testable import Sessions

/// What the real frames do not have: other transcoders, no times, wrong keys (session-formats, ch. 11).
struct MemcachedFormatTests {
    private static let id = "0123456789ABCDEF0123456789ABCDEF"

    private static func long(_ value: Int64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * $0)) }
    }

    /// A frame of version 1 without a login, of 84 bytes less two.
    private static func frame(_ attributes: [UInt8], version: UInt8 = 1, headerLength: UInt8 = 80) -> [UInt8] {
        [0, version, 0, headerLength] + long(1_700_000_000_000) + long(1_700_000_001_000) + [0, 0, 7, 8]
            + Array("01".utf8) + long(1_700_000_002_000) + long(1_700_000_003_000) + [0, 32] + Array(id.utf8)
            + [0, 0, 0, 0] + attributes
    }

    private func read(
        _ value: [UInt8], key: String = id, companions: [StoredCompanion]? = nil
    ) -> Session? {
        var record = StoredRecord(key: Array(key.utf8), content: .string(value))
        record.companions = companions
        return SessionFormats.session(from: record, now: 0)
    }

    @Test(arguments: ["<attributes/>", "{\"user\":\"alice\"}", "\u{1}kryo"])
    func keepsTheAttributesOfOtherTranscodersUnread(_ attributes: String) throws {
        let session = try #require(read(Self.frame(Array(attributes.utf8))))
        #expect(session.format == "memcached" && session.attributes?.isEmpty == true)
        #expect(session.findings.map(\.code) == ["opaque"])
        #expect(session.createdAt == 1_700_000_000_000 && session.lastAccessedAt == 1_700_000_002_000)
        #expect(session.maxInactiveSeconds == 1800)
    }

    @Test func anEndlessHeaderIsFound() throws {
        let session = try #require(read(Self.frame([], headerLength: 200)))
        #expect(session.findings.map(\.code) == ["truncated"] && session.attributes?.isEmpty == true)
    }

    @Test func aFrameUnderAnotherKeyIsNoSession() {
        let value = Self.frame([])
        #expect(read(value, key: "other") == nil)
        #expect(read(value, key: "x" + Self.id) == nil)
        #expect(read(value, key: "x_" + Self.id)?.namespace == Array("x_".utf8))
        #expect(read(Self.frame([], version: 3)) == nil)
    }

    @Test func theTimesUnderValidityAreNewer() throws {
        let key = Array(("validity:" + Self.id).utf8)
        let times = [0, 0, 0, 60] + Self.long(1_700_000_010_000) + Self.long(1_700_000_020_000)
        let frame = Self.frame([0xAC, 0xED, 0, 5])
        let without = try #require(read(frame, companions: [StoredCompanion(key: key, content: .missing)]))
        #expect(without.variant == "sticky" && without.maxInactiveSeconds == 1800)
        let with = try #require(read(frame, companions: [StoredCompanion(key: key, content: .string(times))]))
        #expect(with.variant == "non-sticky" && with.maxInactiveSeconds == 60)
        #expect(with.lastAccessedAt == 1_700_000_020_000)
        let bad = try #require(read(frame, companions: [StoredCompanion(key: key, content: .string([1]))]))
        #expect(bad.findings.contains { $0.code == "bad-field" } && bad.maxInactiveSeconds == 1800)
        #expect(read(frame)?.variant == nil)
    }

    @Test func oneByteIsTheSignOfALostSession() throws {
        #expect(read([1])?.findings.map(\.code) == ["lost-session"])
        #expect(read([1], key: "flag") == nil && read([2]) == nil)
    }
}
