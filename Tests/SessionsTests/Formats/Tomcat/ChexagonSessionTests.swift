import Testing

@testable import Sessions

/// Values of chexagon's manager that another codec wrote (session-formats, ch. 12.3).
struct ChexagonSessionTests {
    private static let id = "0123456789ABCDEF0123456789ABCDEF.node1"

    @Test func aCodecThatIsNotKnownIsKeptUnread() throws {
        let record = StoredRecord(
            key: Array(("_rsm_" + Self.id).utf8), content: .string([1, 2, 3]), timeToLive: .milliseconds(5))
        let session = try #require(SessionFormats.session(from: record, now: 100))
        #expect(session.format == "tomcat" && session.variant == "chexagon" && session.id == Array(Self.id.utf8))
        #expect(session.namespace == Array("_rsm_".utf8) && session.expiresAt(now: 100) == 105)
        #expect(session.findings.map(\.code) == ["opaque"] && session.attributes?.isEmpty == true)
    }

    /// Its key's life is the manager's interval, whatever codec wrote the session.
    @Test func theManagersIntervalRulesWhereNothingCanBeRead() throws {
        var record = StoredRecord(
            key: Array(("_rsm_" + Self.id).utf8), content: .string([1, 2, 3]), timeToLive: .milliseconds(5))
        record.managerInterval = 1800
        let session = try #require(SessionFormats.session(from: record, now: 100))
        #expect(session.maxInactiveSeconds == 1800 && session.expiresAt(now: 100) == 105)
        let plan = try SessionChanges.touch(SessionGroup(session: session, record: record), ChangeContext(now: 100))
        #expect(plan.commands.map(\.words) == [[Array("PEXPIRE".utf8), record.key, Array("1800000".utf8)]])
    }

    @Test func anotherKeyNeedsTheObject() {
        let record = StoredRecord(key: Array("_rsm_x".utf8), content: .string([1, 2, 3]))
        #expect(SessionFormats.session(from: record, now: 0) == nil)
    }

    /// Descriptions that are not as they should be are no reason to stop.
    @Test(
        arguments: [
            [], [0x70], [0x72], [0x71, 0, 0x7E, 0, 0], [UInt8](repeating: 0x72, count: 400),
            [0x72, 0xFF, 0xFF], [0x72, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0xFF, 0xFF],
        ] as [[UInt8]])
    func readsNoFieldsOfOtherDescriptions(_ rest: [UInt8]) {
        let fields = PrimitiveFields([0xAC, 0xED, 0, 5, 0x73] + rest)
        #expect(fields?.long("creationTime") == nil && fields?.int("x") == nil)
    }
}
