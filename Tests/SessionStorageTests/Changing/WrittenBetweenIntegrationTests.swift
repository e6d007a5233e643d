import Redis
import Sessions
import TestSupport
import Testing

@testable import SessionStorage

/// What another client writes of a hash between the look and the step that deletes it, and takes no new last use for: it is kept, or stays.
struct WrittenBetweenIntegrationTests {
    private static let cart = Array("sessionAttr:cart".utf8)
    private static let added = Array("sessionAttr:wish".utf8)
    /// A string as Java serializes it.
    private static func text(_ letter: Character) -> [UInt8] {
        [0xAC, 0xED, 0, 5, 0x74, 0, 1] + Array(String(letter).utf8)
    }

    enum Write: CaseIterable {
        case add, change, delete

        func words(_ key: [UInt8], _ letter: Character = "y") -> [[UInt8]] {
            switch self {
            case .add: [Array("HSET".utf8), key, added, text(letter)]
            case .change: [Array("HSET".utf8), key, cart, text(letter)]
            case .delete: [Array("HDEL".utf8), key, cart]
            }
        }
    }

    /// A store on a server, each hash of which that is a session has a cart.
    private struct Bench {
        let server: RedisServer
        let store: SessionStore
        let facts: ChangeServer
        let keys: [[UInt8]]

        init(_ name: String, user: String?) throws {
            server = try RedisServer { $0.users = ["plain on nopass ~* &* +@all -@scripting"] }
            try server.load(FixtureStore(name))
            store = try server.store(user: user)
            facts = try ChangeServer(of: store.connection)
            store.clockOffset = facts.time - store.now()
            var found: [[UInt8]] = []
            _ = try SessionScan(parts: []).run(on: store) { session in
                found.append(session.key)
                return true
            }
            keys = try found.filter { [server] in try server.type(of: $0) == "hash" }
            for key in keys { try server.command([Array("HSET".utf8), key, cart, text("x")]) }
        }

        func fields(_ key: [UInt8]) throws -> Set<StoredField> {
            let items = try server.call("HGETALL", key).items
            return Set(stride(from: 0, to: items.count, by: 2).map { StoredField(items[$0], items[$0 + 1]) })
        }

        func expire(_ keep: @escaping ChangeBatch.Keeping) throws -> [ChangedSession] {
            try run({ group, context throws(ChangeRefusal) in try SessionChanges.expire(group, context) }, keep)
        }

        func run(
            _ planning: @escaping SessionChange.Planning, _ keep: @escaping ChangeBatch.Keeping
        ) throws -> [ChangedSession] {
            let change = SessionChange(filter: SessionFilter(all: []), sparesActive: true, planning: planning)
            var batch = try ChangeBatch(change, of: store, facts, keep: keep)
            return try batch.run(keys.map { FoundSession($0) }, ChangeContext(now: facts.time))
        }

        func undo(_ kept: [KeptSession]) throws -> [UndoBatch.Outcome] {
            let connection = try store.changeConnection()
            var batch = UndoBatch(UndoBatch.Manner(), of: store, on: connection, facts)
            let ended = try ChangeServer(of: connection).time
            return try batch.run(kept, changed: ChangeSpan(began: facts.time, ended: ended), now: facts.time)
        }
    }

    private static let stores = [
        "spring-session-3.5.7-simple", "spring-session-2.7.4-simple", "redisson-tomcat-3.52.0",
    ]

