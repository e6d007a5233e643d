import TestSupport
import Testing

@testable import Sessions

/// Changes that would be a lie, with the reason (session-formats, ch. 12, 13 and 15).
struct RefusalIntegrationTests {
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
