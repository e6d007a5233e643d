import TestSupport
import Testing

@testable import Sessions

/// zinin's many keys after an extension (session-formats, ch. 12.5).
struct ZininChangesIntegrationTests {
    @Test func extensionSetsTimesAndAllLives() throws {
        var extended = 0
        try forEachSession(of: "java-programs/zinin-tomcat-redis-session") { server, group, now in
            let before = try Keyspace(server)
            let id = EscapedName.text(of: group.session.id)
            let interval = try #require(group.session.maxInactiveSeconds)
            var expected = [
                "session:\(id):last_access_time = \(now)", "session:\(id):expire_at = \(now + 2000 * interval)",
                "sessions +\(id) \(now)",
            ]
            for key in before.ownKeys(of: group.session) {
                let name = EscapedName.text(of: key)
                expected.append("\(name) lives \(name.hasSuffix(":last_access_time") ? interval : 2 * interval)")
            }
            let plan = try ZininFormat.planToTouch(group, ChangeContext(now: now))
            let lines = try server.run(plan, now: now)
            #expect(lines == expected.sorted())
            #expect(plan.doubt == nil)
            extended += 1
        }
        #expect(extended == 11)
    }

    @Test(arguments: ["last_access_time", "expire_at", "timeout"])
    func aSessionThatTheManagerCannotUseIsNotExtended(_ name: String) throws {
        try forEachSession(of: "java-programs/zinin-tomcat-redis-session") { server, group, now in
            let key = ZininFormat.start + group.session.id + Array(":\(name)".utf8)
            try server.command([Array("DEL".utf8), key])
            let part = try server.group(group.record.key, now: now)
            let reason = refusal { () throws(ChangeRefusal) in
                try ZininFormat.planToTouch(part, ChangeContext(now: now))
            }
            #expect(reason?.contains("\(name) is missing") == true)
            // What is left of it can be taken away.
            try server.run(SessionChanges.expire(part, ChangeContext(now: now)), now: now)
            #expect(try Keyspace(server).ownKeys(of: group.session) == [])
        }
    }
}
