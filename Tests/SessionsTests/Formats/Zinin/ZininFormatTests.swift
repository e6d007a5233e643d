import Testing

@testable import Sessions

/// Sessions of which keys are gone (session-formats, ch. 12.5).
struct ZininFormatTests {
    private static let base = "session:0123456789ABCDEF0123456789ABCDEF"

    private func read(_ value: String, _ companions: [(String, StoredCompanion.Content)]?) -> Session? {
        var record = StoredRecord(key: Array((Self.base + ":creation_time").utf8), content: .string(Array(value.utf8)))
        record.companions = companions?.map { StoredCompanion(key: Array((Self.base + $0.0).utf8), content: $0.1) }
        return SessionFormats.session(from: record, now: 0)
    }

    private func text(_ value: String) -> StoredCompanion.Content { .string(Array(value.utf8)) }

    @Test func aSessionWithoutItsEndCannotBeUsed() throws {
        let session = try #require(
            read(
                "1700000000000", [(":last_access_time", .missing), (":timeout", text("1800")), (":expire_at", .other)]))
        #expect(session.createdAt == 1_700_000_000_000 && session.lastAccessedAt == nil)
        #expect(session.maxInactiveSeconds == 1800 && session.attributes?.isEmpty == true)
        #expect(session.findings.map(\.code) == ["missing-field"])
    }

    @Test func anAttributeThatIsNamedAndGoneIsFound() throws {
        let session = try #require(
            read(
                "1", [(":expire_at", text("2")), (":attrs", .members([[0x61], [0x62]])), (":attrs:b", text("x"))]))
        #expect(session.attributes?.map(\.name) == [[0x62]])
        #expect(session.findings.map(\.code) == ["missing-attribute"])
    }

    @Test(arguments: ["", "x", "1.5", "999999999999999999999", "\u{0}"])
    func otherTextIsNoSession(_ value: String) { #expect(read(value, nil) == nil) }

    /// The names of attributes are known only when the set of names is there.
    @Test func asksForItsOtherKeysInTwoSteps() throws {
        var record = StoredRecord(key: Array((Self.base + ":creation_time").utf8), content: .string([0x31]))
        let session = try #require(SessionFormats.session(from: record, now: 0))
        #expect(SessionFormats.companionKeys(of: session, record).count == 4)
        record.companions = [StoredCompanion(key: Array((Self.base + ":attrs").utf8), content: .members([[0x61]]))]
        let keys = SessionFormats.companionKeys(of: session, record)
        #expect(keys.last == Array((Self.base + ":attrs:a").utf8) && keys.count == 5)
        record.isWhole = false
        #expect(SessionFormats.companionKeys(of: session, record).count == 3)
    }
}
