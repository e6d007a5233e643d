import TestSupport
import Testing

@testable import Sessions

/// The lines that say what Spring Security's objects mean, of sessions that real software wrote.
struct SecurityMeaningTests {
    private func lines(_ store: String, _ label: String) throws -> [String] {
        let expected = try FixtureStore(store).expectedSessions().first { $0["label"]?.string == label }
        let id = try #require(expected?["id"]?.string as String?)
        let stored = try StoredFixture(FixtureStore(store), now: 0)
        let session = try #require(stored.sessions[Array("spring:session:sessions:\(id)".utf8)])
        return session.securityMeanings.map { "\($0.name): \($0.value)" }
    }

    private static let request = "saved request: GET https://shop.example.org/account/orders?page=2&q=b%C3%BCcher"
    private static let csrf = "csrf token: in the header X-CSRF-TOKEN or the parameter _csrf"

    @Test(arguments: ["spring-session-3.5.7-indexed", "spring-session-3.5.7-json-security"])
    func saysTheSameOfStreamsAndOfJSON(_ store: String) throws {
        let user = try lines(store, "security-user")
        #expect(user.first == "authentication: frank, roles ADMIN, USER, from 192.0.2.10")
        #expect(user.contains(Self.request) && user.contains(Self.csrf))
        #expect(
            try lines(store, "security-anonymous") == ["authentication: anonymousUser, roles ANONYMOUS, anonymous"])
        #expect(try lines(store, "security-rememberme") == ["authentication: frank, roles ADMIN, USER, by remember-me"])
    }

    @Test func namesTheLastFailureAndAStoredPassword() throws {
        let user = try lines("spring-session-1.2.1", "security-user")
        #expect(user.contains { $0.hasPrefix("last failure: ") && $0.contains("Exception") })
        let name = try lines("spring-session-1.2.1", "security-name-only")
        #expect(name == ["authentication: grace, roles USER, with a stored password"])
    }

    @Test(
        arguments: [
            ("SPRING_SECURITY_SAVED_REQUEST", #"{"requestURL":5}"#), ("SPRING_SECURITY_SAVED_REQUEST", "[]"),
            ("x.HttpSessionCsrfTokenRepository.CSRF_TOKEN", #"{"headerName":["a.B"]}"#),
            ("SPRING_SECURITY_LAST_EXCEPTION", #""text""#), ("x.AuthorizedClientRepository.AUTHORIZED_CLIENTS", "{}"),
            ("SPRING_SECURITY_SAVED_REQUEST", "plain"), ("cart", #"{"requestURL":"http://x/"}"#),
        ])
    func whatIsNoneSaysNothing(_ name: String, _ value: String) {
        var session = Session(id: [], format: "spring", key: [], timeToLive: .unknown)
        session.attributes = [SessionAttribute(name: Array(name.utf8), value: .stored(Array(value.utf8)))]
        #expect(session.securityMeanings.isEmpty)
    }

    @Test func theWayOfLoggingInIsSaid() throws {
        let ways = [
            ("OAuth2AuthenticationToken", ", by OAuth 2.0 (github)"),
            ("RememberMeAuthenticationToken", ", by remember-me"),
            ("PreAuthenticatedAuthenticationToken", ", authenticated outside of the application"),
            ("UsernamePasswordAuthenticationToken", ""), ("SomeToken", ", by SomeToken"),
        ]
        for (name, words) in ways {
            let json = """
                {"authentication":{"@class":"a.\(name)","authorizedClientRegistrationId":"github","authenticated":false,\
                "principal":{"idToken":{"issuedAt":1700000000.5,"claims":{"sub":"ann"}},"nameAttributeKey":"sub"}}}
                """
            let found = try #require(Authentication(.stored(Array(json.utf8))))
            #expect(found.words == "ann, no roles, since 2023-11-14T22:13:20.500Z\(words), not authenticated")
        }
    }
}
