import TestSupport
import Testing

@testable import Commands

/// `jwt revoke` before it writes, and where it may not: dry runs, limits, rights, and what servers do to keys.
struct JWTRevokePlanIntegrationTests {
    private static let tokens = (1...3).map {
        TokenBench.token(#"{"sub":"alice","jti":"t\#($0)","exp":\#(4_102_444_800 + $0)}"#)
    }

    private func load(_ bench: TokenBench) throws {
        for command in [
            "SET jwt:allow:alice:t1 1", "PEXPIREAT jwt:allow:alice:t1 4102444801000", "SADD user:tokens:alice t1 t8",
            "SET jwt:deny:t2 1 PXAT 4102000000000", "SADD refresh:fam:f1 aa00",
        ] {
            try bench.server.command(command.split(separator: " ").map { Array($0.utf8) })
        }
    }

    /// The commands of a dry run, sent one by one to another server with the same keys, make there what the change makes here.
    @Test func whatADryRunShowsIsWhatIsSent() throws {
        let (shown, made) = (try TokenBench(), try TokenBench())
        for bench in [shown, made] { try load(bench) }
        let words = Self.tokens + ["family:f1"]
        let before = try shown.everything()
        let run = shown.run(["jwt", "revoke", "--dry-run", "-o", "json"] + words)
        #expect(run.status == .done, "\(run.err)")
        #expect(try shown.everything() == before)
        let plans = try TestJSON(reading: run.outBytes).requiredItems()
        #expect(plans.count == 4)
        for command in try plans.flatMap({ try $0.required("commands").requiredItems() }) {
            let words = try command.requiredItems().map { try $0.requiredString() }
            try shown.server.command(words.map { Array($0.utf8) })
        }
        #expect(made.run(["jwt", "revoke", "--yes"] + words).status == .done)
        #expect(try shown.everything() == made.everything())
    }

    @Test func aDryRunTellsPeople() throws {
        let bench = try TokenBench()
        let run = bench.run(["jwt", "revoke", "--dry-run", Self.tokens[0]])
        #expect(run.out.hasPrefix("t1 (jwt, deny-list, alice)\n  on the deny-list as jwt:deny:{jti}\n"), "\(run.out)")
        #expect(run.out.contains("  SET jwt:deny:t1 1 PX "), "\(run.out)")
        #expect(run.out.contains("  PEXPIREAT jwt:deny:t1 4102444861000\n"), "\(run.out)")
    }

    @Test func limitsAndAnswersAreKept() throws {
        let bench = try TokenBench()
        let words = ["jwt", "revoke"] + Self.tokens
        #expect(bench.run(words).status == .usage)
        #expect(bench.run(words + ["--yes", "--at-most", "2"]).status == .usage)
        #expect(bench.run(words + ["--limit", "0", "--yes"]).status == .usage)
        #expect(try bench.integer("DBSIZE") == 0)
        let run = bench.run(words + ["--yes", "--limit", "2", "--no-undo"])
        #expect(run.status == .done && run.err.contains("1 more fit"), "\(run.err)")
        #expect(try bench.integer("DBSIZE") == 2)
        let asked = CommandRun(
            words, on: bench.server, environment: ["XDG_STATE_HOME": bench.home.path], answer: "3")
        #expect(asked.status == .done, "\(asked.err)")
        #expect(try bench.integer("DBSIZE") == 3)
    }

    @Test func aReportNamesEach() throws {
        let bench = try TokenBench()
        let path = bench.home.path + "/report.jsonl"
        #expect(bench.run(["jwt", "revoke", "--yes", "--report", path] + Self.tokens).status == .done)
        let run = bench.run(["jwt", "revoke", "--yes", "-o", "jsonl"] + Self.tokens)
        let lines = try run.out.split(separator: "\n").map { try TestJSON(reading: Array($0.utf8)) }
        #expect(lines.compactMap { $0["id"]?.string } == ["t1", "t2", "t3"])
        #expect(lines.allSatisfy { $0["outcome"]?.string == "unneeded" })
    }

    /// Two tokens of one id have one key, which lives as long as the longer one of them.
    @Test func tokensThatShareAKeyAreRevokedOneAfterTheOther() throws {
        let bench = try TokenBench()
        let before = try bench.everything()
        let longer = TokenBench.token(#"{"jti":"t1","exp":4102500000}"#)
        let run = bench.run(["jwt", "revoke", "--yes", Self.tokens[0], longer])
        #expect(run.status == .done && run.err.contains("revoked 1 of 2 sessions: 1 unneeded"), "\(run.err)")
        #expect(try bench.integer("PEXPIRETIME", "jwt:deny:t1") == 4_102_500_060_000)
        try bench.expectUndo(to: before)
    }

    @Test func whoMayNotWriteIsRefusedBeforeAnythingIsWritten() throws {
        let bench = try TokenBench { $0.users = ["reader on >pw ~* &* +@all -@write"] }
        let run = bench.run(
            ["jwt", "revoke", "--yes", Self.tokens[0], "--user", "reader"], environment: ["REDISCLI_AUTH": "pw"])
        #expect(run.status == .permission, "\(run.err)")
        #expect(try bench.integer("DBSIZE") == 0)
    }

    @Test func withoutScriptsItIsATransaction() throws {
        let bench = try TokenBench { $0.users = ["plain on >pw ~* &* +@all -@scripting"] }
        try load(bench)
        let before = try bench.everything()
        let run = bench.run(
            ["jwt", "revoke", "--yes", "--user", "plain"] + Self.tokens + ["family:f1"],
            environment: ["REDISCLI_AUTH": "pw"])
        #expect(run.status == .done, "\(run.err)")
        #expect(try bench.integer("PEXPIRETIME", "jwt:deny:t3") == 4_102_444_863_000)
        try bench.expectUndo(to: before)
    }

    @Test(arguments: ["allkeys-lru", "volatile-ttl"]) func evictionIsTold(_ policy: String) throws {
        let bench = try TokenBench {
            $0.configuration = ["enable-debug-command yes", "maxmemory 200mb", "maxmemory-policy \(policy)"]
        }
        for words in [["jwt", "revoke", "--yes"], ["jwt", "revoke", "--dry-run"], ["jwt", "check"]] {
            let run = bench.run(words + [Self.tokens[0]])
            #expect(run.err.contains("this server evicts keys") && run.err.contains("(\(policy))"), "\(run.err)")
        }
    }

    @Test(arguments: [["maxmemory 200mb", "maxmemory-policy noeviction"], ["maxmemory-policy allkeys-lru"]])
    func whereNothingIsEvictedNothingIsTold(_ lines: [String]) throws {
        let bench = try TokenBench { $0.configuration = ["enable-debug-command yes"] + lines }
        let run = bench.run(["jwt", "revoke", "--yes", Self.tokens[0]])
        #expect(run.status == .done && !run.err.contains("evicts"), "\(run.err)")
    }
}
