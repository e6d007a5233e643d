import Testing

@testable import Sessions

/// Private keys are masked, and signed into no token, in whatever form they are passed on (all of them were made for this).
struct PrivateKeyTextTests {
    private static let secret = "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"

    @Test(arguments: [
        "MC4CAQAwBQYDK2VwBCIEIK/Oulmy/KcELM5LqDJGgdl0iPlLq5LYPCIUn8L1i2Yg",
        "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgWBJf9GoO8HEWd0e8",
        "MHcCAQEEIFgSX/RqDvBxFndHvOaDKmNTULxnFZovYrCcQh2egZ/IoAoGCCqGSM49",
        "MIICXAIBAAKBgQCwdaY9DHlv2xkLz9++b+RY8BMPqg9GoFCeOQZlijrvrO3y8qS9",
    ]) func bodiesAreSecret(_ text: String) throws {
        #expect(SecretPolicy.masked(text) == SecretPolicy.mask)
        let claims = try JSONReader.read(Array("{\"x\":[\"\(text)\"]}".utf8)).root
        #expect(SecretPlace.first(inClaims: try #require(claims.object)) == "x[0]")
    }

    /// Public keys, and words that begin like them.
    @Test(arguments: [
        "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCwdaY9DHlv2xkLz9++b+RY8BMP", "MIIB",
        "Mustermann, Erika, Heidestrasse 17, Koeln",
    ]) func othersAreNot(_ text: String) { #expect(SecretPolicy.masked(text) == nil) }

    @Test(arguments: [
        (#"{"cnf":{"jwk":{"kty":"EC","x":"a","d":"\#(secret)"}}}"#, "cnf.jwk.d"),
        (#"{"cnf":{"jwk":{"d":"\#(secret)","kty":"EC"}}}"#, "cnf.jwk.d"),
        (#"{"keys":[{"kty":"oct","\u006b":"\#(secret)"}]}"#, "keys[0].k"),
        (#"{"kty":"oct","k":"\#(secret)"}"#, "k"),
        (#"{"note":"{\"kty\":\"oct\",\"k\":\"\#(secret)\"}"}"#, "note"),
    ]) func privateMembersAreSecret(_ claims: String, _ path: String) throws {
        let root = try JSONReader.read(Array(claims.utf8)).root
        #expect(SecretPlace.first(inClaims: try #require(root.object)) == path)
        let shown = String(decoding: SecretPolicy.maskedJSON(Array(claims.utf8)), as: UTF8.self)
        #expect(!shown.contains(Self.secret))
    }

    @Test(arguments: [
        #"{"cnf":{"jwk":{"kty":"EC","x":"a","y":"b"}}}"#, #"{"d":"day","k":"key"}"#,
        #"{"a":{"kty":"EC"},"b":{"d":"x"}}"#,
    ]) func publicMembersAreNot(_ claims: String) throws {
        let root = try JSONReader.read(Array(claims.utf8)).root
        #expect(SecretPlace.first(inClaims: try #require(root.object)) == nil)
        #expect(SecretPolicy.maskedJSON(Array(claims.utf8)) == Array(claims.utf8))
    }
}
