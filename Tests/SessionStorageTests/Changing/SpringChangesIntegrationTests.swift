import TestSupport
import Testing

@testable import Sessions

/// What logout and extension leave of every Spring session of the fixtures, on a real server (session-formats, ch. 6.6, 7, 8 and 15).
struct SpringChangesIntegrationTests {
    static let indexed = [
        "spring-session-1.2.1", "spring-session-1.2.1-json", "spring-session-2.7.4-indexed",
        "spring-session-2.7.4-json",
        "spring-session-3.5.7-indexed", "spring-session-3.5.7-indexed-zset", "spring-session-3.5.7-json-security",
        "java-programs/spring-session-reactive-indexed",
    ]
    static let plain = [
        "spring-session-2.7.4-simple", "spring-session-3.5.7-simple", "spring-session-3.5.7-simple-json",
        "java-programs/spring-session-1.0.0", "java-programs/spring-session-1.0.2",
    ]

    @Test(arguments: indexed)
    func logoutOfAnIndexedSessionLeavesItsHashForTheEvent(_ store: String) throws {
        var seen = 0
        try forEachSession(of: store) { server, group, now in
            let before = try Keyspace(server)
            guard group.session.maxInactiveSeconds != 0 else {
                return try expectNoSecondLogout(of: group, on: server, now)
            }
            var expected = before.lines(withoutMembersOf: group.session)
            if group.session.variant == "default" {
                // A reactive session of nobody that never ends: nobody hears of it.
                expected.append("\(group.name) gone")
            } else {
                expected += ["\(group.name).maxInactiveInterval = 0", "\(group.name) lives 300"]
                if before.hasShadow(of: group) { expected.append("\(group.shadowName) gone") }
            }
            let plan = try SessionChanges.expire(group, ChangeContext(now: now))
            let lines = try server.run(plan, now: now)
            #expect(lines == expected.sorted(), "\(group.name)")
            #expect(plan.doubt == nil)
            seen += 1
        }
        #expect(seen >= 3)
    }

    @Test func logoutOfAReactiveSessionThatNobodyHearsLeavesNothing() throws {
        var seen = 0
        try forEachSession(of: "java-programs/spring-session-reactive-indexed") { server, group, now in
            let before = try Keyspace(server)
            guard group.session.variant == "reactive-indexed" else { return }
            let expected =
                before.lines(withoutMembersOf: group.session) + ["\(group.name) gone", "\(group.shadowName) gone"]
            seen += 1
            let plan = try SessionChanges.expire(group, ChangeContext(now: now, isHeard: false))
            let lines = try server.run(plan, now: now)
            #expect(lines == expected.sorted(), "\(group.name)")
        }
        #expect(seen == 3)
    }

    @Test(arguments: plain)
    func logoutOfAPlainSessionLeavesNothing(_ store: String) throws {
        try forEachSession(of: store) { server, group, now in
            let expected = try Keyspace(server).lines(withoutMembersOf: group.session) + ["\(group.name) gone"]
            let plan = try SessionChanges.expire(group, ChangeContext(now: now))
            let lines = try server.run(plan, now: now)
            #expect(lines == expected.sorted(), "\(group.name)")
        }
    }

    @Test(arguments: indexed + plain)
    func extensionMovesAllLives(_ store: String) throws {
        var extended = 0
        try forEachSession(of: store) { server, group, now in
            let interval = group.session.maxInactiveSeconds ?? 0
            let plan: ChangePlan
            do {
                plan = try SpringFormat.planToTouch(group, ChangeContext(now: now))
            } catch {
                let isEndless = interval < 0 && group.record.timeToLive != .none
                #expect(interval == 0 || isEndless, "\(group.name): \(error)")
                return
            }
            let before = try Keyspace(server)
            let margin: Int64 = group.session.variant == "default" ? 0 : 300
            var expected = ["\(group.name).lastAccessedTime = \(now)"]
            if interval > 0 {
                expected.append("\(group.name) lives \(interval + margin)")
                if margin > 0 { expected += before.newShadow(of: group, interval) }
                expected += before.moved(group, end: now + interval * 1000, bucketLife: interval + max(margin, 60))
            }
            let lines = try server.run(plan, now: now)
            #expect(lines == expected.sorted(), "\(group.name)")
            extended += 1
        }
        #expect(extended >= 3)
    }

    @Test(arguments: ["spring-session-3.5.7-indexed", "spring-session-2.7.4-json", "spring-session-3.5.7-simple-json"])
    func anEarlierEndIsAnInterval(_ store: String) throws {
        var ended = 0
        try forEachSession(of: store) { server, group, now in
            guard let interval = group.session.maxInactiveSeconds, interval > 600 else { return }
            for command in try SpringFormat.planToTouch(group, ChangeContext(now: now)).commands {
                try server.command(command.words)
            }
            let touched = try server.group(group.record.key, now: now)
            let before = try Keyspace(server)
            let margin: Int64 = touched.session.variant == "default" ? 0 : 300
            var expected = [
                "\(group.name).maxInactiveInterval = 600", "\(group.name) lives \(600 + margin)",
            ]
            if margin > 0 { expected.append("\(group.shadowName) lives 600") }
            expected += before.moved(touched, end: now + 600_000, bucketLife: 600 + max(margin, 60))
            let plan = try SessionChanges.expire(touched, at: now + 600_000, ChangeContext(now: now))
            let lines = try server.run(plan, now: now)
            #expect(lines == expected.sorted(), "\(group.name)")
            let again = try server.group(group.record.key, now: now)
            // The same once more, and a later end, write nothing.
            for end in [now + 600_000, now + 900_000] {
                #expect(try SessionChanges.expire(again, at: end, ChangeContext(now: now)).commands.isEmpty)
            }
            ended += 1
        }
        #expect(ended >= 3)
    }

    /// A second logout has nothing to write, except where something was left.
    @Test(arguments: indexed.dropLast())
    func aSecondLogoutWritesNothing(_ store: String) throws {
        try forEachSession(of: store) { server, group, now in
            guard group.session.maxInactiveSeconds != 0 else { return }
            try server.run(SessionChanges.expire(group, ChangeContext(now: now)), now: now)
            try expectNoSecondLogout(of: server.group(group.record.key, now: now), on: server, now)
        }
    }

    /// What a library's own logout leaves in the sets is taken out of them; the hash has its last minutes already.
    private func expectNoSecondLogout(of group: SessionGroup, on server: RedisServer, _ now: Int64) throws {
        let plan = try SessionChanges.expire(group, ChangeContext(now: now))
        guard !plan.commands.isEmpty else { return }
        let lines = try server.run(plan, now: now)
        let id = EscapedName.text(of: group.session.id)
        #expect(lines.count == 1 && lines.allSatisfy { $0.contains(":expirations") && $0.hasSuffix(id) }, "\(lines)")
    }
}

extension SessionGroup {
    /// The session's own key, as people read it.
    var name: String { EscapedName.text(of: record.key) }

    /// The key that Spring's indexed repositories keep beside it.
    var shadowName: String { EscapedName.text(of: SpringFormat.shadowKey(ofKey: record.key) ?? []) }
}
