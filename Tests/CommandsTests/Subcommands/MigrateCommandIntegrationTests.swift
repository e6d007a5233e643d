import Foundation
import TestSupport
import Testing

@testable import Commands

/// `migrate` as it is typed, between two servers.
struct MigrateCommandIntegrationTests {
    /// Two servers, and a home of their own.
    struct Bench {
        let source: RedisServer
        let target: RedisServer
        let home: TemporaryDirectory

        init(_ stores: String..., targetConfiguration: [String] = []) throws {
            var options = RedisServer.Options()
            options.configuration = ["enable-debug-command yes"]
            source = try RedisServer(options)
            options.configuration += targetConfiguration
            target = try RedisServer(options)
            home = try TemporaryDirectory()
            for store in stores { try source.load(FixtureStore(store)) }
        }

        func stop() {
            source.stop()
            target.stop()
        }

        func run(_ words: String..., reversed: Bool = false) -> CommandRun { run(words, reversed: reversed) }

        func run(_ words: [String], reversed: Bool = false) -> CommandRun {
            let urls = [source, target].map { "unix://\($0.socketPath)" }
            return CommandRun(
                ["migrate"] + (reversed ? urls.reversed() : urls) + words,
                environment: ["XDG_STATE_HOME": home.path, "TMPDIR": home.path])
        }

        /// A command on one of the servers.
        func on(_ server: RedisServer, _ words: String...) -> CommandRun {
            CommandRun(words, on: server, environment: ["XDG_STATE_HOME": home.path])
        }

