import TestSupport
import Testing

@testable import Sessions

/// Revoked tokens: what is theirs goes, and what is their user's or their login's stays (session-formats, ch. 17.3).
struct JWTChangesIntegrationTests {
    /// What goes with each entry of the fixture.
    static let expected: [(key: String, lines: [String])] = [
        ("jwt:allow:alice:jti-alice-1", ["jwt:allow:alice:jti-alice-1 gone", "user:tokens:alice -jti-alice-1"]),
        ("jwt:allow:ldap:böb:jti-bob-1", ["jwt:allow:ldap:böb:jti-bob-1 gone", "user:tokens:ldap:böb -jti-bob-1"]),
        (
            "refresh:577f7b586cd0ed9d2ebb4970a98080500ce92a160023e6075ca03f147c980ab1",
            ["refresh:577f7b586cd0ed9d2ebb4970a98080500ce92a160023e6075ca03f147c980ab1 gone"]
        ),
        (
            "refresh:b4c17d389d09dc1e13a75fadf5313883a08be640ba74eb4d75ae1cf287516187",
            ["refresh:b4c17d389d09dc1e13a75fadf5313883a08be640ba74eb4d75ae1cf287516187 gone"]
        ),
    ]

    @Test(arguments: expected)
    func anEntryGoesWithWhatIsItsOwn(_ key: String, _ lines: [String]) throws {
        let server = try RedisServer()
        try server.load(FixtureStore("java-programs/jwt-keys"))
        let now = try server.now()
        let plan = try SessionChanges.expire(server.group(Array(key.utf8), now: now), ChangeContext(now: now))
        let lines = try server.run(plan, now: now)
        #expect(lines == lines)
        #expect(plan.doubt == nil)
    }

    /// Deny-list, cut-off, version and family outlive a token: whatever is revoked, they stay.
    @Test func whatIsNotTheTokensAloneStays() throws {
        var ended = 0
        try forEachSession(of: "java-programs/jwt-keys") { server, group, now in
            let plan = try SessionChanges.expire(group, ChangeContext(now: now))
            let roles = Set(plan.commands.map(\.role))
            #expect(roles.isSubset(of: [.session, .allowList, .refreshToken, .tokenIndex]))
            let before = try Keyspace(server)
            try server.run(plan, now: now)
            let after = try Keyspace(server)
            for (key, value) in before.values where after.values[key] != value {
                let name = EscapedName.text(of: key)
                #expect(
                    ["jwt:allow:", "refresh:", "session:", "user:tokens:"].contains { name.hasPrefix($0) }, "\(name)")
                #expect(!name.hasPrefix("refresh:fam:"))
            }
            ended += 1
        }
        #expect(ended == 7)
    }

    /// A token that lies in a key by itself is good wherever its signature is all that is asked.
    @Test func aBareTokenIsInDoubt() throws {
        let server = try RedisServer()
        let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSIsImV4cCI6NDEwMjQ0NDgwMCwianRpIjoieCJ9.c2lnbmF0dXJl"
        try server.command("SET", "my:token", token)
        try server.command("SET", "jwt:deny:x", "1")
        try server.command("SET", "jwt:allow:alice:x", "1")
        try server.command("SADD", "user:tokens:alice", "x", "y")
        let now = try server.now()
        let group = try server.group(Array("my:token".utf8), now: now)
        let plan = try SessionChanges.expire(group, ChangeContext(now: now))
        #expect(plan.doubt?.contains("deny-list") == true)
        let lines = try server.run(plan, now: now)
        #expect(
            lines == [
                "jwt:allow:alice:x gone", "my:token gone", "user:tokens:alice -x",
            ])
    }

    @Test func noTokenIsExtended() throws {
        try forEachSession(of: "java-programs/jwt-keys") { _, group, now in
            let reasons = [
                refusal { () throws(ChangeRefusal) in try JWTFormat.planToTouch(group, ChangeContext(now: now)) },
                refusal { () throws(ChangeRefusal) in
                    try SessionChanges.expire(group, at: now + 1000, ChangeContext(now: now))
                },
            ]
            #expect(reasons.allSatisfy { $0?.contains("signed") == true })
        }
    }
}
