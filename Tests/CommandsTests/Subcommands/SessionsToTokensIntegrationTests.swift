import Foundation
import TestSupport
import Testing
import Tokens

@testable import Commands

/// `migrate --to jwt`: sessions that become tokens, with an entry each in an allow-list.
struct SessionsToTokensIntegrationTests {
    /// Nobody is logged in who is anonymous.
    private static let users = "principal != none and principal != 'anonymousUser'"

    private struct Bench {
        let two: MigrateCommandIntegrationTests.Bench
        let key: String
        let tokens: String

        init(_ store: String = "spring-session-3.5.7-indexed") throws {
            two = try MigrateCommandIntegrationTests.Bench(store)
            key = two.home.path + "/secret"
            tokens = two.home.path + "/tokens.jsonl"
            try Data((0..<64).map { UInt8($0) }).write(to: URL(fileURLWithPath: key))
        }

        func run(_ words: String..., file: String? = nil) -> CommandRun {
            two.run(
                ["--to", "jwt", "--tokens", file ?? tokens, "--secret-file", key, "--alg", "HS256", "--yes"] + words)
        }

        var lines: [String] {
            let text = (try? String(contentsOfFile: tokens, encoding: .utf8)) ?? ""
            return text.split(separator: "\n").map(String.init)
        }

    }

