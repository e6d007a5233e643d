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
        (#"{"x":{"kty":"RSA","oth":[{"r":"\#(secret)","d":"a","t":"b"}]}}"#, "x.oth[0]"),
        (#"{"x":{"oth":[{"t":"\#(secret)"}],"kty":"RSA"}}"#, "x.oth[0]"),
        (#"{"kty":"RSA","oth":[{"d":"\#(secret)"}]}"#, "oth"),
        (#"{"d":{"kty":"EC","d":"\#(secret)"}}"#, "d.d"),
        // As text in text, behind a word, in front of one.
        (#"{"note":"\"{\\\"kty\\\":\\\"EC\\\",\\\"d\\\":\\\"\#(secret)\\\"}\""}"#, "note"),
        (#"{"note":"key={\"kty\":\"oct\",\"k\":\"\#(secret)\"}"}"#, "note"),
        (#"{"note":"{\"kty\":\"oct\",\"k\":\"\#(secret)\"} is it"}"#, "note"),
        (#"{"note":"my 'kty' : 'oct', '\\u006b' : '\#(secret)'"}"#, "note"),
        (#"{"a":["b",{"c":"old: {\"oth\":[{\"r\":\"\#(secret)\"}],\"kty\":\"RSA\"}"}]}"#, "a[1].c"),
    ]) func privateMembersAreSecret(_ claims: String, _ path: String) throws {
        let root = try JSONReader.read(Array(claims.utf8)).root
        #expect(SecretPlace.first(inClaims: try #require(root.object)) == path)
        let shown = String(decoding: SecretPolicy.maskedJSON(Array(claims.utf8)), as: UTF8.self)
        #expect(!shown.contains(Self.secret))
    }

    @Test(arguments: [
        #"{"cnf":{"jwk":{"kty":"EC","x":"a","y":"b"}}}"#, #"{"d":"day","k":"key"}"#,
        #"{"a":{"kty":"EC"},"b":{"d":"x"}}"#, #"{"kty":5,"d":"x"}"#, #"{"a":{"kty":null,"k":"x","oth":["y"]}}"#,
        #"{"a":"see {\"kty\":5,\"d\":\"x\"}"}"#, #"{"a":"see {\"kty\":\"EC\",\"r\":\"x\"}"}"#, #"{"a":{"oth":["y"]}}"#,
    ]) func publicMembersAreNot(_ claims: String) throws {
        let root = try JSONReader.read(Array(claims.utf8)).root
        #expect(SecretPlace.first(inClaims: try #require(root.object)) == nil)
        #expect(SecretPolicy.maskedJSON(Array(claims.utf8)) == Array(claims.utf8))
    }

    private static let body = "MC4CAQAwBQYDK2VwBCIEIK/Oulmy/KcELM5LqDJGgdl0iPlLq5LYPCIUn8L1i2Yg"

    @Test(arguments: [" ", "\t", "\n", "\r\n \t\n", String(repeating: " ", count: 1000)])
    func whiteSpaceInFrontHidesNoBody(_ blanks: String) throws {
        #expect(SecretPolicy.masked(blanks + Self.body) == SecretPolicy.mask)
        #expect(SecretPolicy.masked(blanks + "-----BEGIN PRIVATE KEY-----\n" + Self.body) == SecretPolicy.mask)
        #expect(!SecretPolicy.maskedMessage("no key:" + blanks + Self.body).contains(Self.body))
        #expect(SecretPolicy.masked(blanks + "Mustermann, Erika, Heidestrasse 17, Koeln am Rhein") == nil)
    }

    @Test(arguments: [
        #"no session '{"kty":"EC","d":"\#(secret)"}'"#, #"no session 'key={"d":"\#(secret)","kty":"EC"}'"#,
        #"no session '"{\"kty\":\"RSA\",\"oth\":[{\"t\":\"\#(secret)\"}]}"'"#,
    ]) func messagesDoNotRepeatKeys(_ message: String) {
        let masked = SecretPolicy.maskedMessage(message)
        #expect(!masked.contains(Self.secret) && masked.contains("kty"), "\(masked)")
    }

    @Test func messagesKeepWhatIsNoKey() {
        let message = #"no session '{"kty":5,"d":"x"}'"#
        #expect(SecretPolicy.maskedMessage(message) == message)
    }

    /// JSON in JSON in JSON, written in a way that costs five characters a level: it is looked into as deep as anybody nests, and what is deeper
    /// is taken for a secret.
    @Test func deepTextCostsNoStack() {
        var text = #"["x"]"#
        for _ in 0..<200 {
            let inner = text.replacing("\\", with: "\\u005c").replacing("\"", with: "\\u0022")
            text = "[\"\(inner)\"]"
            if text.utf8.count > 1 << 20 { break }
        }
        #expect(SecretPolicy.masked(text)?.contains(SecretPolicy.mask) == true)
    }

    @Test(arguments: [
        "\"kty\":\"", "\"d\":\"\\", "\\\"d\\\":", "' : ", "{\"oth\":[", "{\"d\":{\"kty\":\"a\",\"d\":\"b\",", " ", "\\",
        "\"",
    ]) func longTextTakesNoLongTime(_ piece: String) {
        let text = "x" + String(repeating: piece, count: (1 << 17) / piece.utf8.count)
        let clock = ContinuousClock()
        let time = clock.measure {
            _ = PrivateKeyMembers.places(in: Array(text.utf8))
            _ = PrivateKeyMembers.places(in: Array("\"kty\":\"EC\",".utf8) + Array(text.utf8))
        }
        #expect(time < .seconds(20))
    }
}
