import Foundation
import TestSupport
import Testing
import Tokens

@testable import Commands

/// Sessions that are made of tokens, from files and from what an allow-list has.
struct TokenMigrationIntegrationTests {
    private struct Bench {
        let target: RedisServer
        let home: TemporaryDirectory
        let key: String

        init() throws {
            target = try RedisServer()
            home = try TemporaryDirectory()
            key = home.path + "/secret"
            try Data((0..<64).map { UInt8($0) }).write(to: URL(fileURLWithPath: key))
        }

        var environment: [String: String] {
            ["PATH": "/usr/bin:/bin", "XDG_STATE_HOME": home.path, "TMPDIR": home.path]
        }

        /// A token that was issued now, or `age` seconds ago, and lives for an hour.
        ///
        /// - Parameter isDated: whether it says when it was issued.
        func token(_ claims: String, key: String? = nil, age: Int = 0, isDated: Bool = true) throws -> String {
            let now = Int(Date().timeIntervalSince1970)
            let json = "{\(claims),\(isDated ? "\"iat\":\(now - age)," : "")\"exp\":\(now + 3600)}"
            let secret = try Data(contentsOf: URL(fileURLWithPath: key ?? self.key))
            let signer = try TokenSigner(key: TokenKey(secret: Array(secret)), algorithm: .hs256)
            return String(decoding: try signer.sign(claims: Array(json.utf8)), as: UTF8.self)
        }

