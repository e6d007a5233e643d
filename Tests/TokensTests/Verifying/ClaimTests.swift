import Sessions
import Testing

@testable import Tokens

/// What a policy asks of claims.
struct ClaimTests {
    private static let now: Int64 = 1_767_225_600_000
    private static let secret = [UInt8](1...32)

    private func codes(
        _ claims: String, type: String? = nil, _ change: (inout TokenPolicy) -> Void = { _ in }
    ) throws -> [String] {
        let token = try TokenSigner(key: try TokenKey(secret: Self.secret)).sign(claims: Array(claims.utf8), type: type)
        var policy = TokenPolicy(now: Self.now)
        change(&policy)
        return TokenVerifier(keys: try .secret(Self.secret), policy: policy).verify(token).refusals.map(\.code)
    }

    /// RFC 7519 §4.1.4: on or after `exp` is too late; §4.1.5: at `nbf` is early enough.
    @Test(arguments: [
        (#"{"exp":1767225601}"#, [] as [String]), (#"{"exp":1767225600}"#, ["expired"]),
        (#"{"exp":1767225600.001}"#, []), (#"{"exp":-1}"#, ["expired"]), (#"{"exp":-1e400}"#, ["expired"]),
        (#"{"exp":1e400}"#, []), (#"{"exp":0}"#, ["expired"]),
        (#"{"nbf":1767225600}"#, []), (#"{"nbf":1767225600.001}"#, ["not-yet-valid"]),
        (#"{"nbf":1e400}"#, ["not-yet-valid"]), (#"{"iat":1767225600}"#, []),
        (#"{"iat":1767225601}"#, ["issued-in-future"]),
        (#"{"exp":1,"nbf":1767225601}"#, ["expired", "not-yet-valid"]),
    ])
    func timesAreCompared(_ claims: String, _ expected: [String]) throws {
        #expect(try codes(claims) == expected)
    }

    @Test func leewayIsForBothSides() throws {
        func codes(_ claims: String, _ leeway: Int64) throws -> [String] {
            try self.codes(claims) { $0.leeway = leeway }
        }
        #expect(try codes(#"{"exp":1767225541}"#, 60_000) == [])
        #expect(try codes(#"{"exp":1767225540}"#, 60_000) == ["expired"])
        #expect(try codes(#"{"nbf":1767225660,"iat":1767225660}"#, 60_000) == [])
        #expect(try codes(#"{"nbf":1767225661,"iat":1767225661}"#, 60_000) == ["not-yet-valid", "issued-in-future"])
        #expect(try codes(#"{"exp":1767225600}"#, -60_000) == ["expired"])
        #expect(try codes(#"{"exp":1,"nbf":99999999999}"#, .max) == [])
    }

    @Test(arguments: [Int64.min, -1, 0, .max])
    func noTimeTraps(_ now: Int64) throws {
        for leeway in [Int64.min, 0, .max] {
            let expired = try codes(#"{"exp":5,"nbf":-1e400,"iat":-1e400}"#) { ($0.now, $0.leeway) = (now, leeway) }
            #expect(expired == (now == .max ? ["expired"] : []))
        }
    }

    @Test func issuerIsComparedExactly() throws {
        let claims = #"{"iss":"https://idp.invalid"}"#
        #expect(try codes(claims) { $0.issuers = ["other", "https://idp.invalid"] } == [])
        for wrong in ["https://idp.invalid/", "HTTPS://idp.invalid", "", "https://idp.invali"] {
            #expect(try codes(claims) { $0.issuers = [wrong] } == ["iss-not-accepted"])
        }
        #expect(try codes("{}") { $0.issuers = ["a"] } == ["iss-not-accepted"])
        // The same letter in two ways of writing it, which Swift takes for equal.
        #expect(try codes(#"{"iss":"e\u0301"}"#) { $0.issuers = ["\u{e9}"] } == ["iss-not-accepted"])
    }

    @Test func audienceIsAStringOrAmongStrings() throws {
        func codes(_ claims: String) throws -> [String] { try self.codes(claims) { $0.audiences = ["shop", "desk"] } }
        #expect(try codes(#"{"aud":"shop"}"#) == [])
        #expect(try codes(#"{"aud":["x","desk"]}"#) == [])
        for wrong in [#"{"aud":"shops"}"#, #"{"aud":"Shop"}"#, #"{"aud":[]}"#, "{}", #"{"aud":["x"]}"#] {
            #expect(try codes(wrong) == ["aud-not-accepted"])
        }
    }

    /// RFC 7515 §4.1.9: `application/` may be left out, and case makes no difference.
    @Test func typeIsComparedAsAMediaType() throws {
        func codes(_ type: String?, _ wanted: String) throws -> [String] {
            try self.codes("{}", type: type) { $0.type = wanted }
        }
        #expect(try codes("at+jwt", "at+jwt") == [])
        #expect(try codes("AT+JWT", "application/at+jwt") == [])
        #expect(try codes("application/at+jwt", "at+JWT") == [])
        for wrong in [
            "JWT", "at+jw", "text/at+jwt", "at+jwt ", "application/application/at+jwt", "AT+JWT\u{212a}", nil,
        ] {
            #expect(try codes(wrong, "at+jwt") == ["typ-not-accepted"])
        }
    }

    @Test func requiredClaimsMustBeThere() throws {
        #expect(try codes(#"{"jti":"1","x":0}"#) { $0.required = ["jti", "x"] } == [])
        #expect(try codes(#"{"x":null}"#) { $0.required = ["jti", "x"] } == ["claim-missing", "claim-missing"])
    }

    @Test func whatIsNotAskedForIsSaid() throws {
        let signer = try TokenSigner(key: try TokenKey(secret: Self.secret))
        let token = try signer.sign(claims: Array(#"{"iss":"a","aud":"b","sub":"c"}"#.utf8))
        let keys = try KeySet.secret(Self.secret)
        let all = TokenVerifier(keys: keys, policy: TokenPolicy(now: 0)).verify(token).token
        #expect(all?.unchecked == ["iss", "aud", "typ"])
        let strict = TokenPolicy(now: 0, issuers: ["a"], audiences: ["b"], type: "JWT")
        #expect(TokenVerifier(keys: keys, policy: strict).verify(token).token?.unchecked == [])
    }

    /// More claims of a wrong type than are told do not hide that `exp` is one of them.
    @Test func wrongTypesAreNotDrowned() throws {
        let others =
            ["sid", "nonce", "azp", "acr", "at_hash", "c_hash", "scope", "client_id", "name", "email", "amr"]
            + ["preferred_username", "act", "may_act", "cnf", "events", "scp", "roles", "groups", "email_verified"]
        let members = others.map { #""\#($0)":1"# }.joined(separator: ",")
        let start = #"{"alg":"HS256"}"#
        func verdict(_ claims: String) throws -> TokenVerdict {
            let signed = Base64.encode(Array(start.utf8), .url) + "." + Base64.encode(Array(claims.utf8), .url)
            let code = try TokenKey(secret: Self.secret).material.signature(of: Array(signed.utf8), .hs256) ?? []
            let token = Array((signed + "." + Base64.encode(code, .url)).utf8)
            return TokenVerifier(keys: try .secret(Self.secret), policy: TokenPolicy(now: 0)).verify(token)
        }
        #expect(try verdict("{\(members)}").token != nil)
        #expect(try verdict(#"{\#(members),"exp":"never"}"#).token == nil)
    }
}
