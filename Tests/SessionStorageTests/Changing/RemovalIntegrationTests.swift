import TestSupport
import Testing

@testable import Sessions

/// What logout leaves of every session of the formats whose keys go: nothing, and of all else everything (session-formats, ch. 3.5, 4
/// and 10 to 13).
struct RemovalIntegrationTests {
    struct Store: Sendable, CustomStringConvertible {
        let description: String
        /// What the operator has to do where a node may have the session in its memory; empty where none has.
        var doubt = ""
        /// Whether that is so although the operator says that no node keeps sessions.
        var isCertain = false
    }

    static let stores = [
        Store(description: "tomcat-redis-session-manager-2.0.0"), Store(description: "tomcat9-redis-session-manager"),
        Store(description: "java-programs/tomcat10-redis-session-manager"),
        Store(description: "java-programs/tomcat-redis-session-manager-1.2"),
        Store(description: "java-programs/dotcms-redis-session-manager"),
        Store(description: "java-programs/chexagon-redis-session-manager"),
        Store(description: "java-programs/ran-jit-1.x", doubt: "lb.sticky-session.enabled"),
        Store(description: "java-programs/ran-jit-2.x", doubt: "lb.sticky-session.enabled"),
        Store(description: "java-programs/ran-jit-4.x", doubt: "lb.sticky-session.enabled"),
        Store(description: "java-programs/overit-redis-manager", doubt: "--non-sticky"),
        Store(description: "java-programs/pivotal-session-managers", doubt: "--non-sticky"),
        Store(description: "java-programs/memcached-session-manager-sticky", doubt: "drain or restart"),
        Store(description: "java-programs/memcached-session-manager-non-sticky"),
        Store(description: "redisson-tomcat-3.52.0", doubt: "readMode REDIS", isCertain: true),
        Store(description: "redisson-tomcat-3.52.0-json", doubt: "drain or restart", isCertain: true),
        Store(description: "java-programs/shiro-redis"), Store(description: "java-programs/zinin-tomcat-redis-session"),
        Store(description: "java-programs/amadeus-session-replacer"),
        Store(description: "java-programs/amadeus-session-replacer-notification"),
        Store(description: "java-programs/amadeus-session-replacer-sticky", doubt: "drain or restart"),
    ]

    @Test(arguments: stores)
    func logoutLeavesNothing(_ store: Store) throws {
        var ended = 0
        try forEachSession(of: store.description) { server, group, now in
            // A request has the lock for a few seconds.
            if let lock = group.others(.lock).first { try server.command([Array("DEL".utf8), lock.key.key]) }
            let before = try Keyspace(server)
            let own = before.ownKeys(of: group.session)
            var expected = before.lines(withoutMembersOf: group.session)
            for key in own {
                let (name, value) = (EscapedName.text(of: key), try #require(before.values[key]))
                expected +=
                    value.type == "set"
                    ? value.parts.keys.map { "\(name) -\(EscapedName.text(of: $0))" } : ["\(name) gone"]
            }
            let plan = try SessionChanges.expire(group, ChangeContext(now: now))
            let lines = try server.run(plan, now: now)
            #expect(lines == expected.sorted(), "\(group.name)")
            try expectDoubt(store, plan, group, now)
            ended += 1
        }
        #expect(ended >= 5)
    }

    private func expectDoubt(_ store: Store, _ plan: ChangePlan, _ group: SessionGroup, _ now: Int64) throws {
        let isEmpty = group.session.findings.contains { ["placeholder", "lost-session"].contains($0.code) }
        #expect((plan.doubt != nil) == (!store.doubt.isEmpty && !isEmpty), "\(group.name)")
        if let doubt = plan.doubt { #expect(doubt.contains(store.doubt)) }
        let certain = try SessionChanges.expire(group, ChangeContext(now: now, isNonSticky: true))
        #expect((certain.doubt != nil) == (store.isCertain && !isEmpty), "\(group.name)")
        #expect(certain.commands == plan.commands)
    }

    /// Between read and write, each use or change of a session is seen.
    @Test(arguments: stores)
    func aSessionThatIsUsedMeanwhileIsLeft(_ store: Store) throws {
        try forEachSession(of: store.description) { server, group, now in
            let plan = try SessionChanges.expire(group, ChangeContext(now: now))
            let key = group.record.key
            switch group.record.content {
            case .string where group.session.format == "zinin":
                try server.command([
                    Array("SET".utf8), ZininFormat.start + group.session.id + ZininFormat.lastAccessTime, [49],
                ])
            case .string:
                _ = try server.call("PEXPIRE", key, Array("9999999999999".utf8))
            case .hash:
                for time in ["session:thisAccessedTime", "#:lastAccessed"] where group.field(Array(time.utf8)) != nil {
                    _ = try server.call("HSET", key, Array(time.utf8), Array("12345678".utf8))
                }
            case .other: Issue.record("\(group.name)")
            }
            #expect(try server.failing(plan.conditions).contains(.usedSince), "\(group.name)")
            try server.command([Array("DEL".utf8), key])
            #expect(try server.failing(plan.conditions).first == .gone, "\(group.name)")
        }
    }

    /// By what a plan says of its result, a session that is gone is told from one that came back.
    @Test(arguments: stores)
    func aSessionThatCameBackIsToldFromOneThatIsGone(_ store: Store) throws {
        try forEachSession(of: store.description) { server, group, now in
            if let lock = group.others(.lock).first { try server.command([Array("DEL".utf8), lock.key.key]) }
            let copy = try server.call("DUMP", group.record.key).bytes
            let plan = try SessionChanges.expire(group, ChangeContext(now: now))
            try server.run(plan, now: now)
            try server.restore(group.record.key, copy)
            #expect(try server.failing(plan.result) == [.changed], "\(group.name)")
        }
    }
}

extension Keyspace {
    /// The keys that are the session's alone, by their names.
    func ownKeys(of session: Session) -> [[UInt8]] {
        let (key, id) = (session.key, session.id)
        var beside = [Array("validity:".utf8) + key, Array("redisson:tomcat_notified_nodes:".utf8) + id]
        let amadeus = Array("com.amadeus.session::".utf8)
        if key.hasPrefix(amadeus) { beside.append(Array("com.amadeus.session:expire::".utf8) + key[amadeus.count...]) }
        let zinin = Array("session:".utf8) + id + Array(":".utf8)
        return values.keys.filter { name in name == key || beside.contains(name) || name.hasPrefix(zinin) }
    }
}
