import TestSupport
import Testing

@testable import Sessions

/// What is written for a session is what that version of the library wrote: every key with its type, its fields and members byte for
/// byte, and its life.
struct SpringLayoutFixtureTests {
    struct Case: Sendable, CustomStringConvertible {
        let store: String
        let layout: SpringLayout
        /// How many keys are equal, by role.
        let equal: [GroupedKey.Role: Int]
        /// `label: role` of what the library left another way, and why it is not copied.
        var others: [String] = []
        /// Another list of sessions than `expected.json`.
        var list = "expected"
        /// Whether its keys had the lives that follow from the times of their sessions.
        var hasLives = true

        var description: String { store + " " + list }
    }

    private static func layout(
        _ repository: SpringLayout.Repository, _ version: SpringLayout.Version,
        _ expirations: SpringLayout.Expirations = .minute, _ serializer: SpringLayout.Serializer = .java,
        namespace: String? = nil
    ) throws -> SpringLayout {
        try SpringLayout(
            repository, version, expirations: expirations, serializer: serializer,
            namespace: namespace.map { Array($0.utf8) })
    }

    static func cases() throws -> [Case] {
        [
            Case(
                store: "spring-session-1.2.1", layout: try layout(.indexed, .one),
                equal: [.session: 24, .shadow: 23, .expirations: 24, .principalIndex: 8],
                // Spring Session before 1.3 lets sessions that never end live for five minutes (ch. 6.2); what is carried lives on.
                others: [
                    "never-expires: session: lives 295004", "never-expires: shadow key: is not there",
                    "expired-key-gone: shadow key: is not there",
                ]),
            Case(
                store: "spring-session-1.2.1", layout: try layout(.indexed, .one, namespace: "shop"),
                equal: [.session: 3, .shadow: 3, .expirations: 3, .principalIndex: 1],
                list: "expected-namespace"),
            Case(
                store: "spring-session-1.2.1-json", layout: try layout(.indexed, .one, .minute, .json),
                equal: [.session: 5, .shadow: 5, .expirations: 5, .principalIndex: 1]),
            Case(
                store: "spring-session-2.7.4-indexed", layout: try layout(.indexed, .two),
                equal: [.session: 9, .shadow: 9, .expirations: 8, .principalIndex: 4]),
            Case(
                store: "spring-session-2.7.4-json", layout: try layout(.indexed, .two, .minute, .json),
                equal: [.session: 6, .shadow: 6, .expirations: 6, .principalIndex: 2]),
            Case(store: "spring-session-2.7.4-simple", layout: try layout(.default, .two), equal: [.session: 5]),
            Case(
                store: "spring-session-3.5.7-indexed", layout: try layout(.indexed, .threeFour),
                equal: [.session: 9, .shadow: 9, .expirations: 9, .principalIndex: 5]),
            Case(
                store: "spring-session-3.5.7-indexed-zset", layout: try layout(.indexed, .threeFour, .sortedSet),
                equal: [.session: 5, .shadow: 5, .sortedExpirations: 5, .principalIndex: 4]),
            Case(
                store: "spring-session-3.5.7-json-security", layout: try layout(.indexed, .threeFour, .minute, .json),
                equal: [.session: 3, .shadow: 3, .expirations: 3, .principalIndex: 3]),
            Case(store: "spring-session-3.5.7-simple", layout: try layout(.default, .three), equal: [.session: 5]),
            Case(
                store: "spring-session-3.5.7-simple-json", layout: try layout(.default, .three, .minute, .json),
                equal: [.session: 6]),
            // By a program of our own: nobody had the library write these.
            Case(
                store: "java-programs/spring-session-reactive-indexed",
                layout: try layout(.reactiveIndexed, .threeFour),
                equal: [
                    .session: 13, .shadow: 12, .sortedExpirations: 12, .principalIndex: 3, .sessionIndex: 3,
                ], hasLives: false),
        ]
    }

    /// Sessions that have ended are not carried anywhere; these have lives that count from when they were made so.
    private static let ended = ["deleted", "expired-not-collected"]

    /// A save takes a moment, in which the clock goes on; the last one comes before the dump.
    private static let delay: Int64 = 2_000

    @Test(arguments: try cases()) func writesWhatThatVersionWrote(_ one: Case) throws {
        let store = FixtureStore(one.store)
        let keys = try Dictionary(store.records().map { ($0.key, $0) }) { $1 }
        let expected = try store.expectedSessions(one.list)
        let labels = Dictionary(
            expected.compactMap { one in
                one["id"]?.string.map { (Array($0.utf8), one["label"]?.string ?? "") }
            }
        ) { $1 }
        let sessions = try StoredFixture(store, now: 0).sessions.values.filter { session in
            labels[session.id].map { !Self.ended.contains($0) } ?? false
        }
        let dump = try Self.timeOfDump(sessions, keys, one.layout)
        var equal: [GroupedKey.Role: Int] = [:]
        var others: [String] = []
        for session in sessions.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            let label = try #require(labels[session.id])
            do throws(ConversionRefusal) {
                let portable = try PortableSession(of: session, now: 0)
                for key in try one.layout.keys(of: portable) {
                    if let difference = Self.difference(key, keys[key.key], one.hasLives ? dump : nil) {
                        others.append("\(label): \(key.role.rawValue): \(difference)")
                    } else {
                        equal[key.role, default: 0] += 1
                    }
                }
            } catch {
                others.append("\(label): \(error)")
            }
        }
        #expect(equal == one.equal)
        #expect(others == one.others)
    }

    /// When the keys were dumped, by the lives of the hashes of sessions that were saved when they were used last.
    private static func timeOfDump(
        _ sessions: [Session], _ keys: [[UInt8]: FixtureRecord], _ layout: SpringLayout
    ) throws -> Int64 {
        let times = sessions.compactMap { session -> Int64? in
            guard let left = keys[session.key]?.pttl, left > 0, let end = session.expiresAt(now: 0) else { return nil }
            return end + (layout.repository == .default ? 0 : 300_000) - left
        }
        return try #require(times.sorted().dropFirst(times.count / 2).first)
    }

    private static func difference(_ key: WrittenKey, _ record: FixtureRecord?, _ dump: Int64?) -> String? {
        guard let record else { return "is not there" }
        switch (key.content, record.content) {
        case (.string(let bytes), .string(let wanted)): if bytes != wanted { return "another string" }
        case (.hash(let fields), .hash(let wanted)):
            // A removed attribute stays as an empty field (ch. 5.3).
            let theirs = Set(wanted.filter { !$0.value.isEmpty }.map { StoredField($0.name, $0.value) })
            if Set(fields) != theirs { return "other fields" }
        case (.member(let member), .set(let members)): if !members.contains(member) { return "not in the set" }
        case (.score(let scored), .sortedSet(let members)):
            let found = members.first { $0.member == scored.member }
            if found.map({ Int64($0.score).decimal }) != scored.score { return "another score" }
        default: return "a \(record.type)"
        }
        guard let dump else { return nil }
        let life = key.end.map { $0 - dump }
        guard let life else { return record.pttl == -1 ? nil : "lives \(record.pttl)" }
        return abs(life - record.pttl) <= delay ? nil : "lives \(record.pttl) and not \(life)"
    }
}
