import Foundation
import TestSupport
import Testing

@testable import Commands
@testable import Terminal

/// `jwt verify`: what the command adds to the verdicts of the room below.
struct JWTVerifyCommandTests {
    private static let folder = Fixtures.folder + "/token-keys/"
    /// While the fixtures' tokens are valid.
    private static let during = ["--at", "2026-01-01T00:10:00Z"]

    private static func token(_ algorithm: String) throws -> (text: String, key: [String]) {
        for line in try Fixtures.jsonLines("token-keys/pyjwt.jsonl") {
            guard try line.required("algorithm").requiredString() == algorithm else { continue }
            let key = try line.required("key").requiredString()
            let option =
                key.hasSuffix(".bin") ? ["--secret-file", folder + key] : ["--pem", folder + key + ".spki.pem"]
            return (try line.required("token").requiredString(), option)
        }
        throw FixtureError("no token of \(algorithm)")
    }

    private func file(_ text: String, _ body: (String) throws -> Void) throws {
        let folder = try TemporaryDirectory()
        let path = folder.path + "/file"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        try body(path)
    }

    @Test(arguments: [
        "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
        "EdDSA",
    ])
    func validTokenIsTold(_ algorithm: String) throws {
        let (token, key) = try Self.token(algorithm)
        let run = CommandRun(["jwt", "verify", token, "-o", "json", "--aud", "shop"] + key + Self.during)
        #expect(run.status == .done, "\(run.err)")
        let verdict = try #require(try TestJSON(reading: run.outBytes).items?.first)
        #expect(verdict["verdict"]?.string == "valid" && verdict["algorithm"]?.string == algorithm)
        #expect(verdict["claims"]?["sub"]?.string == "alice" && verdict["reasons"]?.items?.count == 0)
        #expect(verdict["expiresAt"]?.string == "2026-01-01T01:00:00.000Z")
        #expect(verdict["notCompared"]?.items?.compactMap(\.string) == ["iss", "typ"])
    }

    @Test func refusedTokenTellsEveryReason() throws {
        let (token, key) = try Self.token("ES256")
        let run = CommandRun(
            ["jwt", "verify", token, "-o", "jsonl", "--iss", "i", "--aud", "a", "--require", "nonce"] + key)
        #expect(run.status == .notFound && run.err.isEmpty, "\(run.err)")
        let verdict = try TestJSON(reading: run.outBytes)
        let codes = try verdict.required("reasons").requiredItems().compactMap { $0["code"]?.string }
        #expect(codes == ["expired", "iss-not-accepted", "aud-not-accepted", "claim-missing"])
        #expect(verdict["claims"] == nil && verdict["algorithm"] == nil)
        let rows = CommandRun(["jwt", "verify", token, "--iss", "i"] + key).out.split(separator: "\n")
        #expect(rows.count == 2 && rows[0].hasPrefix("1\trefused\texpired\tpayload.exp\texpired 2026-01-01T01:00:00"))
    }

