import TestSupport
import Testing

@testable import Sessions

/// Paths into tokens that are texts inside attributes: a whole attribute, a map's value, a list's element, a field.
struct TokenPathTests {
    /// Every claim that the issuer wrote is found by its path, wherever the token stands.
    @Test func leadsToEachClaim() throws {
        let store = FixtureStore("java-programs/spring-session-jwt")
        let stored = try StoredFixture(store, now: 0)
        var found: Set<String> = []
        for expected in try store.expectedSessions() {
            let session = try #require(stored.sessions[Array(try expected.required("key").requiredString().utf8)])
            let tokens = try #require(expected["tokens"] ?? nil)
            for place in tokens.names {
                for part in ["header", "claims"] {
                    let members = try tokens.required(place).required(part)
                    for name in members.names {
                        let path = try AttributePath("\(place).\(part).\(name)")
                        guard case .json(let node) = try path.value(in: session.attributes ?? []) else {
                            Issue.record("\(path)")
                            continue
                        }
                        let member = try members.required(name)
                        #expect(node.string?.text == member.string && node.number?.text == member.number, "\(path)")
                        found.insert("\(place).\(part)")
                    }
                }
            }
        }
        #expect(
            found.isSuperset(of: ["token.claims", "authorization.claims", "tokens.refresh_token.header"]), "\(found)")
    }

    @Test(
        arguments: [
            ("token.claims.nothing", "no nothing in the attribute; it has iss, sub"),
            ("token.sub", "a token has header and claims"), ("user.claims", "no claims in the attribute"),
        ])
    func saysWhereAWayEnds(_ text: String, _ message: String) throws {
        let stored = try StoredFixture(FixtureStore("java-programs/spring-session-jwt"), now: 0)
        let key = Array("spring:session:sessions:7f6a5094-4a33-3181-be03-b045a82e472c".utf8)
        let attributes = try #require(stored.sessions[key]?.attributes)
        let error = #expect(throws: PathError.self) { try AttributePath(text).value(in: attributes) }
        #expect(
            error?.message.hasPrefix(message) == true && error?.message.contains("()") == false,
            "\(error?.message ?? "")")
    }

    /// A filter sees the claims as well, a token in JSON included.
    @Test func filtersCompareClaims() throws {
        let store = FixtureStore("java-programs/spring-session-jwt")
        let sessions = try StoredFixture(store, now: 0).sessions.values
        let filter = try SessionFilter("attr.token.claims.sub = alice and attr.token.claims.exp = 1700000900", now: 0)
        #expect(sessions.filter { filter.matches($0, now: 0) }.count == 1)
        let json = #"{"inner":["eyJhbGciOiJub25lIn0.eyJhdWQiOlsiYSIsImIiXX0."]}"#
        let attributes = [SessionAttribute(name: Array("a".utf8), value: .stored(Array(json.utf8)))]
        guard case .json(let node) = try AttributePath("a.inner[0].claims.aud[1]").value(in: attributes) else {
            Issue.record("no value")
            return
        }
        #expect(node.string?.text == "b")
    }
}