        /// How many commands that write the target has run so far.
        func writes() throws -> Int {
            guard case .string(let text) = try target.command("INFO", "commandstats") else {
                throw FixtureError("no INFO")
            }
            let names = [
                "restore", "set", "hset", "hdel", "sadd", "zadd", "srem", "zrem", "unlink", "pexpireat", "persist",
            ]
            return String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline).reduce(0) { sum, line in
                guard let colon = line.firstIndex(of: ":"), line.hasPrefix("cmdstat_"),
                    names.contains(String(line[..<colon].dropFirst(8)))
                else { return sum }
                let calls = line[colon...].dropFirst(7).prefix { $0.isNumber }
                return sum + (Int(calls) ?? 0)
            }
        }
    }

    @Test func onlyAnUnfinishedExportIsIncomplete() throws {
        let bench = try Bench("spring-session-2.7.4-indexed")
        defer { bench.stop() }
        let run = bench.run("--incomplete", "--yes")
        #expect(run.status == .usage && run.err.contains("--incomplete has no meaning"), "\(run.err)")
        #expect(try bench.target.everything().isEmpty)
    }

    // MARK: Key for key

    @Test func everyKeyOfEveryStoreIsTheSame() throws {
        var keys = 0
        for store in try FixtureStore.all() {
            let bench = try Bench(store.name)
            defer { bench.stop() }
            let before = try bench.source.everything()
            let run = bench.run("--yes", "--at-most", "1000")
            #expect(run.status == .done, "\(store.name): \(run.err)")
            #expect(try bench.source.everything() == before, "\(store.name)")
            let after = try bench.target.everything()
            for (key, state) in after {
                // Of a set that sessions share only those are in it that were carried over.
                let isShared = [":index:", ":expirations"].contains {
                    String(decoding: key, as: UTF8.self).contains($0)
                }
                if !isShared || before[key]?.first == state.first { keys += 1 }
                #expect(isShared || before[key] == state, "\(store.name) \(String(decoding: key, as: UTF8.self))")
            }
            let writes = try bench.writes()
            #expect(!after.isEmpty && writes > 0)
            let again = bench.run("--yes", "--at-most", "1000")
            #expect(again.status == .done, "\(again.err)")
            #expect(try bench.writes() == writes, "\(store.name): written once more: \(again.err)")
            #expect(try bench.target.everything() == after, "\(store.name)")
        }
        #expect(keys > 180, "\(keys)")
    }

    private static func isShared(_ key: [UInt8]) -> Bool {
        [":index:", ":expirations"].contains { String(decoding: key, as: UTF8.self).contains($0) }
    }

    @Test func whatMovesIsGoneFromTheSource() throws {
        let bench = try Bench("spring-session-2.7.4-indexed")
        defer { bench.stop() }
        let before = try bench.source.everything()
        let run = bench.run("--move", "--yes")
        #expect(run.status == .done && run.err.contains("moved 8 of 11 sessions: 3 ended"), "\(run.err)")
        #expect(bench.on(bench.source, "count").out == "3\n")
        #expect(bench.on(bench.target, "count").out == "8\n")
        let back = bench.run("--move", "--yes", reversed: true)
        #expect(back.status == .done, "\(back.err)")
        #expect(try bench.source.everything() == before)
        #expect(try bench.target.everything().isEmpty)
    }

    /// The set that names a reactive session's indices is its own, and is written and compared by its member.
    @Test(arguments: [
        "spring-session-3.5.7-indexed", "spring-session-3.5.7-indexed-zset", "spring-session-2.7.4-indexed",
    ])
    func usersReachTheReactiveRepository(_ store: String) throws {
        let bench = try Bench(store)
        defer { bench.stop() }
        let layout = ["--to", "spring", "--variant", "reactive-indexed", "--unconvertible", "keep"]
        let run = bench.run(layout + ["--yes"])
        #expect(run.status == .done && !run.err.contains("failed"), "\(run.err)")
        guard case .array(let sets) = try bench.target.command("KEYS", "*:idx") else { return }
        #expect(!sets.isEmpty)
        let writes = try bench.writes()
        let again = bench.run(layout + ["--yes"])
        #expect(again.status == .done && again.err.contains("migrated 0 of"), "\(again.err)")
        #expect(try bench.writes() == writes)
        let urls = [bench.source, bench.target].map { "unix://\($0.socketPath)" }
        let verify = CommandRun(["verify"] + urls + layout, environment: ["TMPDIR": bench.home.path])
        #expect(verify.status == .done, "\(verify.out)\(verify.err)")
    }

    /// Whatever somebody else has at the key of a set or of a shadow key is left, and no half of a session is written beside it.
    @Test(arguments: [
        ["LPUSH", "spring:session:sessions:expires:4d9b7057-0beb-41fc-a125-27a138cc728e", "x"],
        ["SET", "spring:session:sessions:expirations", "x"],
    ])
    func leavesKeysOfOtherTypes(_ command: [String]) throws {
        let bench = try Bench("spring-session-3.5.7-indexed")
        defer { bench.stop() }
        try bench.target.command(command.map { Array($0.utf8) })
        let before = try bench.target.everything()
        let layout = ["--to", "spring", "--expirations", "sorted-set"]
        let only = command[0] == "SET" ? [] : ["--where", "id = '4d9b7057-0beb-41fc-a125-27a138cc728e'"]
        let run = bench.run(layout + only + ["--yes"])
        let role = command[0] == "SET" ? "expirations" : "shadow key"
        #expect(run.status == .partial && run.err.contains("of another type than the \(role) has to be"), "\(run.err)")
        #expect(try bench.target.everything() == before, "\(run.err)")
        try bench.target.command("DEL", command[1])
        #expect(bench.run(layout + only + ["--yes"]).status == .done)
    }

    // MARK: Other layouts

    /// Id, creation, interval and attributes of all sessions, as `list` has them, without a route.
    private func sessions(_ run: CommandRun) throws -> [String: [String]] {
        let json = try TestJSON(reading: run.outBytes)
        var sessions: [String: [String]] = [:]
        for session in json.items ?? [] {
            let id = String((session["id"]?.string ?? "").prefix { $0 != "." })
            sessions[id] = ["createdAt", "maxInactiveSeconds", "attributes"].map { name in
                session[name].map { "\(name): \(Self.text($0))" } ?? name
            }
        }
        return sessions
    }

    private static func text(_ json: TestJSON) -> String {
        if let members = json.members {
            let texts = members.map { String(decoding: $0.name, as: UTF16.self) + "=" + text($0.value) }
            return "{" + texts.sorted().joined(separator: ",") + "}"
        }
        if let items = json.items { return "[" + items.map { text($0) }.joined(separator: ",") + "]" }
        return json.string ?? json.number ?? json.bool.map { $0 ? "true" : "false" } ?? "null"
    }

    @Test(arguments: ["tomcat9-redis-session-manager", "tomcat-redis-session-manager-2.0.0", "redisson-tomcat-3.52.0"])
    func toSpringAndBack(_ store: String) throws {
        let bench = try Bench(store)
        defer { bench.stop() }
        let run = bench.run(
            "--to", "spring", "--max-inactive-interval", "315360000", "--unconvertible", "skip-attribute", "--yes")
        let fields = [
            "list", "--fields", "id,created,accessed,interval,attributes", "--json", "--reveal", "--where", "ttl > 0s",
        ]
        let before = try sessions(
            CommandRun(fields + ["--max-inactive-interval", "315360000"], on: bench.source))
        let after = try sessions(CommandRun(fields, on: bench.target))
        #expect(run.err.contains("migrated \(after.count) of"), "\(run.err)")
        #expect(after.count > 3)
        var same = 0
        for (id, session) in after where before[id] == session { same += 1 }
        // Some have attributes that shared objects, and one that nobody can read.
        #expect(same >= after.count - 4, "\(same) of \(after.count)")
    }

    @Test func toTomcatFromSpring() throws {
        let bench = try Bench("spring-session-2.7.4-indexed")
        defer { bench.stop() }
        let run = bench.run("--to", "tomcat", "--layout", "C", "--route", "node7", "--key-prefix", "shop:", "--yes")
        // One never ends, and the manager has no such.
        #expect(
            run.status == .partial && run.err.contains("migrated 7 of 11 sessions: 3 ended, 1 refused"), "\(run.err)")
        let fields = ["list", "--fields", "id,created,interval,attributes", "--json", "--reveal"]
        let before = try sessions(CommandRun(fields, on: bench.source))
        let list = CommandRun(fields, on: bench.target)
        let after = try sessions(list)
        #expect(list.out.contains(".node7") && after.count == 7)
        for (id, session) in after { #expect(before[id] == session, "\(id)") }
    }

    // MARK: What others do

    private static let alice = "107fe95d-17d0-4470-b9cd-c9c8f35e27f9"

    @Test func whatHasChangedSinceIsTakenAgain() throws {
        let bench = try Bench("spring-session-2.7.4-indexed")
        defer { bench.stop() }
        #expect(bench.run("--yes").status == .done)
        #expect(bench.on(bench.source, "set", Self.alice, "theme=light", "--yes").status == .done)
        let run = bench.run("--yes")
        #expect(run.status == .done && run.err.contains("migrated 1 of 11 sessions: 7 unneeded, 3 ended"), "\(run.err)")
        #expect(bench.on(bench.target, "get", Self.alice, "theme").out == "light\n")
    }

    @Test(arguments: [
        ("fail", Commands.ExitStatus.partial, "dark\n", "1 conflict"), ("skip", .done, "dark\n", "1 skipped"),
        ("overwrite", .done, "light\n", "migrated 1 of"), ("newer", .done, "dark\n", "1 skipped"),
    ]) func anotherAtTheTarget(_ policy: String, _ status: Commands.ExitStatus, _ theme: String, _ told: String) throws
    {
        let bench = try Bench("spring-session-2.7.4-indexed")
        defer { bench.stop() }
        #expect(bench.run("--yes").status == .done)
        #expect(bench.on(bench.source, "set", Self.alice, "theme=light", "--yes").status == .done)
        #expect(bench.on(bench.target, "set", Self.alice, "theme=dark", "--yes").status == .done)
        #expect(bench.on(bench.target, "touch", Self.alice, "--yes").status == .done)
        let run = bench.run("--yes", "--on-conflict", policy)
        #expect(run.status == status && run.err.contains(told), "\(run.err)")
        #expect(bench.on(bench.target, "get", Self.alice, "theme").out == theme)
    }

    @Test func aSetThatASessionIsInAlreadyLivesAsLongAsItNeedsIt() throws {
        let bench = try Bench("spring-session-2.7.4-indexed")
        defer { bench.stop() }
        #expect(bench.run("--yes").status == .done)
        let session = "spring:session:sessions:7684f03b-61c4-44ff-972a-c60c970fe02e"
        try bench.source.command("HSET", session, "sessionAttr:more", "")
        let minute = "spring:session:expirations:2110778280000"
        guard case .integer(let end) = try bench.source.command("PEXPIRETIME", minute) else { return }
        let later = String(end + 9000)
        try bench.source.command("PEXPIREAT", minute, later)
        let run = bench.run("--yes")
        #expect(run.status == .done && run.err.contains("migrated 1 of 11"), "\(run.err)")
        #expect(try bench.target.command("PEXPIRETIME", minute) == .integer(end + 9000))
    }

    @Test func whoMayNotRunAllOfItWritesNothing() throws {
        let bench = try Bench("spring-session-2.7.4-indexed")
        defer { bench.stop() }
        try bench.target.command("ACL", "SETUSER", "default", "-sadd")
        let run = bench.run("--yes")
        #expect(run.status == .permission && run.err.contains("NOPERM this user may not run SADD"), "\(run.err)")
        #expect(!run.err.contains("goes on"), "\(run.err)")
        #expect(try bench.target.everything().isEmpty)
        try bench.target.command("ACL", "SETUSER", "default", "+sadd")
        try bench.source.command("ACL", "SETUSER", "default", "-srem")
        let before = try bench.source.everything()
        let move = bench.run("--move", "--yes")
        #expect(move.status == .permission && move.err.contains("NOPERM this user may not run SREM"), "\(move.err)")
        #expect(try bench.source.everything() == before && bench.target.everything().isEmpty)
    }

    @Test func tellsHowFarItCameWhereARightIsTakenAway() throws {
        let bench = try Bench("spring-session-2.7.4-indexed")
        defer { bench.stop() }
        try bench.source.command("FLUSHALL")
        let fields = ["creationTime", "1", "lastAccessedTime", "1795419000000", "maxInactiveInterval", "-1"]
        for number in 1000..<1200 {
            try bench.source.command((["HSET", "spring:session:sessions:\(number)"] + fields).map { Array($0.utf8) })
        }
        let errors = bench.home.path + "/errors"
        try Data().write(to: URL(fileURLWithPath: errors))
        let job = Process()
        job.executableURL = URL(fileURLWithPath: BuiltProgram.path)
        job.arguments = ["migrate", "unix://" + bench.source.socketPath, "unix://" + bench.target.socketPath]
        job.arguments? += ["--yes", "--at-most", "200", "--rate", "100"]
        job.environment = ["PATH": "/usr/bin:/bin", "HOME": bench.home.path]
        job.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
        try job.run()
        while job.isRunning, try bench.target.command("DBSIZE") == .integer(0) { usleep(10_000) }
        try bench.source.command("ACL", "SETUSER", "default", "-hgetall", "-hmget")
        job.waitUntilExit()
        let said = try String(contentsOfFile: errors, encoding: .utf8)
        #expect(job.terminationStatus == 4 && said.contains("NOPERM"), "\(said)")
        #expect(said.contains(try Regex("migrated [0-9]+ of 200 sessions: [0-9]+ not reached")), "\(said)")
    }

    /// What is written once more is the migration's own as well.
    @Test func whatChangesAfterItWasWrittenAnewIsTaken() throws {
        let bench = try Bench("spring-session-2.7.4-indexed")
        defer { bench.stop() }
        #expect(bench.run("--yes").status == .done)
        try bench.target.command("FLUSHDB")
        let anew = bench.run("--yes", "--anew")
        #expect(anew.status == .done && anew.err.contains("migrated 8 of 11 sessions: 3 ended"), "\(anew.err)")
        #expect(bench.on(bench.source, "set", Self.alice, "theme=light", "--yes").status == .done)
        let run = bench.run("--yes")
        #expect(run.status == .done && run.err.contains("migrated 1 of 11 sessions: 7 unneeded, 3 ended"), "\(run.err)")
        #expect(bench.on(bench.target, "get", Self.alice, "theme").out == "light\n")
    }

    /// A job that was interrupted has no index of its sessions yet: the next run makes it.
    @Test func whatALimitHasLeftIsKnownAtTheNextRun() throws {
        let bench = try Bench("spring-session-2.7.4-indexed")
        defer { bench.stop() }
        #expect(bench.run("--yes", "--limit", "4", "--no-read-back").status == .done)
        #expect(bench.on(bench.source, "set", Self.alice, "theme=light", "--yes").status == .done)
        let run = bench.run("--yes")
        #expect(run.status == .done && !run.err.contains("conflict"), "\(run.err)")
        #expect(bench.on(bench.target, "get", Self.alice, "theme").out == "light\n")
    }

    /// The interval that the new application gives is not what the old one's manager allows: nobody who is logged in is left behind unsaid.
    @Test func whoWouldHaveEndedByTheNewIntervalIsNamed() throws {
        let bench = try Bench("tomcat9-redis-session-manager")
        defer { bench.stop() }
        let run = bench.run(
            "--to", "spring", "--max-inactive-interval", "1", "--yes", "--report", bench.home.path + "/r")
        #expect(run.status == .partial && run.err.contains("by --max-inactive-interval 1 it has ended"), "\(run.err)")
        #expect(try bench.target.everything().isEmpty)
        let report = try String(contentsOfFile: bench.home.path + "/r", encoding: .utf8)
        #expect(report.contains("\"outcome\":\"refused\"") && report.contains("\"losses\":[]"), "\(report)")
    }

    @Test func theReportNamesAttributeClassAndReason() throws {
        let bench = try Bench("spring-session-2.7.4-indexed")
        defer { bench.stop() }
        let report = bench.home.path + "/r"
        let run = bench.run("--to", "spring", "--serializer", "json", "--yes", "--report", report)
        #expect(run.status == .partial, "\(run.err)")
        let text = try String(contentsOfFile: report, encoding: .utf8)
        #expect(text.contains("\"losses\":[{\"attribute\":\"") && text.contains("\"class\":\"demo."), "\(text)")
    }

    /// Whoever has logged out at the target is not brought back.
    @Test func whatIsGoneFromTheTargetStaysSo() throws {
        let bench = try Bench("spring-session-2.7.4-indexed")
        defer { bench.stop() }
        #expect(bench.run("--yes").status == .done)
        try bench.target.command("FLUSHDB")
        let run = bench.run("--yes")
        #expect(run.status == .partial && run.err.contains("0 of 11 sessions: 8 absent, 3 ended"), "\(run.err)")
        #expect(try bench.target.everything().isEmpty)
    }

    // MARK: Manners

    @Test func aDryRunWritesNothing() throws {
        let bench = try Bench("tomcat-redis-session-manager-2.0.0")
        defer { bench.stop() }
        let run = bench.run("--to", "spring", "--dry-run", "--max-inactive-interval", "315360000")
        #expect(run.out.contains("RESTORE spring:session:sessions:") && run.err.contains("will have to log in again"))
        #expect(
            try bench.target.everything().isEmpty
                && FileManager.default.contentsOfDirectory(atPath: bench.home.path).isEmpty)
    }

    @Test(arguments: [
        (["--layout", "B"], "--layout is about the layout of tomcat"),
        (["--namespace", "x", "--to", "tomcat"], "--namespace"),
        (["--move", "--no-read-back"], "contradicts"), ([], "nobody is there to be asked"),
        (["--to", "spring", "--variant", "reactive-indexed", "--spring-version", "2.7"], "from 3.3 on"),
        (["--to", "tomcat", "--route", "a.b"], "a jvmRoute has letters"),
        (["--dry-run", "--report", "/dev/null"], "--dry-run changes none"),
        (["--to", "spring", "--variant", "default", "--expirations", "minute"], "default repository keeps no ends"),
        (
            ["--to", "spring", "--variant", "reactive-indexed", "--expirations", "minute"],
            "always keeps ends in a sorted set"
        ),
        (["-p", "6379"], "SOURCE and TARGET"), (["--yes", "--at-most", "3"], "8 sessions fit"),
    ]) func refuses(_ words: [String], _ reason: String) throws {
        let bench = try Bench("spring-session-2.7.4-indexed")
        defer { bench.stop() }
        let urls = [bench.source, bench.target].map { "unix://\($0.socketPath)" }
        let run = CommandRun(["migrate"] + urls + words, environment: ["XDG_STATE_HOME": bench.home.path])
        #expect(run.status == .usage && run.err.contains(reason), "\(run.err)")
        #expect(try bench.target.everything().isEmpty)
    }

    @Test func withoutRestoreByContent() throws {
        let bench = try Bench("spring-session-2.7.4-indexed", targetConfiguration: ["rename-command RESTORE \"\""])
        defer { bench.stop() }
        let run = bench.run("--yes")
        #expect(run.status == .done && run.err.contains("migrated 8 of 11"), "\(run.err)")
        let before = try bench.source.everything()
        for (key, state) in try bench.target.everything()
        where !Self.isShared(key) {
            #expect(before[key] == state)
        }
    }

    @Test func aLimitGoesOn() throws {
        let bench = try Bench("spring-session-2.7.4-indexed")
        defer { bench.stop() }
        let file = bench.home.path + "/report.jsonl"
        for _ in 0..<2 { #expect(bench.run("--yes", "--limit", "5", "--report", file).status == .done) }
        #expect(bench.on(bench.target, "count").out == "8\n")
        let report = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
        #expect(report.count { $0.contains("\"outcome\":\"migrated\"") } == 8, "\(report)")
    }

    /// Whoever is asked has read who will have to log in again.
    @Test func whatIsToldComesBeforeTheQuestion() throws {
        let bench = try Bench("tomcat-redis-session-manager-2.0.0")
        defer { bench.stop() }
        let terminal = try PseudoTerminal(rows: 40, columns: 120)
        let urls = [bench.source, bench.target].map { "unix://\($0.socketPath)" }
        let process = try BuiltProgram.start(
            ["migrate"] + urls + ["--to", "spring", "--max-inactive-interval", "315360000"], on: terminal,
            environment: ["PATH": "/usr/bin:/bin", "HOME": bench.home.path, "TERM": "xterm", "NO_COLOR": "1"])
        let shown = try terminal.wait(for: "anything else to stop: ")
        #expect(shown.contains("7 of 7 sessions with a login will have to log in again"), "\(shown)")
        terminal.type("no\r")
        #expect(try BuiltProgram.wait(for: process) == 2)
        #expect(try bench.target.everything().isEmpty)
    }

    // MARK: verify

    private func verify(_ bench: Bench, _ words: String...) -> CommandRun { verify(bench, words) }

    private func verify(_ bench: Bench, _ words: [String]) -> CommandRun {
        let urls = [bench.source, bench.target].map { "unix://\($0.socketPath)" }
        return CommandRun(["verify"] + urls + words, environment: ["TMPDIR": bench.home.path])
    }

    @Test func verifyTellsWhatDiffersAndWritesNothing() throws {
        let bench = try Bench("spring-session-2.7.4-indexed")
        defer { bench.stop() }
        #expect(verify(bench).status == .notFound)
        #expect(bench.run("--yes").status == .done)
        let writes = try bench.writes()
        let equal = verify(bench)
        #expect(
            equal.status == .done && equal.out.isEmpty && equal.err.contains("8 sessions are equal; 3 have ended"),
            "\(equal.err)")
        #expect(try bench.writes() == writes)
        let prefix = "spring:session:sessions:"
        #expect(bench.on(bench.target, "set", Self.alice, "theme=other", "new=1", "--yes").status == .done)
        try bench.target.command("DEL", prefix + "expires:a02aae3b-426b-46f9-8c6c-b409720d86b1")
        try bench.source.command("PEXPIRE", prefix + Self.alice, "100000000")
        let run = verify(bench, "-o", "jsonl")
        #expect(run.status == .notFound, "\(run.err)")
        for part in ["attributes.theme", "attributes.new", "session", "shadow key"] {
            #expect(run.out.contains("\"part\":\"\(part)\""), "\(part): \(run.out)")
        }
        try bench.source.command("FLUSHDB")
        let alone = verify(bench)
        #expect(alone.status == .notFound && alone.out.contains("at the target alone"), "\(alone.out)")
    }

    /// A set of the target that ends before the sessions in it: nobody finds them by their user then, or hears of their end.
    @Test(arguments: [
        ("spring-session-3.5.7-indexed", ":index:"), ("spring-session-3.5.7-indexed", ":expirations:"),
        ("spring-session-3.5.7-indexed-zset", "sessions:expirations"),
    ])
    func verifyFindsSetsThatEndTooSoon(_ store: String, _ name: String) throws {
        let bench = try Bench(store)
        defer { bench.stop() }
        #expect(bench.run("--yes").status == .done)
        #expect(verify(bench).status == .done)
        let sets = try bench.target.everything().keys.filter { String(decoding: $0, as: UTF8.self).contains(name) }
        for set in sets { try bench.target.command([Array("EXPIRE".utf8), set, Array("100".utf8)]) }
        for words in [
            [], ["--to", "spring"] + (name == "sessions:expirations" ? ["--expirations", "sorted-set"] : []),
        ] {
            let run = verify(bench, words)
            #expect(!sets.isEmpty && run.status.rawValue == 1 && run.out.contains("ends sooner"), "\(run.out)")
        }
    }

    /// On the way through JSON equal strings and numbers become several that were one, which nobody can tell; what a login of the container
    /// was is lost, and told.
    @Test func verifyComparesByMeaningBehindARoundTrip() throws {
        let bench = try Bench("tomcat9-redis-session-manager")
        defer { bench.stop() }
        #expect(bench.run("--to", "spring", "--serializer", "json", "--unconvertible", "keep", "--yes").status == .done)
        try bench.source.command("FLUSHALL")
        // Where they came from they are gone.
        #expect(bench.run(["--to", "tomcat", "--yes", "--anew"], reversed: true).status == .done)
        let before = FixtureStore("tomcat9-redis-session-manager")
        try bench.target.command("FLUSHALL")
        try bench.target.load(before)
        // The last use that a manager has stored is not carried over, but that which the life of the key tells.
        let same = verify(bench)
        #expect(
            same.out.contains("lastAccessedTime") && same.err.contains("0 sessions are equal, 6 not"), "\(same.err)")
        let run = verify(bench, "--to", "tomcat")
        #expect(run.err.contains("4 sessions are equal, 2 not"), "\(run.err)")
        let parts = Set(run.out.split(separator: "\n").map { $0.split(separator: "\t")[2] })
        #expect(parts == ["authType", "roles", "login"], "\(run.out)")
    }

    @Test func verifyComparesAcrossLayouts() throws {
        let bench = try Bench("tomcat-redis-session-manager-2.0.0")
        defer { bench.stop() }
        let layout = ["--to", "spring", "--max-inactive-interval", "315360000", "--unconvertible", "skip-attribute"]
        let urls = [bench.source, bench.target].map { "unix://\($0.socketPath)" }
        let environment = ["XDG_STATE_HOME": bench.home.path, "TMPDIR": bench.home.path]
        let filter = ["--where", "variant = 'jcoleman'"]
        let copy = CommandRun(["migrate"] + urls + layout + filter + ["--yes"], environment: environment)
        #expect(copy.status == .done, "\(copy.err)")
        let run = CommandRun(["verify"] + urls + layout + filter, environment: environment)
        #expect(run.status == .done && run.err.contains("24 sessions are equal"), "\(run.out) \(run.err)")
    }
}
