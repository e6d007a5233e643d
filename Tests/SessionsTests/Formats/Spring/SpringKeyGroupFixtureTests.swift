import TestSupport
import Testing

@testable import Sessions

/// Every key of a store belongs to the group of a session, and every session is in the sets of its group, as the library
/// left them.
struct SpringKeyGroupFixtureTests {
    /// How many keys of each role were looked for, and which of them are not as they should be, by label.
    struct Expectation: Sendable, CustomStringConvertible {
        let store: String
        let found: [GroupedKey.Role: Int]
        /// `label: role` of keys that are missing, or sets without the session.
        let missing: [String]

        var description: String { store }
    }

    static let expectations = [
        Expectation(
            store: "spring-session-1.2.1",
            found: [.session: 30, .shadow: 27, .expirations: 30, .principalIndex: 10],
            missing: [
                "deleted: principal index", "deleted: shadow key", "expired-key-gone: shadow key",
                "never-expires: shadow key",
            ]),
        Expectation(
            store: "spring-session-1.2.1-json",
            found: [.session: 5, .shadow: 5, .expirations: 5, .principalIndex: 1], missing: []),
        Expectation(
            store: "spring-session-2.7.4-indexed",
            found: [.session: 11, .shadow: 10, .expirations: 10, .principalIndex: 5],
            missing: ["deleted: principal index", "deleted: shadow key"]),
        Expectation(
            store: "spring-session-2.7.4-simple",
            found: [.session: 5], missing: []),
        Expectation(
            store: "spring-session-2.7.4-json",
            found: [.session: 8, .shadow: 7, .expirations: 8, .principalIndex: 3],
            missing: ["deleted: principal index", "deleted: shadow key"]),
        Expectation(
            store: "spring-session-3.5.7-indexed",
            found: [.session: 11, .shadow: 10, .expirations: 11, .principalIndex: 6],
            missing: ["deleted: principal index", "deleted: shadow key"]),
        Expectation(
            store: "spring-session-3.5.7-indexed-zset",
            found: [.session: 7, .shadow: 6, .sortedExpirations: 7, .principalIndex: 5],
            missing: ["deleted: principal index", "deleted: shadow key"]),
        Expectation(
            store: "spring-session-3.5.7-simple",
            found: [.session: 5], missing: []),
        Expectation(
            store: "spring-session-3.5.7-simple-json",
            found: [.session: 6], missing: []),
        Expectation(
            store: "spring-session-3.5.7-json-security",
            found: [.session: 3, .shadow: 3, .expirations: 3, .principalIndex: 3], missing: []),
    ]

    @Test(arguments: expectations)
    func everyKeyBelongsToASession(_ expectation: Expectation) throws {
        let store = FixtureStore(expectation.store)
        let keys = try Dictionary(store.records().map { ($0.key, $0.content) }) { $1 }
        let lists = try Fixtures.names(in: expectation.store).filter { $0 == "expected-namespace.json" }
        let expected =
            try store.expectedSessions() + (lists.isEmpty ? [] : store.expectedSessions("expected-namespace"))
        let labels = Dictionary(expected.compactMap { one in one["id"]?.string.map { (Array($0.utf8), one) } }) { $1 }
        let times = expected.compactMap { $0["creationTime"]?.integer }
        let now = try #require(times.max()) + 1000
        let sessions = try StoredFixture(store, now: now).sessions.values
        var strays = Set(keys.keys)
        var found: [GroupedKey.Role: Int] = [:]
        var missing: [String] = []
        for session in sessions {
            let group = SessionFormats.keyGroup(of: session)
            let isSorted = group.contains { $0.role == .sortedExpirations && Self.isThere($0, keys) }
            for part in group {
                if Self.isThere(part, keys) {
                    found[part.role, default: 0] += 1
                    strays.remove(part.key)
                } else if !part.isOptional, part.role != (isSorted ? .expirations : .sortedExpirations) {
                    let label = labels[session.id]?["label"]?.string ?? ""
                    missing.append("\(label): \(part.role.rawValue)")
                }
            }
        }
        #expect(found == expectation.found)
        #expect(missing.sorted() == expectation.missing)
        #expect(strays.map { String(decoding: $0, as: UTF8.self) } == [])
    }

    private static func isThere(_ part: GroupedKey, _ keys: [[UInt8]: FixtureRecord.Content]) -> Bool {
        switch keys[part.key] {
        case .set(let members): part.members.contains { members.contains($0) }
        case .sortedSet(let members): part.members.contains { member in members.contains { $0.member == member } }
        case nil: false
        default: true
        }
    }
}
