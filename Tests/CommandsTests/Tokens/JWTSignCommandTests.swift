import Foundation
import TestSupport
import Testing

@testable import Commands

/// `jwt sign`: what is signed, what is refused, and what is said.
struct JWTSignCommandTests {
    private static let folder = Fixtures.folder + "/token-keys/"
    private static let pem = ["--pem", folder + "p256.pkcs8.pem"]
    private static let secret = ["--secret-file", folder + "secret.bin", "--alg", "HS256"]

    private static func sign(_ words: String...) -> CommandRun { CommandRun(["jwt", "sign"] + words + pem) }

    /// The claims of a new token, as they are in it.
    private static func claims(_ run: CommandRun) throws -> String {
        try #require(run.status == .done, "\(run.err)")
        let parts = run.out.split(separator: "\n")[0].split(separator: ".")
        let text = parts[1].replacing("-", with: "+").replacing("_", with: "/")
        let padded = String(text) + String(repeating: "=", count: (4 - text.count % 4) % 4)
        return String(decoding: try #require(Data(base64Encoded: padded)), as: UTF8.self)
    }

    private func file(_ text: String, _ body: (String) throws -> Void) throws {
        let folder = try TemporaryDirectory()
        let path = folder.path + "/file"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        try body(path)
    }

    @Test(arguments: [
        ("HS256", "secret.bin"), ("HS384", "secret.bin"), ("HS512", "secret.bin"), ("RS256", "rsa"), ("RS384", "rsa"),
        ("RS512", "rsa"), ("PS256", "rsa"), ("PS384", "rsa"), ("PS512", "rsa"), ("ES256", "p256"), ("ES384", "p384"),
        ("ES512", "p521"), ("EdDSA", "ed25519"), ("Ed25519", "ed25519"),
    ]) func whatIsSignedIsValid(_ algorithm: String, _ key: String) throws {
        let isSecret = key.hasSuffix(".bin")
        let signing = isSecret ? ["--secret-file", Self.folder + key] : ["--pem", Self.folder + key + ".pkcs8.pem"]
        let verifying = isSecret ? signing : ["--pem", Self.folder + key + ".spki.pem"]
        let run = CommandRun(
            ["jwt", "sign", "--set", "sub=alice", "--expires-in", "15m", "--alg", algorithm] + signing)
        #expect(run.status == .done && run.err.isEmpty && run.out.hasSuffix("\n"), "\(run.err)")
        let token = String(run.out.dropLast())
        let verified = CommandRun(["jwt", "verify", token, "-o", "json", "--typ", "JWT"] + verifying)
        let verdict = try #require(try TestJSON(reading: verified.outBytes).items?.first)
        #expect(verdict["verdict"]?.string == "valid" && verdict["algorithm"]?.string == algorithm)
        #expect(verdict["claims"]?["sub"]?.string == "alice")
        #expect(verdict["expiresAt"]?.string == "2026-11-23T08:01:40.000Z", "\(verified.out)")
    }

    /// One algorithm, and the key needs no word about it.
    @Test func theOnlyAlgorithmOfTheKeyIsTaken() throws {
        let run = Self.sign("--set", "sub=a", "--expires-in", "1h", "--typ", "at+jwt", "--kid", "k1", "-o", "json")
        let json = try TestJSON(reading: run.outBytes)
        #expect(json["algorithm"]?.string == "ES256" && json["keyId"]?.string == "k1", "\(run.err)")
        #expect(json["expiresAt"]?.string == "2026-11-23T08:46:40.000Z" && json["losses"]?.items?.isEmpty == true)
        let header = CommandRun(["decode", json["token"]?.string ?? "", "-o", "json"]).out
        #expect(header.contains(#""typ": "at+jwt""#) || header.contains(#""typ":"at+jwt""#), "\(header)")
    }

    @Test func valuesAreJSONOrText() throws {
        let run = Self.sign(
            "--set", "admin=true", "--set", #"roles=["a"]"#, "--set", "realm_access.roles[0]=x", "--set", "roles[1]=b",
            "--set", "n=007", "--set", #"id="7""#, "--set", "['https://a.b/c']=1", "--set", "https://a.b/c=2", "--set",
            "admin=null", "--expires-in", "15m")
        #expect(
            try Self.claims(run)
                == #"{"admin":null,"roles":["a","b"],"realm_access":{"roles":["x"]},"n":"007","id":"7","#
                + #""https://a.b/c":2,"exp":1795420900,"iat":1795420000}"#)
    }

    @Test func claimsOfAFileAreChanged() throws {
        let text =
            "{\n  \"sub\" : \"alice\", \"iat\": 1795410000, \"note\": {\"a\": [1, 2.50]}, \"exp\": 4102444800\n}\n"
        try file(text) { path in
            let whole = try Self.claims(Self.sign(path))
            #expect(
                whole
                    == #"{"sub":"alice","iat":1795410000,"note":{"a":[1,2.50]},"exp":4102444800}"#)
            let run = Self.sign(path, "--unset", "note.a[0]", "--set", "sub=bob", "--expires-in", "1h")
            let changed = try Self.claims(run)
            #expect(changed == #"{"sub":"bob","iat":1795410000,"note":{"a":[2.50]},"exp":1795423600}"#)
            #expect(Self.sign(path, "--unset", "nothing").err.contains("nothing is not among the claims"))
        }
    }

    @Test func claimsComeFromStandardInput() throws {
        let line = ["jwt", "sign", "-"] + Self.pem
        let run = try BuiltProgram.run(line, input: #"{"sub":"alice","exp":4102444800}"#)
        #expect(run.status == 0 && run.output.split(separator: ".").count == 3, "\(run.errors)")
        let both = CommandRun(["jwt", "sign", "-", "--pem", "-"])
        #expect(both.status == .usage && both.err.contains("standard input is for the key or for the claims"))
    }

    @Test(
        arguments: [
            ([], "there are no claims"), (["file", "--from", "x"], "both were given"),
            (["--set", "sub=a"], "the claims have no exp, and a token without an end is never taken back"),
            (["--set", "exp=1795420000"], "exp has passed: the token would have ended 2026-11-23T07:46:40.000Z"),
            (["--set", "exp=soon"], "exp must be a number of seconds"),
            (["--set", "exp=1795429999000"], "exp must be seconds; it looks like milliseconds"),
            (["--set", "iat=1795420000000", "--expires-in", "1h"], "iat must be seconds"),
            (["--set", "nbf=1795420000000", "--expires-in", "1h"], "nbf must be seconds"),
            (["--set", "nbf=1795429999", "--expires-in", "1h"], "would never be valid"),
            (["--set", "iat=1795429999", "--expires-in", "1h"], "ended before it was issued"),
            (["--set", "password=x", "--expires-in", "1h"], "password looks like a secret"),
            (["--set", "a.b[0].csrfToken=x", "--expires-in", "1h"], "a.b[0].csrfToken looks like a secret"),
            (["--set", "note=Bearer a1b2c3d4e5f6", "--expires-in", "1h"], "note looks like a secret"),
            (["--set", "attr:pin=1234", "--expires-in", "1h"], "attr:pin looks like a secret"),
            (["--set", "sub"], "--set 'sub' has no equals sign"),
            (["--set", "a[null]=1"], "[null] is no place in JSON"),
            (["--set", "a[1]=1"], "there is no list in which [1] could be"),
            (["--set", "a=1", "--set", "a.b=2"], "nothing is inside of it"),
            (["--set", "a=1", "--expires-in", "soon"], "--expires-in soon"),
            (["--set", "a=1", "--expires-in", "10ms"], "a second is the least"),
            (["--set", "exp=4102444800", "--expires-in", "1h"], "--expires-in and --set exp contradict each other"),
            (["--set", "sub=5", "--expires-in", "1h"], "such a token would be refused: sub"),
            (["--set", "a=1", "--expires-in", "1h", "-h", "x"], "jwt sign needs a server only for a session"),
            (["/nowhere"], "'/nowhere' cannot be read"),
            (["--set", "a=1", "--alg", "HS256", "--expires-in", "1h"], "not for this algorithm"),
        ] as [([String], String)])
    func wrongClaimsAreRefused(_ words: [String], _ message: String) {
        let run = CommandRun(["jwt", "sign"] + words + Self.pem)
        #expect(run.status == .usage && run.out.isEmpty && run.err.contains(message), "\(run.err)")
    }

    @Test func whatIsNoObjectIsRefused() throws {
        for (text, words) in [
            ("[1]", "is JSON, but no object"), (#"{"a":1,"a":2}"#, "has a claim twice"), ("{", "is no JSON"),
            (#"{"exp":4102444800,"a":{"b":1,"b":2}}"#, "such a token would be refused"),
        ] {
            try file(text) { path in
                let run = Self.sign(path)
                #expect(run.status == .usage && run.out.isEmpty && run.err.contains(words), "\(run.err)")
            }
        }
    }

    @Test(
        arguments: [
            ([], "no key is given"), (["--pem", "p256.spki.pem"], "the key has no private part"),
            (["--pem", "rsa.pkcs8.pem"], "--alg chooses among RS256"),
            (["--pem", "rsa-1024.pkcs8.pem"], "2048"), (["--secret-file", "p256.pkcs8.pem"], "is no secret"),
        ] as [([String], String)])
    func keysThatCannotSignAreRefused(_ words: [String], _ message: String) {
        let key = words.enumerated().map { $0.offset == 1 ? Self.folder + $0.element : $0.element }
        let run = CommandRun(["jwt", "sign", "--set", "a=1", "--expires-in", "1h"] + key)
        #expect(run.status == .usage && run.out.isEmpty && run.err.contains(message), "\(run.err)")
    }

    /// Of a set the key that `--kid` names; without it there must be one alone that can sign.
    @Test func theKeyOfASetIsNamed() throws {
        func key(_ id: String, _ first: UInt8) -> String {
            let text = Data((0..<32).map { first &+ $0 }).base64EncodedString().replacing("=", with: "")
                .replacing("+", with: "-").replacing("/", with: "_")
            return #"{"kty":"oct","kid":"\#(id)","alg":"HS256","k":"\#(text)"}"#
        }
        try file(#"{"keys":[\#(key("a", 0)),\#(key("b", 100))]}"#) { path in
            let line = ["jwt", "sign", "--set", "sub=alice", "--expires-in", "1h", "--jwk", path]
            let signed = CommandRun(line + ["--kid", "b", "-o", "json"])
            let id = try TestJSON(reading: signed.outBytes)["keyId"]?.string
            #expect(id == "b", "\(signed.err)")
            let several = CommandRun(line)
            #expect(several.status == .usage && several.err.contains("several of the keys can sign"))
            #expect(several.err.contains("the keys are called a, b"))
            #expect(CommandRun(line + ["--kid", "c"]).err.contains("none of the keys is called that"))
        }
        try file(key("a", 0)) { path in
            let run = CommandRun(["jwt", "sign", "--set", "sub=a", "--expires-in", "1h", "--jwk", path, "--kid", "c"])
            #expect(run.status == .usage && run.err.contains("the key is called 'a'"), "\(run.err)")
        }
    }

    @Test func sizesAreSaid() {
        func said(_ count: Int) -> String {
            let big = "big=" + String(repeating: "x y ", count: count / 4)
            let run = CommandRun(["jwt", "sign", "--set", big, "--expires-in", "1h"] + Self.secret)
            #expect(run.status == .done && run.out.hasPrefix("eyJ"), "\(run.err)")
            return run.err
        }
        #expect(said(100).isEmpty)
        #expect(said(3500).contains("more than the 4096 that browsers keep of a cookie"))
        #expect(said(7000).contains("more than the 8192 that most servers take in a header"))
    }

    @Test func aTokenThatBeginsLaterIsSaid() {
        let run = Self.sign("--set", "nbf=1795421000", "--expires-in", "1h")
        #expect(run.status == .done && run.err.contains("not valid before"), "\(run.err)")
    }

    /// The token is what was asked for.
    @Test func theTokenIsNeverMasked() {
        let run = Self.sign("--set", "sub=a", "--expires-in", "1h")
        #expect(run.out.hasPrefix("eyJ") && !run.out.contains("•") && run.out.filter { $0 == "." }.count == 2)
    }
}
