import Foundation
import TestSupport
import Testing

@testable import Sessions

/// Every session that Spring Session wrote with JDK values, against what the same library said about it afterwards.
struct SpringFixtureTests {
    /// One list of expected sessions, and how many things are compared with it.
    struct Expectation: Sendable, CustomStringConvertible {
        let store: FixtureStore
        var file = "expected"
        var part = FixtureStore.Part.main
        var namespace = "spring:session"
        /// Sessions that are in the store; the others of the list were gone at once (`keyExists: false`).
        let sessions: Int
        var absent = 0
        let attributes: Int
        /// Hash fields of attributes that were removed (session-formats, ch. 5.3).
        let tombstones: Int
        let variant: String

        var description: String { "\(store) \(file)" }
    }

    /// What is wrong with the session of a store and label, beside that it has ended.
    static let findings = [
        "spring-session-1.2.1 never-expires": ["negative-interval"],
        "spring-session-1.2.1 expired-key-gone": ["missing-shadow-key"],
        "spring-session-1.2.1 security-user": ["stored-password", "stored-exception"],
        "spring-session-1.2.1 security-name-only": ["stored-password"],
        "spring-session-3.5.7-indexed security-user": ["stored-exception"],
    ]

    static let expectations = [
        Expectation(
            store: FixtureStore("spring-session-1.2.1"), sessions: 27, attributes: 443, tombstones: 2,
            variant: "indexed"),
        Expectation(
            store: FixtureStore("spring-session-1.2.1"), file: "expected-namespace", namespace: "spring:session:shop",
            sessions: 3, attributes: 52, tombstones: 0, variant: "indexed"),
        Expectation(
            store: FixtureStore("spring-session-1.2.1"), file: "big-expected", part: .big, sessions: 2, attributes: 6,
            tombstones: 0, variant: "indexed"),
        Expectation(
            store: FixtureStore("spring-session-2.7.4-indexed"), sessions: 11, attributes: 61, tombstones: 2,
            variant: "indexed"),
        Expectation(
            store: FixtureStore("spring-session-2.7.4-simple"), sessions: 5, absent: 1, attributes: 38, tombstones: 2,
            variant: "default"),
        Expectation(
            store: FixtureStore("spring-session-3.5.7-indexed"), sessions: 11, attributes: 69, tombstones: 0,
            variant: "indexed"),
        Expectation(
            store: FixtureStore("spring-session-3.5.7-indexed-zset"), sessions: 7, attributes: 42, tombstones: 0,
            variant: "indexed"),
        Expectation(
            store: FixtureStore("spring-session-3.5.7-simple"), sessions: 5, attributes: 35, tombstones: 2,
            variant: "default"),
    ]

    @Test func noStoreWithJDKValuesIsLeftOut() throws {
        let stores = try FixtureStore.all().map(\.name).filter {
            $0.hasPrefix("spring-session-") && !$0.contains("json")
        }
        #expect(stores == Set(Self.expectations.map(\.store.name)).sorted())
        for store in Set(Self.expectations.map(\.store.name)) {
            let lists = try Fixtures.names(in: store).filter { $0.contains("expected") }
            #expect(lists == Self.expectations.filter { $0.store.name == store }.map { $0.file + ".json" }.sorted())
        }
        #expect(Self.expectations.map(\.sessions).reduce(0, +) == 71)
        #expect(Self.expectations.map(\.absent).reduce(0, +) == 1)
        #expect(Self.expectations.map(\.attributes).reduce(0, +) == 746)
        #expect(Self.expectations.map(\.tombstones).reduce(0, +) == 8)
    }

    @Test(arguments: expectations)
    func readsEverySessionAsItsLibraryDoes(_ expectation: Expectation) throws {
        let expected = try expectation.store.expectedSessions(expectation.file)
        let stored = try StoredFixture(expectation.store, expectation.part, now: try Self.now(expected))
        var sessions = 0
        var absent = 0
        var attributes = 0
        var tombstones = 0
        for one in expected {
            let label = try one.required("label").requiredString()
            let id = try one.required("id").requiredString()
            let session = stored.sessions[Array("\(expectation.namespace):sessions:\(id)".utf8)]
            if one["keyExists"]?.bool == false {
                #expect(session == nil, "\(label)")
                absent += 1
                continue
            }
            let found = try #require(session, "\(label)")
            try compare(found, one, label, expectation, now: try Self.now(expected))
            sessions += 1
            attributes += found.attributes?.count ?? 0
            tombstones += found.details.first { $0.name == "removedAttributes" }.flatMap { Int($0.value) } ?? 0
        }
        #expect(sessions == expectation.sessions)
        #expect(absent == expectation.absent)
        #expect(attributes == expectation.attributes)
        #expect(tombstones == expectation.tombstones)
    }

    private func compare(
        _ session: Session, _ expected: TestJSON, _ label: String, _ expectation: Expectation, now: Int64
    ) throws {
        #expect(try session.id == Array(expected.required("id").requiredString().utf8))
        #expect(session.format == "spring")
        #expect(session.variant == expectation.variant, "\(label)")
        #expect(session.namespace == Array(expectation.namespace.utf8))
        #expect(try session.createdAt == expected.required("creationTime").requiredInteger(), "\(label)")
        #expect(try session.lastAccessedAt == expected.required("lastAccessedTime").requiredInteger(), "\(label)")
        let interval = try expected.required("maxInactiveInterval").requiredInteger()
        #expect(session.maxInactiveSeconds == interval, "\(label)")
        #expect(session.principal == expected["principal"]?.string, "\(label)")
        let isExpired = try #require(expected["expired"]?.bool as Bool?)
        #expect((session.expiresAt(now: now).map { $0 <= now } ?? false) == isExpired, "\(label)")
        let others = Self.findings["\(expectation.store) \(label)"] ?? []
        #expect(session.findings.map(\.code) == (isExpired ? ["expired"] : []) + others, "\(label)")
        let names = try expected.required("attributes").byteNames
        #expect(session.attributes?.map(\.name).inByteOrder == names.inByteOrder, "\(label)")
    }

    /// The store was dumped soon after its last session was made.
    private static func now(_ sessions: [TestJSON]) throws -> Int64 {
        let times = sessions.compactMap { $0["creationTime"]?.integer }
        return try #require(times.max()) + 1000
    }

    @Test(
        arguments: [
            (
                "spring-session-1.2.1", FixtureStore.Part.main, 30,
                ["shadow key": 27, "expirations": 5, "principal index": 9]
            ),
            ("spring-session-1.2.1", .big, 2, ["shadow key": 2, "expirations": 1]),
            ("spring-session-2.7.4-indexed", .main, 11, ["shadow key": 10, "expirations": 4, "principal index": 4]),
            ("spring-session-2.7.4-simple", .main, 5, [:]),
            ("spring-session-3.5.7-indexed", .main, 11, ["shadow key": 10, "expirations": 3, "principal index": 5]),
            (
                "spring-session-3.5.7-indexed-zset", .main, 7,
                ["shadow key": 6, "expirations": 1, "principal index": 4]
            ),
            ("spring-session-3.5.7-simple", .main, 5, [:]),
        ])
    func everyKeyHasItsRole(
        _ store: String, _ part: FixtureStore.Part, _ sessions: Int, _ auxiliary: [String: Int]
    ) throws {
        let stored = try StoredFixture(FixtureStore(store), part, now: 0)
        #expect(stored.counts == StoredFixture.Counts(sessions: sessions, auxiliary: auxiliary, others: 0))
    }
}
