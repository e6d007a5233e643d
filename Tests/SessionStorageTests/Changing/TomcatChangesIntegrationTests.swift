import TestSupport
import Testing

@testable import Sessions

/// What extension leaves of sessions that are one string (session-formats, ch. 3.2, 4, 11, 12 and 13).
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

    /// Their last use stands inside of their values.
    @Test(arguments: [
        "java-programs/overit-redis-manager", "java-programs/pivotal-session-managers", "java-programs/shiro-redis",
        "java-programs/spring-oauth-token-store",
    ])
    func whatALongerLifeDoesNotExtendIsRefused(_ store: String) throws {
        var refused = 0
        try forEachSession(of: store) { _, group, now in
            guard let format = SessionFormats.format(named: group.session.format) else { return }
            let reason = refusal { () throws(ChangeRefusal) in try format.planToTouch(group, ChangeContext(now: now)) }
            #expect(reason?.contains("inside of") == true)
            refused += 1
        }
        #expect(refused >= 4)
    }

    /// Only where the session itself says how long it lives can it be told to end earlier.
    @Test(arguments: RemovalIntegrationTests.stores.map(\.description).filter { !$0.contains("amadeus") })
    func aLaterEndIsRefusedWithTheReason(_ store: String) throws {
        try forEachSession(of: store) { _, group, now in
            let reason = refusal { () throws(ChangeRefusal) in
                try SessionChanges.expire(group, at: now + 60_000, ChangeContext(now: now))
            }
            #expect(reason?.hasPrefix("the next request would extend it again") == true, "\(group.name)")
        }
    }

    @Test func aTokenWhoseKeysAreNotAllKnownIsNotRevokedInPart() throws {
        try forEachSession(of: "java-programs/spring-oauth-token-store") { _, group, now in
            let reason = refusal { () throws(ChangeRefusal) in try SessionChanges.expire(group, ChangeContext(now: now))
            }
            #expect(reason?.contains("auth_to_access:") == true)
        }
    }
}
