import TestSupport
import Testing

@testable import Sessions

/// Redisson's hashes after changes (session-formats, ch. 10.4, 10.5 and 13).
struct RedissonChangesIntegrationTests {
    @Test(arguments: ["redisson-tomcat-3.52.0", "redisson-tomcat-3.52.0-json"])
    func extensionWritesBothTimesInTheCodecOfTheSession(_ store: String) throws {
        var extended = 0
        try forEachSession(of: store) { server, group, now in
            let context = ChangeContext(now: now)
            let isWhole = group.session.createdAt != nil && group.session.maxInactiveSeconds != nil
            let isInvalid = group.session.details.contains(SessionDetail("isValid", "false"))
            guard isWhole, !isInvalid else {
                #expect(refusal { () throws(ChangeRefusal) in try RedissonFormat.planToTouch(group, context) } != nil)
                return
            }
            let plan = try RedissonFormat.planToTouch(group, context)
            let interval = try #require(group.session.maxInactiveSeconds)
            var expected = ["lastAccessedTime", "thisAccessedTime"].map { "\(group.name).session:\($0) = \(now)" }
            if interval >= 0 { expected.append("\(group.name) lives \(interval + 60)") }
            let lines = try server.run(plan, now: now)
            #expect(lines == expected.sorted(), "\(group.name)")
            #expect(plan.doubt == nil)
            for field in ["session:lastAccessedTime", "session:thisAccessedTime"] {
                let old = try #require(group.field(Array(field.utf8)))
                let new = try server.call("HGET", group.record.key, Array(field.utf8)).bytes
                #expect(new.count == old.count && new.first == old.first)
            }
            extended += 1
        }
        #expect(extended >= 5)
    }

    @Test func logoutOfTheRepositorysSessionIsThatOfAnIndexedOne() throws {
        var ended = 0
        try forEachSession(of: "java-programs/redisson-spring-session") { server, group, now in
            let before = try Keyspace(server)
            var expected = before.lines(withoutMembersOf: group.session)
            expected += ["\(group.name).session:maxInactiveInterval = 0", "\(group.name) lives 60"]
            let shadow = try #require(RedissonFormat.shadowKey(ofKey: group.record.key))
            if before.values[shadow] != nil { expected.append("\(EscapedName.text(of: shadow)) gone") }
            let plan = try SessionChanges.expire(group, ChangeContext(now: now))
            let lines = try server.run(plan, now: now)
            #expect(lines == expected.sorted(), "\(group.name)")
            #expect(plan.doubt == nil)
            let zero = try server.call("HGET", group.record.key, Array("session:maxInactiveInterval".utf8)).bytes
            #expect(BoxedNumber.box(of: zero) == .long)
            let again = try server.group(group.record.key, now: now)
            #expect(try SessionChanges.expire(again, ChangeContext(now: now)).commands.isEmpty)
            ended += 1
        }
        #expect(ended == 12)
    }

    @Test func extensionOfTheRepositorysSessionSetsItsLives() throws {
        try forEachSession(of: "java-programs/redisson-spring-session") { server, group, now in
            let plan = try RedissonFormat.planToTouch(group, ChangeContext(now: now))
            let shadow = EscapedName.text(of: try #require(RedissonFormat.shadowKey(ofKey: group.record.key)))
            let interval = try #require(group.session.maxInactiveSeconds)
            var expected = ["\(group.name).session:lastAccessedTime = \(now)"]
            if interval >= 0 { expected += ["\(group.name) lives \(interval + 60)", "\(shadow) lives \(interval)"] }
            let lines = try server.run(plan, now: now)
            #expect(lines == expected.sorted(), "\(group.name)")
        }
    }

    /// It is made anew as the library makes it: the empty string in the client's codec.
    @Test func aLostShadowKeyOfTheRepositoryComesBack() throws {
        try forEachSession(of: "java-programs/redisson-spring-session") { server, group, now in
            guard let interval = group.session.maxInactiveSeconds, interval > 0 else { return }
            let shadow = try #require(RedissonFormat.shadowKey(ofKey: group.record.key))
            let value = try server.call("GET", shadow).bytes
            try server.command([Array("DEL".utf8), shadow])
            let lost = try server.group(group.record.key, now: now)
            try server.run(RedissonFormat.planToTouch(lost, ChangeContext(now: now)), now: now)
            #expect(try server.call("GET", shadow).bytes == value)
            #expect(try Keyspace(server).values[shadow].map { abs($0.end - now - interval * 1000) < 500 } == true)
        }
    }

    @Test func anEarlierEndOfTheRepositorysSessionIsAnInterval() throws {
        try forEachSession(of: "java-programs/redisson-spring-session") { server, group, now in
            try server.run(RedissonFormat.planToTouch(group, ChangeContext(now: now)), now: now)
            let touched = try server.group(group.record.key, now: now)
            let plan = try SessionChanges.expire(touched, at: now + 600_000, ChangeContext(now: now))
            let shadow = EscapedName.text(of: try #require(RedissonFormat.shadowKey(ofKey: group.record.key)))
            let wasEndless = group.session.maxInactiveSeconds.map { $0 < 0 } ?? true
            let expected =
                [
                    "\(group.name).session:maxInactiveInterval = 600", "\(group.name) lives 660", "\(shadow) lives 600",
                ] + (wasEndless ? ["\(shadow) = aced0005740000"] : [])
            let lines = try server.run(plan, now: now)
            #expect(lines == expected.sorted())
        }
    }
}