    @Test func rowsTellValidTokens() throws {
        let (token, key) = try Self.token("EdDSA")
        let run = CommandRun(["jwt", "verify", "Bearer " + token + " "] + key + Self.during)
        #expect(
            run.out == """
                1\tvalid\t\t\tEdDSA, sub alice, until 2026-01-01T01:00:00.000Z
                1\tnote\tnot-compared\t\tiss, aud, typ: compared only with --iss, --aud, --typ

                """)
    }

    /// One that is refused makes the status.
    @Test func filesHaveATokenALine() throws {
        let (token, key) = try Self.token("PS256")
        try file("\(token)\n\n  Bearer \(token)\r\n\(token.dropLast(4))AAAA\n\(token.dropLast())\n") { path in
            let run = CommandRun(["jwt", "verify", path, token, "-o", "jsonl"] + key + Self.during)
            #expect(run.status == .notFound && run.err == "sessionctl: 5 tokens, 2 refused\n", "\(run.err)")
            let verdicts = try run.out.split(separator: "\n").map {
                try TestJSON(reading: Array($0.utf8)).required("verdict").requiredString()
            }
            #expect(verdicts == ["valid", "valid", "refused", "refused", "valid"])
        }
        try file("\n") { path in
            let run = CommandRun(["jwt", "verify", path] + key)
            #expect(run.status == .usage && run.err.contains("there is no token"))
        }
    }

    @Test(arguments: ["no.token.here", "eyJhbGciOiJub25lIn0.e30.", "garbage", "a.b", "\"eyJhbGciOiJub25lIn0.e30.\""])
    func whatIsNoTokenIsRefused(_ word: String) throws {
        let run = CommandRun(["jwt", "verify", word] + (try Self.token("ES256")).key)
        #expect(run.status == .notFound && run.out.hasPrefix("1\trefused\t"), "\(run.out) \(run.err)")
    }

    /// A key in the words of the command line was seen by everybody; what a message repeats is seen once more.
    @Test func keysAreNeverArguments() throws {
        let pem = try String(contentsOfFile: Self.folder + "rsa.pkcs8.pem", encoding: .utf8)
        let token = try Self.token("RS256").text
        for words in [
            ["--pem", pem], ["--jwk", #"{"kty":"oct","k":"SECRETKEY"}"#],
            ["--secret-file", "SECRETKEYOFTHIRTYTWOBYTES"],
        ] {
            let run = CommandRun(["jwt", "verify", token] + words)
            #expect(run.status == .usage && run.out.isEmpty)
            #expect(!run.err.contains("SECRETKEY") && !run.err.contains("BEGIN"), "\(run.err)")
        }
    }

    @Test func keysComeFromTheEnvironment() throws {
        let (token, _) = try Self.token("RS256")
        let pem = try String(contentsOfFile: Self.folder + "rsa.spki.pem", encoding: .utf8)
        let line = ["jwt", "verify", token, "--pem", "env:PUBLIC_KEY"] + Self.during
        #expect(CommandRun(line, environment: ["PUBLIC_KEY": pem]).status == .done)
        let run = CommandRun(line)
        #expect(run.status == .usage && run.err.contains("the environment has no variable 'PUBLIC_KEY'"))
        let secret = ["jwt", "verify", token, "--secret-file", "env:PUBLIC_KEY"]
        #expect(CommandRun(secret, environment: ["PUBLIC_KEY": pem]).err.contains("is no secret"))
    }

    @Test(
        arguments: [
            ([], "no key is given"), (["--pem", "a", "--jwk", "b"], "--pem and --jwk contradict each other"),
            (["--pem", "/nowhere"], "the file of --pem cannot be read: No such file"),
            (["--pem", "-", "-"], "standard input is for the key or for tokens"),
            (["--leeway", "2h", "--pem", "a"], "--leeway 2h"), (["--at", "noon", "--pem", "a"], "--at noon"),
            (["--alg", "none", "--pem", "a"], "HS256"), (["-h", "x", "--pem", "a"], "jwt verify needs no server"),
            (["--typ", "a", "--typ", "b", "--pem", "a"], "--typ a and --typ b contradict each other"),
        ] as [([String], String)])
    func wrongLinesAreRefused(_ words: [String], _ message: String) {
        let run = CommandRun(["jwt", "verify", "a.b.c"] + words)
        #expect(run.status == .usage && run.out.isEmpty && run.err.contains(message), "\(run.err)")
    }

    @Test func theGroupIsSpelled() throws {
        #expect(CommandRun("jwt verfy x").err.contains("there is no command 'jwt verfy'; did you mean 'verify'?"))
        #expect(CommandRun("jwt").out.contains("verify") && CommandRun("help jwt verify").out.contains("--pem"))
        let (token, key) = try Self.token("ES256")
        let run = CommandRun(["-o", "jsonl", "jwt", "verify", token] + key)
        #expect(run.status == .notFound && run.out.hasPrefix("{"), "\(run.err)")
    }

    /// The name of a parameter is the sender's choice.
    @Test(arguments: ["table", "tsv", "json"]) func textOfTokensNeverDrivesTheTerminal(_ form: String) throws {
        let header = "{\"alg\":\"ES256\",\"crit\":[\"\\u001b[31m\\n\"],\"\\u001b[31m\\n\":1}"
        let token = Data(header.utf8).base64EncodedString().replacing("=", with: "").replacing("+", with: "-")
            .replacing("/", with: "_")
        let run = CommandRun(
            ["jwt", "verify", token + ".e30.AAAA", "-o", form, "--color", "never"] + (try Self.token("ES256")).key,
            screen: TerminalSize(rows: 50, columns: 200))
        #expect(run.status == .notFound && run.out.contains("crit-unknown"))
        #expect(!run.outBytes.contains(0x1b), "\(run.out)")
    }

    /// A line feed that an editor wrote makes another secret of it.
    @Test func lineFeedAtTheEndOfASecretIsTold() throws {
        let token = try Self.token("HS256").text
        try file("a secret of which more than 32 bytes are\n") { path in
            let run = CommandRun(["jwt", "verify", token, "--secret-file", path] + Self.during)
            #expect(run.status == .notFound && run.err.contains("ends in a line feed"), "\(run.err)")
        }
    }
}
