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

    /// Quotes and backslashes may be written by their numbers, also those of JSON in JSON.
    @Test(arguments: [
        #"{\u0022kty\u0022:\u0022oct\u0022,\u0022k\u0022:\u0022\#(secret)\u0022}"#,
        #"key={\u0027kty\u0027 : \u0027oct\u0027, \u0027k\u0027 : \u0027\#(secret)\u0027}"#,
        #"{\\u0022kty\\u0022:\\u0022oct\\u0022,\\u0022k\\u0022:\\u0022\#(secret)\\u0022}"#,
        #"{\u005c\u0022kty\u005c\u0022:\u005c\u0022oct\u005c\u0022,\u005C"k\u005C":\u005C"\#(secret)\u005C"}"#,
        #"{\u005cu0022kty\u005cu0022:\u005cu0022oct\u005cu0022,\u005cu0022k\u005cu0022:\u005cu0022\#(secret)\u005cu0022}"#,
    ]) func quotesByTheirNumberHideNoKey(_ text: String) {
        let message = SecretPolicy.maskedMessage("no session '\(text)'")
        #expect(!message.contains(Self.secret) && message.contains("kty"), "\(message)")
        #expect(SecretPolicy.masked("it is " + text).map { !$0.contains(Self.secret) } == true)
    }

    private static let lines = [body, "later+/" + secret, secret + "w=="].joined(separator: "\n")

    @Test(arguments: [
        "-----BEGIN PRIVATE KEY-----\n\(lines)\n-----END PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\nDEK-Info: AES-128-CBC,00\n\n\(lines)\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\\n\(lines)\\n-----END ENCRYPTED PRIVATE KEY-----",
    ]) func allLinesOfPEMAreSecret(_ block: String) {
        for text in ["no session '\(block)'", "a \(block) b \(block) c"] {
            #expect(SecretPolicy.maskedMessage(text) == text.replacing(block, with: SecretPolicy.mask))
            #expect(SecretPolicy.masked(text) == text.replacing(block, with: SecretPolicy.mask))
        }
        // What is cut off is as secret.
        let cut = "no session '" + String(block.dropLast(40))
        #expect(SecretPolicy.maskedMessage(cut).contains(Self.secret) == false)
    }

    @Test func publicBlocksAreNot() {
        let text = "it is -----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----"
        #expect(SecretPolicy.masked(text) == nil)
    }

    /// What is shown of values of JSON.
    @Test(arguments: [
        (#"{"kty":"RSA","n":"a","e":"AQAB","d":"S","p":"S"}"#, #"{"kty":"RSA","n":"a","e":"AQAB","d":"M","p":"M"}"#),
        (#"{"a":[{"k":"S","kty":"oct"}],"k":"b"}"#, #"{"a":[{"k":"M","kty":"oct"}],"k":"b"}"#),
        (#"{"kty":"RSA","oth":[{"r":"S","d":"S","t":"S"}]}"#, #"{"kty":"RSA","oth":[{"r":"M","d":"M","t":"M"}]}"#),
        (#"{"kty":5,"d":"a","oth":["b"]}"#, #"{"kty":5,"d":"a","oth":["b"]}"#),
        (#"{"kty":"EC","d":5,"oth":"b","r":"c"}"#, #"{"kty":"EC","d":5,"oth":"b","r":"c"}"#),
    ]) func privateMembersOfJSONAreMasked(_ json: String, _ shown: String) throws {
        let text = json.replacing("\"S\"", with: "\"\(Self.secret)\"")
        for reveal in [true, false] {
            var masked = MaskedJSON(reveal: reveal)
            var writer = JSONWriter()
            masked.write(try JSONReader.read(Array(text.utf8)).root, name: "x", to: &writer)
            let expected = shown.replacing("\"M\"", with: "\"\(SecretPolicy.mask)\"")
            #expect(String(decoding: writer.bytes, as: UTF8.self) == (reveal ? text : expected))
            #expect(masked.hasMasked == (!reveal && json != shown))
        }
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
        "\\u0022d\\u0022:", "\\u005c", "-----BEGIN ", "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\n-----END ",
        "\"kty\":\"", "\"d\":\"\\", "\\\"d\\\":", "' : ", "{\"oth\":[", "{\"d\":{\"kty\":\"a\",\"d\":\"b\",", " ", "\\",
        "\"",
    ]) func longTextTakesNoLongTime(_ piece: String) {
        let text = "x" + String(repeating: piece, count: (1 << 17) / piece.utf8.count)
        let clock = ContinuousClock()
        let time = clock.measure {
            _ = PrivateKeyMembers.places(in: Array(text.utf8))
            _ = PrivateKeyMembers.places(in: Array("\"kty\":\"EC\",".utf8) + Array(text.utf8))
            _ = PrivateKeyBlocks.places(in: Array(text.utf8))
        }
        #expect(time < .seconds(20))
    }
}
