import Foundation
import TestSupport
import Testing

@testable import Commands

/// What a migration must not do to sessions that others have, or have ended.
struct MigrationSafetyIntegrationTests {
    typealias Bench = MigrateCommandIntegrationTests.Bench

    private static let alice = "107fe95d-17d0-4470-b9cd-c9c8f35e27f9"
    private static let indexed = "spring-session-2.7.4-indexed"

    private func verify(_ bench: Bench, _ words: String...) -> CommandRun { verify(bench, words) }

    private func verify(_ bench: Bench, _ words: [String]) -> CommandRun {
        let urls = [bench.source, bench.target].map { "unix://\($0.socketPath)" }
        return CommandRun(["verify"] + urls + words, environment: ["TMPDIR": bench.home.path])
    }

    // MARK: One database

    /// Whether both are one database only INFO says.
    @Test(arguments: ["--move", "--to spring --namespace shop --move", "--to spring --on-conflict overwrite"])
    func whoMayNotAskWhichServerItIsMovesNothing(_ words: String) throws {
        let server = try RedisServer {
            $0.tcp = true
            $0.configuration = ["enable-debug-command yes"]
        }
        defer { server.stop() }
        let home = try TemporaryDirectory()
        try server.load(FixtureStore(Self.indexed))
        try server.command("ACL", "SETUSER", "clerk", "on", ">p", "~*", "&*", "+@all", "-info")
        let before = try server.everything()
        let own = "unix://" + server.socketPath
        for urls in [
            [own, "redis://clerk:p@127.0.0.1:\(server.port)"], ["redis://clerk:p@127.0.0.1:\(server.port)", own],
        ] {
            let run = CommandRun(
                ["migrate"] + urls + words.split(separator: " ").map(String.init) + ["--yes"],
                environment: ["XDG_STATE_HOME": home.path])
            #expect(run.status == .permission && run.err.contains("(INFO)"), "\(run.err)")
            #expect(try server.everything() == before)
        }
    }

    @Test func oneDatabaseIsNotComparedWithItself() throws {
        let bench = try Bench(Self.indexed)
        defer { bench.stop() }
        let url = "unix://" + bench.source.socketPath
        let run = CommandRun(["verify", url, url], environment: [:])
        #expect(run.status == .usage && run.err.contains("same database"), "\(run.err)")
    }

    /// A job is the same one by whatever name its stores are called: what it has written is not written again.
    @Test func aJobIsKnownByOtherNamesOfItsStores() throws {
        let bench = try Bench(Self.indexed)
        defer { bench.stop() }
        let target = try RedisServer { $0.tcp = true }
        defer { target.stop() }
        let run = { (host: String) in
            CommandRun(
                ["migrate", "unix://" + bench.source.socketPath, "redis://\(host):\(target.port)", "--yes"],
                environment: ["XDG_STATE_HOME": bench.home.path])
        }
        #expect(run("127.0.0.1").status == .done)
        let key = bench.on(bench.source, "list", "--where", "id = '\(Self.alice)'", "--fields", "key").out
        try target.command("UNLINK", key.trimmingCharacters(in: .whitespacesAndNewlines))
        let again = run("localhost")
        #expect(again.status == .partial && again.err.contains("1 absent"), "\(again.err)")
    }

    // MARK: Two that would become one

    /// Two sessions of one id in two namespaces: one of them takes the place at the target, and the other stays where it is.
    @Test(arguments: ["overwrite", "newer"], [["--move"], []])
    func noSessionTakesThePlaceOfAnotherOfTheSource(_ policy: String, _ words: [String]) throws {
        let bench = try Bench(Self.indexed)
        defer { bench.stop() }
        let own = "unix://" + bench.source.socketPath
        let double = CommandRun(
            ["migrate", own, own, "--to", "spring", "--spring-version", "2.7", "--namespace", "other", "--yes"],
            environment: ["XDG_STATE_HOME": bench.home.path])
        #expect(double.err.contains("migrated 8 of 11"), "\(double.err)")
        let layout = ["--to", "spring", "--spring-version", "2.7", "--namespace", "shop", "--on-conflict", policy]
        let run = bench.run(layout + words + ["--yes"])
        let count = words.isEmpty ? "migrated 8" : "moved 8"
        #expect(run.status == .partial && run.err.contains(count) && run.err.contains("8 conflict"), "\(run.err)")
        #expect(run.err.contains("of the source has become the session at"))
        let left = bench.on(bench.source, "list", "--where", "id = '\(Self.alice)'", "--fields", "id").out
        #expect(left.split(separator: "\n").count == (words.isEmpty ? 2 : 1))
        let again = bench.run(layout + words + ["--yes"])
        #expect(again.status == .partial && again.err.contains("8 conflict"), "\(again.err)")
    }