        func write(_ lines: [String]) throws -> String {
            let path = home.path + "/tokens"
            try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: path))
            return "tokens:" + path
        }

        func migrate(_ source: String, _ words: String...) throws -> BuiltProgram.Outcome {
            try BuiltProgram.run(
                ["migrate", source, "unix://" + target.socketPath, "--to", "spring", "--yes"] + words,
                environment: environment)
        }

        func on(_ line: String) -> CommandRun { CommandRun(line, on: target) }
    }

    @Test func tokensOfAFileBecomeSessions() throws {
        let bench = try Bench()
        defer { bench.target.stop() }
        let alice = try bench.token(#""sub":"alice","roles":["ADMIN"],"cart":{"total":5}"#)
        let bob = try bench.token(#""sub":"bob""#)
        let file = try bench.write(["", alice, "{\"token\":\"\(bob)\",\"note\":1}", alice])
        let listed = CommandRun(["list", "-u", file, "--fields", "format,principal", "--sort", "principal"])
        #expect(listed.out == "jwt\talice\njwt\tbob\n", "\(listed.out) \(listed.err)")
        let run = try bench.migrate(file, "--secret-file", bench.key, "--security-context", "6.2")
        #expect(run.status == 0 && run.errors.contains("migrated 2 of 2 sessions"), "\(run.errors)")
        #expect(
            run.errors.contains("2 sessions with a login, which travels: 2 in the claims of a token"), "\(run.errors)")
        let users = bench.on("users -o tsv")
        #expect(users.out.contains("alice") && users.out.contains("ADMIN"), "\(users.out)")
        #expect(bench.on("get user:alice cart.total").out == "5\n")
        let again = try bench.migrate(file, "--secret-file", bench.key, "--security-context", "6.2")
        #expect(again.status == 0 && again.errors.contains("2 unneeded"), "\(again.errors)")
    }

    /// A session of a token counts from when it was made: it is found equal later, and what has changed is found.
    @Test(arguments: [[], ["--max-inactive-interval", "1800"]]) func theyAreVerified(_ interval: [String]) throws {
        let bench = try Bench()
        defer { bench.target.stop() }
        let tokens = try (1...3).map { try bench.token("\"sub\":\"user\($0)\",\"n\":\($0)") }
        let file = try bench.write(tokens)
        let words = ["--secret-file", bench.key, "--security-context", "6.2"]
        let target = "unix://" + bench.target.socketPath
        let run = try BuiltProgram.run(
            ["migrate", file, target, "--to", "spring", "--yes"] + words + interval, environment: bench.environment)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.errors.contains("its session has what is left") == interval.isEmpty, "\(run.errors)")
        Thread.sleep(forTimeInterval: 2.1)
        func verify() throws -> BuiltProgram.Outcome {
            try BuiltProgram.run(
                ["verify", file, target, "--to", "spring", "--security-context", "6.2"] + interval,
                environment: bench.environment)
        }
        let equal = try verify()
        #expect(equal.status == 0 && equal.errors.contains("3 sessions are equal"), "\(equal.errors) \(equal.output)")
        #expect(bench.on("set user:user2 n=5 --yes --no-undo").status == .done)
        let other = try verify()
        #expect(other.status == 1 && other.errors.contains("2 sessions are equal, 1 not"), "\(other.errors)")
        #expect(other.output.contains("attributes.n") && !other.output.contains("accessed"), "\(other.output)")
    }

    /// A Tomcat session's last use is what the life of its key tells, by a clock or two: what is a moment off is no difference, and nobody
    /// misses the user whom such a session names nowhere.
    @Test(arguments: ["A", "B", "C"], [[], ["--max-inactive-interval", "1800"]])
    func tomcatSessionsAreVerifiedWhateverTheMoment(_ layout: String, _ interval: [String]) throws {
        let bench = try Bench()
        defer { bench.target.stop() }
        let file = try bench.write([
            try bench.token(#""sub":"alice","roles":["ADMIN"]"#, age: 60),
            try bench.token(#""sub":"bob","principal":"robert""#, age: 60),
        ])
        let target = "unix://" + bench.target.socketPath
        for login in [[], ["--security-context", "5.8"]] {
            try bench.target.command("FLUSHALL")
            let words = ["--to", "tomcat", "--layout", layout] + interval + login
            // The second one finds no more what the first has written.
            let run = try BuiltProgram.run(
                ["migrate", file, target, "--yes", "--anew", "--secret-file", bench.key] + words,
                environment: bench.environment)
            #expect(run.status == 0, "\(run.errors)")
            // The key ends a part of a second sooner, so that the last use seems to be as much earlier.
            guard case .array(let keys) = try bench.target.command("KEYS", "*") else { return #expect(Bool(false)) }
            for case .string(let key) in keys {
                guard case .integer(let left) = try bench.target.command([Array("PTTL".utf8), key]) else { continue }
                try bench.target.command([Array("PEXPIRE".utf8), key, Array(String(left - 217).utf8)])
            }
            // In another second less is left of the token.
            if interval.isEmpty { Thread.sleep(forTimeInterval: 1.1) }
            let equal = try BuiltProgram.run(["verify", file, target] + words, environment: bench.environment)
            #expect(
                equal.status == 0 && equal.errors.contains("2 sessions are equal"),
                "\(words): \(equal.errors) \(equal.output)")
        }
    }

    /// What nobody has verified is no login.
    @Test func whatIsNotVerifiedIsRefused() throws {
        let bench = try Bench()
        defer { bench.target.stop() }
        let other = bench.home.path + "/other"
        try Data((100..<164).map { UInt8($0) }).write(to: URL(fileURLWithPath: other))
        let good = try bench.token(#""sub":"alice""#)
        let forged = try bench.token(#""sub":"root""#, key: other)
        let file = try bench.write([good, forged])
        let silent = try bench.migrate(file)
        #expect(
            silent.status == 5 && silent.errors.contains("nobody has said how its signature is verified"),
            "\(silent.errors)")
        let run = try bench.migrate(file, "--secret-file", bench.key)
        #expect(
            run.status == 5 && run.errors.contains("migrated 1 of 2") && run.errors.contains("is not accepted"),
            "\(run.errors)")
        #expect(bench.on("list --fields principal").out == "alice\n")
        let aloud = try bench.migrate(file, "--unverified")
        #expect(
            aloud.status == 0 && aloud.errors.contains("2 tokens are taken without a look at the signature"),
            "\(aloud.errors)")
        for words in [["--unverified", "--secret-file", bench.key], ["--iss", "x"]] {
            let refused = try BuiltProgram.run(
                ["migrate", file, "unix://" + bench.target.socketPath, "--to", "spring", "--yes"] + words,
                environment: bench.environment)
            #expect(refused.status == 2, "\(words): \(refused.errors)")
        }
        let layout = try BuiltProgram.run(
            ["migrate", file, "unix://" + bench.target.socketPath, "--yes", "--unverified"],
            environment: bench.environment)
        #expect(layout.status == 2 && layout.errors.contains("--to says"), "\(layout.errors)")
    }

    /// An allow-list whose entries are the tokens themselves is a source as well; one that has only their names is not.
    @Test func tokensOfAnAllowListBecomeSessions() throws {
        let bench = try Bench()
        defer { bench.target.stop() }
        let source = try RedisServer()
        defer { source.stop() }
        try source.command("SET", "jwt:allow:alice:t1", try bench.token(#""sub":"alice","jti":"t1""#), "EX", "3600")
        try source.command("SET", "jwt:allow:bob:t2", "{\"sub\":\"bob\",\"exp\":4102444800}", "EX", "3600")
        let run = try bench.migrate("unix://" + source.socketPath, "--secret-file", bench.key)
        #expect(run.status == 5 && run.errors.contains("migrated 1 of 2"), "\(run.errors)")
        #expect(run.errors.contains("only an entry beside a token is there"), "\(run.errors)")
        #expect(bench.on("list --fields principal").out == "alice\n")
    }

    /// What Redis says of tokens counts whatever their signatures: what was revoked there does not come to life again.
    @Test(arguments: [true, false]) func whatIsRevokedAtTheSourceIsRefused(_ verified: Bool) throws {
        let bench = try Bench()
        defer { bench.target.stop() }
        let source = try RedisServer()
        defer { source.stop() }
        func allow(_ user: String, _ id: String, holding claims: String) throws {
            try source.command("SET", "jwt:allow:\(user):\(id)", try bench.token(claims), "EX", "3600")
        }
        for (user, id) in [("alice", "t1"), ("bob", "t2"), ("carol", "t3")] {
            try allow(user, id, holding: "\"sub\":\"\(user)\",\"jti\":\"\(id)\"")
        }
        try allow("dave", "t4", holding: #""sub":"mallory","jti":"t4""#)
        try allow("erin", "t5", holding: #""sub":"erin","jti":"t5","ver":1"#)
        try source.command("SET", "jwt:deny:t2", "1", "EX", "3600")
        try source.command("SET", "jwt:cutoff:carol", String(Int(Date().timeIntervalSince1970) + 5))
        try source.command("SET", "user:ver:erin", "2")
        let words = verified ? ["--secret-file", bench.key] : ["--unverified"]
        let url = "unix://" + source.socketPath
        let run = try BuiltProgram.run(
            ["migrate", url, "unix://" + bench.target.socketPath, "--to", "spring", "--yes"] + words,
            environment: bench.environment)
        #expect(run.status == 5 && run.errors.contains("migrated 1 of 5 sessions: 4 refused"), "\(run.errors)")
        for code in ["denied", "before-cutoff", "other-token", "version-mismatch"] {
            // Before it begins, and of each.
            #expect(
                run.errors.contains("1 session cannot be migrated: its token is revoked: \(code)"),
                "\(code): \(run.errors)")
            #expect(run.errors.contains("(\(code))"), "\(code): \(run.errors)")
        }
        #expect(run.errors.contains("'jwt:deny:t2' is on the deny-list"), "\(run.errors)")
        #expect(!verified == run.errors.contains("1 token is taken without a look at the signature"), "\(run.errors)")
        #expect(bench.on("list --fields principal").out == "alice\n")
        let compared = try BuiltProgram.run(
            ["verify", url, "unix://" + bench.target.socketPath, "--to", "spring"], environment: bench.environment)
        #expect(
            compared.status == 1 && compared.output.contains("'jwt:deny:t2' is on the deny-list"),
            "\(compared.output) \(compared.errors)")
    }

    /// It cannot be shown to be later than the cut-off of its user; without a cut-off nothing speaks against it.
    @Test func aTokenWithoutATimePassesNoCutOff() throws {
        let bench = try Bench()
        defer { bench.target.stop() }
        let source = try RedisServer()
        defer { source.stop() }
        for user in ["alice", "bob"] {
            let token = try bench.token("\"sub\":\"\(user)\",\"jti\":\"\(user)\"", isDated: false)
            try source.command("SET", "jwt:allow:\(user):\(user)", token, "EX", "3600")
        }
        try source.command("SET", "jwt:cutoff:alice", "1700000000")
        let run = try bench.migrate("unix://" + source.socketPath, "--unverified")
        #expect(run.status == 5 && run.errors.contains("migrated 1 of 2 sessions: 1 refused"), "\(run.errors)")
        #expect(
            run.errors.contains("has no iat, so nobody can tell that it was issued after the cut-off"), "\(run.errors)")
        #expect(bench.on("list --fields principal").out == "bob\n")
    }

    /// A token that is moved takes nothing along that speaks against others.
    @Test(arguments: [["--to", "spring"], []]) func whatRevokesOthersStays(_ layout: [String]) throws {
        let bench = try Bench()
        defer { bench.target.stop() }
        let source = try RedisServer()
        defer { source.stop() }
        let token = try bench.token(#""sub":"alice","jti":"t1","ver":3"#)
        try source.command("SET", "jwt:allow:alice:t1", token, "EX", "3600")
        let before = String(Int(Date().timeIntervalSince1970) - 7200)
        try source.command("SET", "jwt:cutoff:alice", before)
        try source.command("SET", "user:ver:alice", "3")
        let words = layout + (layout.isEmpty ? [] : ["--secret-file", bench.key])
        let run = try BuiltProgram.run(
            ["migrate", "unix://" + source.socketPath, "unix://" + bench.target.socketPath, "--move", "--yes"] + words,
            environment: bench.environment)
        #expect(run.errors.contains("moved 1 of 1 session"), "\(run.errors)")
        #expect(try source.command("EXISTS", "jwt:allow:alice:t1") == .integer(0))
        #expect(try source.command("EXISTS", "jwt:cutoff:alice", "user:ver:alice") == .integer(2))
    }

    /// Who may not read the deny-list does not know that nothing is denied.
    @Test func whatMayNotBeAskedIsRefused() throws {
        let bench = try Bench()
        defer { bench.target.stop() }
        let source = try RedisServer()
        defer { source.stop() }
        try source.command("SET", "jwt:allow:alice:t1", try bench.token(#""sub":"alice","jti":"t1""#), "EX", "3600")
        // A token without an id is denied by its digest alone.
        try source.command("SET", "plain:bob", try bench.token(#""sub":"bob""#), "EX", "3600")
        let readable = ["jwt:allow", "plain", "blocklist", "jwt:cutoff", "user", "session"].map { "~\($0):*" }
        try source.command(
            (["ACL", "SETUSER", "ann", "on", ">p", "&*", "+@all"] + readable).map { Array($0.utf8) })
        let run = try BuiltProgram.run(
            [
                "migrate", "unix://ann:p@" + source.socketPath, "unix://" + bench.target.socketPath, "--to", "spring",
                "--yes", "--unverified",
            ], environment: bench.environment)
        #expect(run.status == 5 && run.errors.contains("migrated 1 of 2 sessions: 1 refused"), "\(run.errors)")
        #expect(run.errors.contains("nobody knows whether its token is revoked: not-permitted"), "\(run.errors)")
        #expect(run.errors.contains("'jwt:deny:t1' may not be read by this Redis user"), "\(run.errors)")
        #expect(bench.on("list --fields principal").out == "bob\n")
    }

    @Test(arguments: ["no token", "{\"jwt\":\"x\"}", "{", "a.b"]) func aLineThatIsNoneIsNamed(_ line: String) throws {
        let bench = try Bench()
        defer { bench.target.stop() }
        let file = try bench.write([try bench.token(#""sub":"alice""#), "", line])
        let run = CommandRun(["list", "-u", file])
        #expect(run.status == .undecodable && run.err.contains("line 3 of "), "\(run.err)")
    }
}
