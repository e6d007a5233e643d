import TestSupport
import Testing

@testable import Sessions

/// What extension leaves of the sessions of Tomcat's managers (session-formats, ch. 3.2, 4 and 12).
struct TomcatChangesIntegrationTests {
    @Test(arguments: [
        "tomcat-redis-session-manager-2.0.0", "tomcat9-redis-session-manager",
        "java-programs/tomcat10-redis-session-manager", "java-programs/tomcat-redis-session-manager-1.2",
        "java-programs/dotcms-redis-session-manager", "java-programs/chexagon-redis-session-manager",
        "java-programs/ran-jit-1.x", "java-programs/ran-jit-2.x", "java-programs/ran-jit-4.x",
    ])
    func extensionIsALifeOfTheManagersInterval(_ store: String) throws {
        var extended = 0
        try forEachSession(of: store, managerInterval: 400_000_000) { server, group, now in
            let context = ChangeContext(now: now)
            guard !group.session.findings.contains(where: { $0.code == "placeholder" }) else {
                let refused = refusal { () throws(ChangeRefusal) in try SessionChanges.touch(group, context) }
                #expect(refused?.contains("never saved") == true)
                return
            }
            let plan = try SessionChanges.touch(group, context)
            let lines = try server.run(plan, now: now)
            #expect(lines == ["\(group.name) lives 400000000"])
            #expect((plan.doubt != nil) == (group.session.variant == "ranjit"))
            #expect(try SessionChanges.touch(group, ChangeContext(now: now, isNonSticky: true)).doubt == nil)
            extended += 1
        }
        #expect(extended >= 5)
    }

    /// A key that lives longer than its session says has it from a manager with another interval.
    @Test func anExtensionNeverShortensALife() throws {
        try forEachSession(of: "java-programs/tomcat10-redis-session-manager") { server, group, now in
            guard group.session.maxInactiveSeconds != nil else { return }
            try server.command([Array("PEXPIRE".utf8), group.record.key, Array("9000000".utf8)])
            let longer = try server.group(group.record.key, now: now)
            let refused = refusal { () throws(ChangeRefusal) in
                try SessionChanges.touch(longer, ChangeContext(now: now))
            }
            #expect(refused?.contains("--max-inactive-interval") == true)
        }
    }
}