    /// Read again, deleted as it is then, and brought back with it.
    @Test(arguments: stores, Write.allCases) func comesBackWithWhatOthersHaveWritten(_ name: String, _ write: Write)
        throws
    {
        for user in [nil, "plain"] {
            let bench = try Bench(name, user: user)
            defer { bench.server.stop() }
            let client = try bench.server.client()
            var kept: [[UInt8]: KeptSession] = [:]
            var looks: [[UInt8]: Int] = [:]
            let changed = try bench.expire { sessions throws(StorageError) in
                for session in sessions {
                    kept[session.key] = session
                    looks[session.key, default: 0] += 1
                    if looks[session.key] == 1 { _ = try? client.command(write.words(session.key)) }
                }
            }
            #expect(kept.count > 2 && changed.count == bench.keys.count)
            for one in changed where kept[one.key] != nil {
                #expect(one.outcome.wasWritten, "\(name) \(one.outcome)")
                #expect(try bench.server.call("EXISTS", one.key) == .integer(0))
                #expect(looks[one.key] == 2)
            }
            for (one, outcome) in zip(kept.keys, try bench.undo(Array(kept.values))) {
                guard case .restored = outcome else {
                    Issue.record("\(name) \(EscapedName.text(of: one)): \(outcome)")
                    continue
                }
                let found = try bench.fields(one)
                #expect(found.contains(StoredField(Self.added, Self.text("y"))) == (write == .add))
                let value = found.first { $0.field == Self.cart }?.value
                #expect(value == (write == .delete ? nil : Self.text(write == .change ? "y" : "x")))
            }
        }
    }

    /// Whoever writes all the time keeps the session, whole.
    @Test(arguments: stores, [nil, "plain"]) func staysWhereOthersWriteAllTheTime(_ name: String, user: String?) throws
    {
        let bench = try Bench(name, user: user)
        defer { bench.server.stop() }
        let client = try bench.server.client()
        var letters: [[UInt8]: UInt8] = [:]
        let changed = try bench.expire { sessions throws(StorageError) in
            for session in sessions {
                let letter = letters[session.key].map { $0 + 1 } ?? UInt8(ascii: "a")
                letters[session.key] = letter
                _ = try? client.command(Write.change.words(session.key, Character(UnicodeScalar(letter))))
            }
        }
        #expect(letters.count > 2)
        for one in changed {
            guard let letter = letters[one.key] else { continue }
            #expect(one.outcome.word == "changed", "\(one.outcome)")
            let value = Self.text(Character(UnicodeScalar(letter)))
            #expect(try bench.fields(one.key).contains(StoredField(Self.cart, value)))
        }
    }

    /// The other life is seen, and is what comes back; also of sessions that have ended since the library wrote them.
    @Test(arguments: [
        "java-programs/redisson-spring-session", "java-programs/spring-session-1.0.0", "redisson-tomcat-3.52.0",
    ])
    func aLifeThatOthersHaveGivenComesBack(_ name: String) throws {
        for user in [nil, "plain"] {
            let bench = try Bench(name, user: user)
            defer { bench.server.stop() }
            let client = try bench.server.client()
            let end = bench.facts.time + 36_000_000
            var kept: [[UInt8]: KeptSession] = [:]
            var looks: [[UInt8]: Int] = [:]
            let touch: SessionChange.Planning = { group, context throws(ChangeRefusal) in
                try SessionChanges.extend(group, context)
            }
            let changed = try bench.run(touch) { sessions throws(StorageError) in
                for session in sessions {
                    kept[session.key] = session
                    looks[session.key, default: 0] += 1
                    guard looks[session.key] == 1 else { continue }
                    _ = try? client.command([Array("PEXPIREAT".utf8), session.key, end.decimal])
                }
            }
            let done = Set(changed.filter { $0.outcome.wasWritten }.map(\.key))
            // A plan that writes fields alone leaves the life as it is, and needs not look.
            let extended = kept.filter { done.contains($0.key) && $0.value.states.first?.extent == .whole }
            #expect(extended.count > 2, "\(changed.map(\.outcome))")
            for key in extended.keys { #expect(looks[key] == 2, "\(name) \(EscapedName.text(of: key))") }
            for (key, outcome) in zip(extended.keys, try bench.undo(Array(extended.values))) {
                guard case .restored = outcome else {
                    Issue.record("\(name) \(EscapedName.text(of: key)): \(outcome)")
                    continue
                }
                #expect(try bench.server.call("PEXPIRETIME", key) == .integer(end))
            }
        }
    }
}