    /// In one database the sessions that are at the target are some of the source.
    @Test func nothingIsWrittenOverInOneDatabase() throws {
        let bench = try Bench(Self.indexed)
        defer { bench.stop() }
        let own = "unix://" + bench.source.socketPath
        let words = ["migrate", own, own, "--to", "spring", "--spring-version", "2.7", "--namespace", "other", "--yes"]
        _ = CommandRun(words, environment: ["XDG_STATE_HOME": bench.home.path])
        let key = "other:sessions:" + Self.alice
        try bench.source.command("HSET", key, "sessionAttr:more", "")
        let before = try bench.source.everything()
        let run = CommandRun(
            words + ["--on-conflict", "overwrite", "--move"],
            environment: ["XDG_STATE_HOME": bench.home.path + "/second"])
        #expect(run.status == .partial && run.err.contains("which is the source as well"), "\(run.err)")
        #expect(
            try bench.source.everything().filter { $0.key == Array(key.utf8) }
                == before.filter { $0.key == Array(key.utf8) })
        #expect(
            bench.on(bench.source, "list", "--where", "id = '\(Self.alice)'", "--fields", "key").out.split(
                separator: "\n"
            ).count == 2)
    }

    // MARK: Users

    /// The stream of a Java string.
    private static func text(_ text: String) -> [UInt8] {
        [0xAC, 0xED, 0, 5, 0x74, 0, UInt8(text.utf8.count)] + Array(text.utf8)
    }

    private static let name =
        "org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME"

    private static func index(_ user: String) -> [UInt8] { Array("spring:session:index:\(name):\(user)".utf8) }

    private func isInIndex(_ user: String, of server: RedisServer) throws -> Bool {
        try server.command([Array("SISMEMBER".utf8), Self.index(user), Self.text(Self.alice)]) == .integer(1)
    }

    /// Who logs out whoever the index names must not end the session of another user.
    @Test(arguments: [[], ["--on-conflict", "overwrite"]])
    func theIndexOfTheUserBeforeIsLeft(_ words: [String]) throws {
        let bench = try Bench(Self.indexed)
        defer { bench.stop() }
        let key = "spring:session:sessions:" + Self.alice
        #expect(bench.run("--yes").status == .done)
        #expect(try isInIndex("alice", of: bench.target))
        try bench.source.command([Array("SREM".utf8), Self.index("alice"), Self.text(Self.alice)])
        try bench.source.command(
            [Array("HSET".utf8), Array(key.utf8), Array("sessionAttr:\(Self.name)".utf8), Self.text("carol")])
        try bench.source.command([Array("SADD".utf8), Self.index("carol"), Self.text(Self.alice)])
        // Where another has it by now, and it is written over.
        if !words.isEmpty { try bench.target.command("HSET", key, "sessionAttr:more", "") }
        // What is shown is what is run.
        #expect(bench.run(words + ["--dry-run"]).out.contains("SREM spring:session:index:"))
        let run = bench.run(words + ["--yes"])
        #expect(run.status == .done && run.err.contains("migrated 1 of 11"), "\(run.err)")
        #expect(try isInIndex("carol", of: bench.target))
        #expect(try !isInIndex("alice", of: bench.target))
        #expect(verify(bench).status == .done)
    }

    // MARK: What is gone

    @Test func whatTheTargetHasNoMoreIsNamed() throws {
        let bench = try Bench(Self.indexed)
        defer { bench.stop() }
        #expect(bench.run("--yes").status == .done)
        try bench.target.command("DEL", "spring:session:sessions:expires:" + Self.alice)
        let one = bench.run("--yes")
        #expect(one.status == .partial && one.err.contains("7 unneeded, 1 absent"), "\(one.err)")
        try bench.target.command("FLUSHDB")
        let run = bench.run("--yes")
        #expect(run.status == .partial && run.err.contains("8 absent") && run.err.contains("--anew"), "\(run.err)")
        #expect(try bench.target.everything().isEmpty)
        #expect(bench.run("--yes", "--anew").err.contains("migrated 8 of 11"))
    }

    /// Somebody logs out at the source behind the copy.
    @Test func whoLogsOutWhileItIsCopiedIsNamed() throws {
        let bench = try Bench(Self.indexed)
        defer { bench.stop() }
        let terminal = try PseudoTerminal(rows: 24, columns: 200)
        let urls = [bench.source, bench.target].map { "unix://\($0.socketPath)" }
        let process = try BuiltProgram.start(
            ["migrate"] + urls + ["--yes", "--rate", "2"], on: terminal,
            environment: ["PATH": "/usr/bin:/bin", "XDG_STATE_HOME": bench.home.path])
        var copied: [UInt8]?
        for _ in 0..<1000 where copied == nil {
            usleep(10_000)
            copied = try bench.target.everything().keys.first {
                let name = String(decoding: $0, as: UTF8.self)
                return name.hasPrefix("spring:session:sessions:") && !name.contains("expires:")
            }
        }
        try bench.source.command([Array("DEL".utf8), try #require(copied)])
        #expect(try BuiltProgram.wait(for: process) == 5)
        _ = try terminal.wait(for: "is gone at the source since")
    }

    // MARK: verify

    @Test(arguments: ["creationTime", "lastAccessedTime", "maxInactiveInterval"])
    func verifyFindsAFieldThatIsMissing(_ field: String) throws {
        let bench = try Bench(Self.indexed)
        defer { bench.stop() }
        #expect(bench.run("--yes").status == .done)
        try bench.target.command("HDEL", "spring:session:sessions:" + Self.alice, field)
        let run = verify(bench)
        #expect(run.status == .notFound && run.out.contains(Self.alice), "\(run.out) \(run.err)")
    }

    /// Times that are stored are the same to the millisecond.
    @Test func verifyComparesStoredTimesExactly() throws {
        let bench = try Bench(Self.indexed)
        defer { bench.stop() }
        #expect(bench.run("--yes").status == .done)
        let key = "spring:session:sessions:" + Self.alice
        guard case .string(var time) = try bench.target.command("HGET", key, "creationTime") else {
            return #expect(Bool(false))
        }
        time[time.count - 1] ^= 1
        try bench.target.command([Array("HSET".utf8), Array(key.utf8), Array("creationTime".utf8), time])
        let run = verify(bench)
        #expect(run.status == .notFound && run.out.contains("created"), "\(run.out) \(run.err)")
    }

    /// A JVM refuses a class of another version, whatever the values are, and also where it is no attribute's.
    @Test func verifyFindsAnotherVersionOfAClass() throws {
        let bench = try Bench("tomcat9-redis-session-manager")
        defer { bench.stop() }
        #expect(bench.run("--yes").status == .done)
        let uid: [UInt8] = [0x12, 0xE2, 0xA0, 0xA4, 0xF7, 0x81, 0x87, 0x38]
        let keys = try bench.target.everything().keys.sorted { $0.lexicographicallyPrecedes($1) }
        var changed = 0
        for key in keys {
            guard case .string(var bytes) = try bench.target.command([Array("GET".utf8), key]),
                let place = bytes.firstRange(of: uid)
            else { continue }
            bytes[place.lowerBound + 7] ^= 1
            try bench.target.command([Array("SET".utf8), key, bytes, Array("KEEPTTL".utf8)])
            changed += 1
        }
        let run = verify(bench)
        #expect(
            changed > 0 && run.status == .notFound && run.err.contains("\(changed) not"),
            "\(changed) \(run.out) \(run.err)")
    }

    /// What a session manager fails to load, or does not write, is not equal, whatever layout it was made from.
    @Test(
        arguments: [
            ("spring-session-2.7.4-indexed", ["--to", "tomcat", "--layout", "A"]),
            ("tomcat9-redis-session-manager", []),
        ], ["cut", "longer", "later"])
    func verifyFindsWhatStandsBehindTheAttributes(
        _ store: (String, [String]), _ damage: String
    ) throws {
        let (name, words) = store
        let bench = try Bench(name)
        defer { bench.stop() }
        _ = bench.run(words + ["--yes"])
        let before = verify(bench, words)
        let block: [UInt8] = [0x77, 8]
        var changed = 0
        for key in try bench.target.everything().keys {
            guard case .string(var bytes) = try bench.target.command([Array("GET".utf8), key]), bytes.count > 10,
                Array(bytes.suffix(10).prefix(2)) == block
            else { continue }
            switch damage {
            case "cut": bytes.removeLast(10)
            case "longer": bytes += [0x77, 2, 0, 1]
            default: bytes[bytes.count - 3] ^= 1
            }
            try bench.target.command([Array("SET".utf8), key, bytes, Array("KEEPTTL".utf8)])
            changed += 1
        }
        let run = verify(bench, words)
        let wrong = { (run: CommandRun) in Set(run.out.split(separator: "\n").map { $0.split(separator: "\t")[0] }) }
        #expect(changed > 0 && run.status == .notFound, "\(run.err)")
        #expect(wrong(run).subtracting(wrong(before)).count == changed, "\(changed): \(run.out)")
        let parts = ["cut": "missing-trailer", "longer": "trailingElements", "later": "trailingCreationTime"]
        #expect(run.out.contains(parts[damage] ?? ""), "\(run.out)")
    }

    /// Neither by scripts nor without: it is said before the first session is written.
    @Test(arguments: [[], ["--move"]]) func whoMayOnlyReadWritesNothing(_ words: [String]) throws {
        let bench = try Bench(Self.indexed)
        defer { bench.stop() }
        let before = try bench.source.everything()
        let server = words.isEmpty ? bench.target : bench.source
        try server.command(
            "ACL", "SETUSER", "reader", "on", ">p", "~*", "&*", "-@all", "+@read", "+@connection", "+info", "+time")
        let urls = [bench.source, bench.target].map { one in
            "unix://\(one === server ? "reader:p@" : "")\(one.socketPath)"
        }
        let run = CommandRun(
            ["migrate"] + urls + words + ["--yes"], environment: ["XDG_STATE_HOME": bench.home.path])
        #expect(
            run.status == .permission && run.err.contains("NOPERM this user may not run WATCH, MULTI"), "\(run.err)")
        #expect(run.err.contains("EXEC, nor scripts") && run.err.contains("+@scripting"), "\(run.err)")
        #expect(try bench.source.everything() == before && bench.target.everything().isEmpty)
    }

    /// Nothing is changed by whoever compares, or rehearses: what may be read is enough.
    @Test func whoMayOnlyReadComparesAndRehearses() throws {
        let bench = try Bench(Self.indexed)
        defer { bench.stop() }
        #expect(bench.run("--yes").status == .done)
        let urls = try [bench.source, bench.target].map { server in
            try server.command(
                "ACL", "SETUSER", "reader", "on", ">p", "~*", "&*", "-@all", "+@read", "+@connection", "+info")
            return "unix://reader:p@\(server.socketPath)"
        }
        let environment = ["XDG_STATE_HOME": bench.home.path]
        // By the real clock, which is what counts where the server's may not be asked for.
        for words in [
            ["verify"] + urls, ["migrate"] + urls + ["--dry-run"],
            ["migrate", urls[0], "unix://\(bench.target.socketPath)", "--yes"],
        ] {
            let run = try BuiltProgram.run(words, environment: environment)
            #expect(run.status == 0, "\(words): \(run.output) \(run.errors)")
        }
    }
}
