import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Access tokens of Spring Security OAuth's `RedisTokenStore` (session-formats, ch. 13).
struct OAuthStoreTests {
    private let store = FixtureStore("java-programs/spring-oauth-token-store")

    @Test func everyAccessTokenEqualsItsGroundTruth() throws {
        let stored = try StoredFixture(store, now: 0)
        #expect(
            stored.counts
                == StoredFixture.Counts(
                    sessions: 4,
                    auxiliary: [
                        "access token by authentication": 4, "access tokens by client": 1, "access tokens by user": 2,
                        "refresh token": 6,
                    ], others: 0))
        var seen = (tokens: 0, fields: 0, nodes: 0)
        for expected in try store.expectedSessions() {
            let label = try expected.required("label").requiredString()
            let session = try #require(stored.sessions[Array(try expected.required("key").requiredString().utf8)])
            #expect(session.format == "oauth" && session.variant == nil && session.namespace == nil)
            #expect(session.id == Array(try expected.required("id").requiredString().utf8))
            #expect(session.statedEnd == expected["expiration"]?.integer, "\(label)")
            #expect(session.findings == [] && session.principal == nil)
            let fields = try expected.required("value").required("classes").requiredItems()[0].required("fields")
            let values = try SessionValues(try #require(session.attributes))
            let outcome = GroundTruth.compareTyped(expected: fields, actual: values.typed)
            #expect(outcome.differences == [], "\(label)")
            let refresh = SessionFormats.keyGroup(of: session).first { $0.key.starts(with: Array("refresh:".utf8)) }
            #expect(
                refresh?.key == expected["refreshToken"]?.string.map { Array("refresh:".utf8) + Array($0.utf8) },
                "\(label)")
            seen.tokens += 1
            seen.fields += values.count
            seen.nodes += outcome.compared
        }
        #expect(seen == (4, 24, 164))
    }

    @Test(
        arguments: [
            ("my:access:T", "my", "T"), ("access:T", nil, "T"), ("p_access:T", "none", ""), ("access:", "none", ""),
            ("auth_to_access:D", "none", ""),
        ] as [(String, String?, String)])
    func theTokenStandsBehindTheLastAccess(_ key: String, _ namespace: String?, _ id: String) throws {
        let any = try #require(try StoredFixture(store, now: 0).records.values.first)
        var record = any
        record.key = Array(key.utf8)
        let session = SessionFormats.session(from: record, now: 0)
        guard namespace != "none" else {
            #expect(session == nil)
            return
        }
        #expect(session?.id == Array(id.utf8) && session?.namespace == namespace.map { Array($0.utf8) })
    }
}