    /// Whoever is logged in gets a token that verifies, and an entry that ends with it.
    @Test func eachSessionBecomesATokenAndAnEntry() throws {
        let bench = try Bench()
        defer { bench.two.stop() }
        let run = bench.run("--where", Self.users)
        #expect(run.status == .done, "\(run.err)")
        let count = bench.lines.count
        #expect(count > 1 && run.err.contains("migrated \(count) of "), "\(run.err)")
        let attributes = try FileManager.default.attributesOfItem(atPath: bench.tokens)
        #expect((attributes[.posixPermissions] as? Int) == 0o600)
        let verified = CommandRun(["jwt", "verify", "--secret-file", bench.key, bench.tokens])
        #expect(verified.status == .done, "\(verified.out) \(verified.err)")
        let listed = bench.two.on(bench.two.target, "list", "--fields", "format,variant,principal", "-o", "tsv")
        #expect(listed.out.split(separator: "\n").count == count, "\(listed.out)")
        #expect(listed.out.split(separator: "\n").allSatisfy { $0.hasPrefix("jwt\tallow-list\t") }, "\(listed.out)")
        #expect(
            bench.two.on(bench.two.target, "list", "--where", "finding != none").out == "", "an entry with a finding")
        for line in bench.lines {
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            let (jti, sub) = (try #require(object["jti"] as? String), try #require(object["sub"] as? String))
            let end = try #require(object["exp"] as? Int)
            #expect(
                try bench.two.target.command("PEXPIRETIME", "jwt:allow:\(sub):\(jti)") == .integer(Int64(end) * 1000))
        }
        // Nobody who reads it learns an id of a session.
        let ids = bench.two.on(bench.two.source, "list", "--fields", "id").out.split(separator: "\n")
        let everything = bench.lines.joined() + String(describing: try bench.two.target.everything())
        #expect(!ids.contains { everything.contains($0) })
    }

    /// Given again it writes nothing, and makes no token.
    @Test func givenAgainItMakesNone() throws {
        let bench = try Bench()
        defer { bench.two.stop() }
        let first = bench.run("--where", Self.users)
        let (lines, writes) = (bench.lines, try bench.two.writes())
        let again = bench.run("--where", Self.users)
        #expect(again.status == .done && again.err.contains("\(lines.count) unneeded"), "\(first.err) \(again.err)")
        #expect(bench.lines == lines)
        #expect(try bench.two.writes() == writes)
    }

    /// What changes at the source changes its token, although the entry says the same.
    @Test func whatHasChangedGetsAnotherToken() throws {
        let bench = try Bench()
        defer { bench.two.stop() }
        _ = bench.run("--where", Self.users, "--expires-in", "8h")
        let count = bench.lines.count
        let again = bench.run("--where", Self.users, "--expires-in", "8h")
        #expect(again.status == .done && again.err.contains("\(count) unneeded") && bench.lines.count == count)
        usleep(1_100_000)
        #expect(bench.run("--where", Self.users, "--expires-in", "8h").err.contains("\(count) unneeded"))
        let keys = bench.two.on(
            bench.two.source, "list", "--where", Self.users + " and expires > now", "--fields", "key")
        let key = try #require(keys.out.split(separator: "\n").first)
        try bench.two.source.command(
            [
                Array("HSET".utf8), Array(key.utf8), Array("sessionAttr:color".utf8),
                [0xAC, 0xED, 0, 5, 0x74, 0, 1, 0x61],
            ])
        let changed = bench.run("--where", Self.users, "--expires-in", "8h")
        #expect(changed.status == .done && changed.err.contains("migrated 1 of "), "\(changed.err)")
        #expect(bench.lines.count == count + 1)
    }

    /// Of several lines with one `jti` the last counts.
    @Test func theLastLineOfATokenCounts() throws {
        let bench = try Bench()
        defer { bench.two.stop() }
        _ = bench.run("--where", Self.users)
        let count = bench.lines.count
        _ = bench.run("--where", Self.users, "--anew")
        #expect(bench.lines.count == 2 * count)
        let listed = CommandRun(["list", "-u", "tokens:" + bench.tokens], environment: ["PATH": "/usr/bin:/bin"])
        #expect(listed.out.split(separator: "\n").count == count, "\(listed.out) \(listed.err)")
    }

    /// Whoever sees an old cookie finds the token of its session.
    @Test func theSidOfACookieIsFoundAndRevoked() throws {
        let bench = try Bench()
        defer { bench.two.stop() }
        _ = bench.run("--where", Self.users)
        let line = try #require(bench.lines.first)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        let (sid, jti) = (try #require(object["sid"] as? String), try #require(object["jti"] as? String))
        let check = bench.two.on(bench.two.target, "jwt", "check", "sid:" + sid)
        #expect(check.status == .done && check.out.contains("allowed"), "\(check.out) \(check.err)")
        let revoke = bench.two.on(bench.two.target, "jwt", "revoke", "sid:" + sid, "--yes")
        #expect(revoke.status == .done, "\(revoke.err)")
        #expect(try bench.two.target.command("EXISTS", "jwt:deny:" + jti) == .integer(1))
        #expect(bench.two.on(bench.two.target, "jwt", "check", "jti:" + jti).status == .notFound)
    }

    /// Tokens that are gone are made again only where somebody says so; another file gets tokens of its own.
    @Test func aFileThatIsGoneIsMissed() throws {
        let bench = try Bench()
        defer { bench.two.stop() }
        _ = bench.run("--where", Self.users)
        let count = bench.lines.count
        try FileManager.default.removeItem(atPath: bench.tokens)
        let refused = bench.run("--where", Self.users)
        #expect(refused.status == .usage && refused.err.contains("has no token"), "\(refused.err)")
        let anew = bench.run("--where", Self.users, "--anew")
        #expect(anew.status == .done && bench.lines.count == count, "\(anew.err)")
        let other = bench.two.home.path + "/other"
        let run = bench.run("--where", Self.users, file: other)
        #expect(run.status == .done && run.err.contains("migrated \(count)"), "\(run.err)")
        let text = try String(contentsOfFile: other, encoding: .utf8)
        #expect(text.split(separator: "\n").count == count)
    }

    /// The way back: sessions of the tokens, with who is logged in.
    @Test func tokensBecomeSessionsAgain() throws {
        let bench = try Bench()
        defer { bench.two.stop() }
        _ = bench.run("--where", Self.users)
        let back = try RedisServer()
        defer { back.stop() }
        let run = CommandRun(
            [
                "migrate", "tokens:" + bench.tokens, "unix://" + back.socketPath, "--to", "spring", "--secret-file",
                bench.key, "--yes",
            ], environment: ["XDG_STATE_HOME": bench.two.home.path, "PATH": "/usr/bin:/bin"])
        #expect(run.err.contains("migrated \(bench.lines.count) of"), "\(run.err)")
        let users = CommandRun(["list", "--fields", "principal"], on: back).out.split(separator: "\n").sorted()
        let subjects = try bench.lines.map { line in
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        }.compactMap { $0?["sub"] as? String }
        #expect(!users.isEmpty && users.map(String.init) == subjects.sorted())
    }

    /// Moved is only what loses nothing, or whose losses somebody has named.
    @Test func whatWouldBeLostIsNotMoved() throws {
        let bench = try Bench()
        defer { bench.two.stop() }
        let before = try bench.two.source.everything()
        let run = bench.run("--move", "--where", Self.users)
        #expect(run.err.contains("--drop '"), "\(run.err)")
        let moved = bench.lines.count
        #expect(try (bench.two.source.everything() == before) == (moved == 0))
        #expect(run.status == .partial)
        // What it names is what has to be said.
        var names: Set<String> = []
        for piece in run.err.components(separatedBy: "--drop '").dropFirst() {
            if let end = piece.firstIndex(of: "'") { names.insert(String(piece[..<end])) }
        }
        let words = names.flatMap { ["--drop", $0] }
        let all = bench.two.run(
            [
                "--to", "jwt", "--tokens", bench.tokens, "--secret-file", bench.key, "--alg", "HS256", "--yes",
                "--move",
                "--where", Self.users,
            ] + words)
        #expect(all.status == .done, "\(all.err)")
        #expect(
            bench.two.on(bench.two.source, "count", "--where", Self.users + " and expires > now").out
                .trimmingCharacters(in: .whitespacesAndNewlines) == "0")
    }

    /// A field that the library does not write is lost as attributes are: told, and moved away from only where it is named.
    @Test func aFieldOfSomebodyElseIsNotLostUnsaid() throws {
        let bench = try Bench()
        defer { bench.two.stop() }
        let keys = bench.two.on(
            bench.two.source, "list", "--where", Self.users + " and expires > now", "--fields", "key")
        let key = String(try #require(keys.out.split(separator: "\n").first))
        try bench.two.source.command("HSET", key, "myapp:note", "x")
        try bench.two.source.command("HSET", key, "myapp:other", "x")
        let only = "key = '\(key)'"
        let copy = bench.two.run([
            "--to", "jwt", "--tokens", bench.tokens, "--secret-file", bench.key, "--alg", "HS256", "--dry-run",
            "--where", only,
        ])
        #expect(copy.status == .done && copy.err.contains("myapp:note: left out: it is a field"), "\(copy.err)")
        let report = bench.two.home.path + "/report"
        let refused = bench.run("--where", only, "--move", "--report", report)
        #expect(refused.status == .partial && refused.err.contains("--drop 'myapp:note'"), "\(refused.err)")
        let told = try String(contentsOfFile: report, encoding: .utf8)
        for name in ["myapp:note", "myapp:other"] { #expect(told.contains(#"{"attribute":"\#(name)""#), "\(told)") }
        let other = bench.two.home.path + "/other"
        let spring = bench.two.run(["--to", "spring", "--namespace", "n", "--where", only, "--yes", "--report", other])
        #expect(spring.status == .done && spring.err.contains("myapp:note: left out"), "\(spring.err)")
        #expect(try String(contentsOfFile: other, encoding: .utf8).contains("\"attribute\":\"myapp:note\""))
        // Key for key it goes along.
        #expect(bench.two.run(["--where", only, "--yes"]).status == .done)
        #expect(try bench.two.target.command("HGET", key, "myapp:note") == .string(Array("x".utf8)))
    }

    @Test(arguments: [
        (["--unconvertible", "keep"], "--unconvertible"), (["--max-inactive-interval", "60"], "--expires-in"),
        (["--drop", "x"], "--move"), (["--unverified"], "--unverified"), (["--require", "jti"], "--require"),
        (["--iss", "a", "--iss", "b"], "one issuer"), (["--namespace", "x"], "--namespace"),
        (["--expires-in", "soon"], "--expires-in"),
    ]) func whatSaysNothingOfTokensIsRefused(_ words: [String], _ word: String) throws {
        let bench = try Bench()
        defer { bench.two.stop() }
        let run = bench.two.run(
            ["--to", "jwt", "--tokens", bench.tokens, "--secret-file", bench.key, "--alg", "HS256", "--yes"] + words)
        #expect(run.status == .usage && run.err.contains(word), "\(words): \(run.err)")
        #expect(!FileManager.default.fileExists(atPath: bench.tokens))
    }

    /// A public key signs nothing, and nothing is begun without a file or a key.
    @Test func keyAndFileAreNeeded() throws {
        let bench = try Bench()
        defer { bench.two.stop() }
        for (words, text) in [
            (["--to", "jwt", "--secret-file", bench.key], "--tokens FILE"),
            (["--to", "jwt", "--tokens", bench.tokens], "no key is given"),
            (["--tokens", bench.tokens], "--to jwt"),
            (["--to", "jwt", "--tokens", bench.tokens, "--secret-file", bench.key], "--alg"),
        ] {
            let run = bench.two.run(words + ["--yes"])
            #expect(run.status == .usage && run.err.contains(text), "\(words): \(run.err)")
        }
        #expect(try bench.two.target.everything().isEmpty)
    }

    /// A file that others may read, a link, and a file with something else in it get no token.
    @Test func onlyAFileOfTokensIsAddedTo() throws {
        let bench = try Bench()
        defer { bench.two.stop() }
        let path = bench.two.home.path
        try Data("notes\n".utf8).write(to: URL(fileURLWithPath: path + "/notes"))
        #expect(chmod(path + "/notes", 0o600) == 0)
        try Data().write(to: URL(fileURLWithPath: path + "/open"))
        #expect(chmod(path + "/open", 0o644) == 0)
        try FileManager.default.createSymbolicLink(atPath: path + "/link", withDestinationPath: path + "/notes")
        for name in ["notes", "open", "link"] {
            let run = bench.run(file: path + "/" + name)
            #expect(run.status == .usage, "\(name): \(run.err)")
        }
        #expect(try String(contentsOfFile: path + "/notes", encoding: .utf8) == "notes\n")
        #expect(try bench.two.target.everything().isEmpty)
    }

    /// A line that was not written to its end is taken away before others are added.
    @Test func aTornLineIsTakenAway() throws {
        let bench = try Bench()
        defer { bench.two.stop() }
        _ = bench.run("--where", Self.users)
        let lines = bench.lines
        let torn = lines.joined(separator: "\n") + "\n" + lines[0].prefix(40)
        try Data(torn.utf8).write(to: URL(fileURLWithPath: bench.tokens))
        #expect(chmod(bench.tokens, 0o600) == 0)
        let again = bench.run("--where", Self.users)
        #expect(again.status == .done && bench.lines == lines, "\(again.err)")
    }

    /// What is only shown makes no file.
    @Test func aDryRunMakesNothing() throws {
        let bench = try Bench()
        defer { bench.two.stop() }
        let run = bench.two.run([
            "--to", "jwt", "--tokens", bench.tokens, "--secret-file", bench.key, "--alg", "HS256", "--dry-run",
            "--where", Self.users,
        ])
        #expect(run.status == .done && run.out.contains("jwt:allow:"), "\(run.out) \(run.err)")
        #expect(!FileManager.default.fileExists(atPath: bench.tokens))
        #expect(try bench.two.target.everything().isEmpty)
    }

    @Test func anAllowListIsNotCompared() throws {
        let bench = try Bench()
        defer { bench.two.stop() }
        let urls = [bench.two.source, bench.two.target].map { "unix://\($0.socketPath)" }
        let run = CommandRun(["verify"] + urls + ["--to", "jwt"], environment: [:])
        #expect(run.status == .usage && run.err.contains("nothing to compare"), "\(run.err)")
    }
}
