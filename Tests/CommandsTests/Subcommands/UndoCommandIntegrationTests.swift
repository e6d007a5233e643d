import Foundation
import TestSupport
import Testing

@testable import Commands

/// `undo` as it is typed, with an archive of the test's own.
struct UndoCommandIntegrationTests {
    private static let alice = "107fe95d-17d0-4470-b9cd-c9c8f35e27f9"

    private struct Bench {
        let server: RedisServer
        let home: TemporaryDirectory

        init(_ store: String = "spring-session-2.7.4-indexed") throws {
            server = try RedisServer { $0.configuration = ["enable-debug-command yes"] }
            home = try TemporaryDirectory()
            try server.load(FixtureStore(store))
        }

        func run(_ line: String, answer: String? = nil) -> CommandRun {
            CommandRun(
                line.split(separator: " ").map(String.init), on: server, environment: ["XDG_STATE_HOME": home.path],
                answer: answer)
        }

        /// The value and the end of every key.
        func everything() throws -> [[UInt8]: [RespValue]] { try server.everything() }
    }

    @Test(arguments: ["expire --all --yes --settle 0", "touch --all --yes", "expire --all --in 30d --yes"])
    func takesBackTheLastChange(_ line: String) throws {
        let bench = try Bench()
        defer { bench.server.stop() }
        let before = try bench.everything()
        #expect(bench.run(line).err.contains("to take it back: sessionctl undo 1"))
        #expect(try bench.everything() != before)
        let run = bench.run("undo --yes")
        #expect(run.status == .done && run.err.contains("took back"), "\(run.err)")
        #expect(try bench.everything() == before)
        let again = bench.run("undo 1 --yes")
        #expect(again.status == .notFound, "\(again.err)")
    }

    /// Sessions whose times lie under a key of their own, and that live twice as long as these.
    @Test(arguments: ["java-programs/memcached-session-manager-non-sticky", "java-programs/zinin-tomcat-redis-session"])
    func takesBackWhatMadeKeysLiveLonger(_ store: String) throws {
        let bench = try Bench(store)
        defer { bench.server.stop() }
        // zinin's were used in another year: they would have ended.
        let now = Int64(Date().timeIntervalSince1970 * 1000)
        for key in try bench.everything().keys where key.starts(with: Array("session:".utf8)) {
            let name = String(decoding: key, as: UTF8.self)
            if name.hasSuffix(":last_access_time") { try bench.server.command("SET", name, "\(now)", "KEEPTTL") }
            if name.hasSuffix(":expire_at") { try bench.server.command("SET", name, "\(now + 1_000_000)", "KEEPTTL") }
        }
        let before = try bench.everything()
        // By a clock that goes on: lives begin when the commands are run.
        func run(_ words: String...) throws -> BuiltProgram.Outcome {
            try BuiltProgram.run(
                words + ["-s", bench.server.socketPath], environment: ["XDG_STATE_HOME": bench.home.path])
        }
        #expect(try run("touch", "--all", "--yes").errors.contains("to take it back: sessionctl undo 1"))
        #expect(try bench.everything() != before)
        let undo = try run("undo", "--yes")
        #expect(undo.status == 0 && undo.errors.contains("took back "), "\(undo.errors)")
        #expect(try bench.everything() == before)
    }

    /// Somebody has ended it sooner since, and that is not taken back with it.
    /// A use gives the same life anew: by when its key ends it shows, also while others were still being extended.
    @Test func leavesWhatWasUsedSinceItWasTouched() throws {
        let bench = try Bench("tomcat9-redis-session-manager")
        defer { bench.server.stop() }
        let keys = bench.run("list --fields key").out.split(separator: "\n").map(String.init)
        for key in keys { try bench.server.command("PEXPIRE", key, "600000") }
        let touch = bench.run("touch --all --max-inactive-interval 1800 --yes")
        #expect(touch.status == .done && !keys.isEmpty, "\(touch.err)")
        usleep(50_000)
        for key in keys { try bench.server.command("PEXPIRE", key, "1800000") }
        let used = try bench.everything()
        let undo = bench.run("undo --yes")
        #expect(undo.status == .partial, "\(undo.err)")
        #expect(try bench.everything() == used)
    }

    @Test func leavesALifeThatWasMadeShorter() throws {
        let bench = try Bench("tomcat9-redis-session-manager")
        defer { bench.server.stop() }
        let id = "57F82A7787FCC4B00D016FEB8EF449F7"
        #expect(bench.run("touch \(id) --yes").status == .done)
        try bench.server.command("EXPIRE", id, "100")
        let run = bench.run("undo --yes")
        #expect(run.status == .partial && run.err.contains("not as the change left it"), "\(run.err)")
        guard case .integer(let left) = try bench.server.command("TTL", id) else { return }
        #expect(left <= 100)
        #expect(bench.run("undo --yes --force").status == .done)
    }

    /// Sessions that are tokens share keys: what undo has made for one is no change by somebody else.
    @Test func takesBackSessionsThatShareKeys() throws {
        let bench = try Bench("java-programs/jwt-keys")
        defer { bench.server.stop() }
        let before = try bench.everything()
        #expect(bench.run("expire --all --yes --settle 0").err.contains(" of 7 sessions: "))
        let run = bench.run("undo --yes")
        #expect(run.status == .done, "\(run.err)")
        #expect(try bench.everything() == before)
    }

    /// The end that a key had comes while it lives on: a life that is over would delete what is there.
    @Test(arguments: [
        ("spring-session-2.7.4-simple", "touch"), ("spring-session-2.7.4-indexed", "touch"),
        ("spring-session-2.7.4-indexed", "expire --settle 0"),
    ]) func extendsWhatIsThereBehindItsEnd(_ store: String, _ change: String) throws {
        let bench = try Bench(store)
        defer { bench.server.stop() }
        let id = try #require(bench.run("list --where interval>30d --fields id").out.split(separator: "\n").first)
        let key = "spring:session:sessions:\(id)"
        let fields = try names(of: key, on: bench.server)
        for some in [key, "spring:session:sessions:expires:\(id)"] {
            _ = try bench.server.command("PEXPIRE", some, "4000")
        }
        let run = bench.run("\(change) \(id) --yes")
        #expect(run.status == .done, "\(run.err)")
        usleep(4_100_000)
        let undo = bench.run("undo --yes --extend")
        #expect(undo.status == .done && undo.err.contains("took back 1 of 1 session"), "\(undo.err)")
        #expect(try names(of: key, on: bench.server) == fields)
        guard case .integer(let life) = try bench.server.command("PTTL", key) else {
            Issue.record("no life")
            return
        }
        #expect(life > 60_000, "\(life)")
        #expect(bench.run("touch \(id) --yes").status == .done)
    }

    private func names(of key: String, on server: RedisServer) throws -> Set<[UInt8]> {
        guard case .array(let names) = try server.command("HKEYS", key) else { return [] }
        return Set(names.compactMap { if case .string(let name) = $0 { name } else { nil } })
    }

    @Test func takesBackOneOfMany() throws {
        let bench = try Bench()
        defer { bench.server.stop() }
        _ = bench.run("expire user:alice --yes --settle 0")
        let run = bench.run("undo 1 \(Self.alice) --yes")
        #expect(run.status == .done && run.err.contains("took back 1 of 1 session"), "\(run.err)")
        #expect(bench.run("list --where interval=0s --fields id").out.split(separator: "\n").count == 2)
        #expect(bench.run("undo --yes").err.contains("took back 1 of 1 session"))
    }

    /// A change of which nothing can be taken back is not the last.
    @Test func goesPastWhatChangedNothing() throws {
        let bench = try Bench()
        defer { bench.server.stop() }
        let before = try bench.everything()
        _ = bench.run("expire user:alice --yes --settle 0")
        _ = bench.run("touch user:alice --yes")
        #expect(bench.run("undo --yes").err.contains("took back 2 of 2 sessions"))
        #expect(try bench.everything() == before)
        let none = bench.run("undo --yes")
        #expect(none.status == .notFound && none.err.contains("change 1, the last one here, is taken back already"))
    }

    /// Who gives the same command twice does not mean the change before.
    @Test func givenAgainItDoesNotGoOnToTheChangeBefore() throws {
        let bench = try Bench()
        defer { bench.server.stop() }
        let before = try bench.everything()
        _ = bench.run("touch user:alice --yes")
        let touched = try bench.everything()
        _ = bench.run("expire user:alice --yes --settle 0")
        #expect(bench.run("undo --yes").status == .done)
        let again = bench.run("undo --yes")
        #expect(again.status == .notFound && again.err.contains("undo 1 takes back the one before"), "\(again.err)")
        #expect(try bench.everything() == touched)
        #expect(bench.run("undo 1 --yes").status == .done)
        #expect(try bench.everything() == before)
    }

    /// A hash says by its fields that it was used, and not that somebody has given it another life.
    @Test(arguments: ["60", "9000000"]) func leavesAHashWhoseLifeIsAnother(_ life: String) throws {
        let bench = try Bench()
        defer { bench.server.stop() }
        #expect(bench.run("touch \(Self.alice) --yes").status == .done)
        try bench.server.command("EXPIRE", "spring:session:sessions:\(Self.alice)", life)
        let changed = try bench.everything()
        let run = bench.run("undo --yes")
        #expect(run.status == .partial && run.err.contains("not as the change left it"), "\(run.err)")
        #expect(try bench.everything() == changed)
        #expect(bench.run("undo --yes --force").status == .done)
    }

    /// What was done with `--no-undo` since is not what is taken back.
    @Test func saysWhichChangeItTakesBack() throws {
        let bench = try Bench()
        defer { bench.server.stop() }
        _ = bench.run("expire user:alice --yes --settle 0")
        _ = bench.run("expire user:changer --yes --settle 0 --no-undo")
        var question = ""
        let run = CommandRun(
            ["undo"], on: bench.server, environment: ["XDG_STATE_HOME": bench.home.path],
            asking: { text in
                question = text
                return "2"
            })
        let first = /change 1, made at 20[-0-9]+T[:.0-9]+Z: .*expire user:alice --yes --settle 0\n/
        #expect(run.err.contains(first), "\(run.err)")
        #expect(question.contains("Take back 2 sessions of change 1 in unix://"), "\(question)")
        #expect(run.status == .done && run.err.contains("change 1: took back 2 of 2 sessions"), "\(run.err)")
        _ = bench.run("expire user:alice --yes --settle 0")
        let dryRun = bench.run("undo --dry-run")
        #expect(dryRun.err.contains("change 2, made at ") && dryRun.err.contains("change 2: would take back 2 of 2"))
        #expect(!bench.run("undo --dry-run -q").err.contains("change 2"))
    }

    @Test func everyNamedSessionMustBeOneOfTheChange() throws {
        let bench = try Bench()
        defer { bench.server.stop() }
        _ = bench.run("expire user:alice --yes --settle 0")
        let changed = try bench.everything()
        let run = bench.run("undo 1 \(Self.alice) nosuch --yes")
        #expect(run.status == .notFound && run.err.contains("change 1 has no session 'nosuch'"), "\(run.err)")
        #expect(try bench.everything() == changed)
    }

    @Test func listsChangesAndTheirSessions() throws {
        let bench = try Bench()
        defer { bench.server.stop() }
        #expect(bench.run("undo list").out.isEmpty)
        _ = bench.run("expire user:alice --yes --settle 0")
        _ = bench.run("touch user:changer --yes")
        let list = bench.run("undo list -o json")
        let changes = try TestJSON(reading: list.outBytes).requiredItems(count: 2)
        #expect(changes.map { $0["change"]?.integer } == [2, 1])
        #expect(changes[1]["sessions"]?.integer == 2 && changes[1]["state"]?.string == "done")
        #expect(changes[0]["command"]?.string?.hasSuffix("touch user:changer --yes") == true)
        #expect(bench.run("undo show 1").out.contains(Self.alice))
        #expect(bench.run("undo show 7").status == .notFound)
    }

    @Test func asksAPerson() throws {
        let bench = try Bench()
        defer { bench.server.stop() }
        _ = bench.run("expire user:alice --yes --settle 0")
        #expect(bench.run("undo").status == .usage)
        #expect(bench.run("undo", answer: "yes").status == .usage)
        #expect(bench.run("undo --dry-run").err.contains("would take back 2 of 2"))
        #expect(bench.run("undo", answer: "2").err.contains("took back 2 of 2"))
    }

    @Test func aDryRunShowsWhatWouldBeSent() throws {
        let bench = try Bench()
        defer { bench.server.stop() }
        _ = bench.run("expire user:alice --yes --settle 0")
        try bench.server.command("HSET", "spring:session:sessions:" + Self.alice, "sessionAttr:x", "y")
        let changed = try bench.everything()
        let run = bench.run("undo --dry-run")
        #expect(run.status == .partial && run.out.contains("left: changed since: its field 'sessionAttr:x'"))
        #expect(run.out.contains("  HSET spring:session:sessions:") && run.out.contains("maxInactiveInterval"))
        #expect(run.err.contains("would take back 1 of 2 sessions"), "\(run.err)")
        let plans = try TestJSON(reading: bench.run("undo --dry-run -o json").outBytes).requiredItems(count: 2)
        let left = plans.first { $0["id"]?.string == Self.alice }
        #expect(left?["left"]?.string?.contains("--force") == true && left?["commands"] == nil)
        let plan = try #require(plans.first { $0["left"] == nil })
        #expect(try plan["commands"]?.requiredItems().isEmpty == false && plan["conditions"] != nil)
        #expect(try bench.everything() == changed)
    }

    @Test func tellsProgramsWhatBecameOfEach() throws {
        let bench = try Bench()
        defer { bench.server.stop() }
        _ = bench.run("expire user:alice --yes --settle 0")
        #expect(bench.run("undo --yes -o csv").status == .usage)
        let run = bench.run("undo 1 \(Self.alice) --yes -o jsonl")
        let line = try TestJSON(reading: run.outBytes)
        #expect(line["id"]?.string == Self.alice && line["outcome"]?.string == "restored", "\(run.out)")
        let rest = try TestJSON(reading: bench.run("undo --yes -o json").outBytes)
        #expect(rest["matched"]?.integer == 1 && rest["restored"]?.integer == 1)
    }

    /// As sessions are named elsewhere: by the beginning of an id, where it fits one alone.
    @Test func takesBackASessionByTheBeginningOfItsId() throws {
        let bench = try Bench()
        defer { bench.server.stop() }
        _ = bench.run("expire --all --yes --settle 0")
        #expect(bench.run("undo 1 107fe --yes").err.contains("change 1 has no session '107fe'"))
        #expect(bench.run("undo 1 id:107fe95d --yes").status == .notFound)
        #expect(bench.run("undo 1 user:alice --yes").status == .usage)
        let run = bench.run("undo 1 107fe9 --yes -o jsonl")
        #expect(try TestJSON(reading: run.outBytes)["id"]?.string == Self.alice, "\(run.err)")
    }

    /// A change of which the server refused all is none that could be taken back.
    @Test func whatWasRefusedWholeIsNotTheLastChange() throws {
        let bench = try Bench()
        defer { bench.server.stop() }
        let before = try bench.everything()
        _ = bench.run("touch user:alice --yes")
        for denied in ["evalsha -eval -hset", "del", "hset -del -unlink"] {
            let rules = "reset on nopass ~* &* +@all -" + denied
            try bench.server.command(
                (["ACL", "SETUSER", "clerk"] + rules.split(separator: " ")).map { Array($0.utf8) })
            let run = bench.run("expire user:alice --yes --settle 0 --user clerk")
            #expect([.permission, .partial].contains(run.status), "\(run.err)")
            #expect(!run.err.contains("to take it back"), "\(denied): \(run.err)")
        }
        let undo = bench.run("undo --yes")
        #expect(undo.err.contains("took back 1 of 1"), "\(undo.err)")
        #expect(try bench.everything() == before)
    }

    /// A user without the right to a command in the middle is told before anything is written.
    @Test(arguments: ["del", "srem"]) func nothingIsDoneInPartForLackOfRights(_ command: String) throws {
        let bench = try Bench()
        defer { bench.server.stop() }
        let before = try bench.everything()
        try bench.server.command("ACL", "SETUSER", "clerk", "on", "nopass", "~*", "&*", "+@all", "-" + command)
        for line in ["expire \(Self.alice) --yes --settle 0", "touch \(Self.alice) --yes"] {
            let run = bench.run(line + " --user clerk")
            if line.hasPrefix("touch"), command == "del" {
                #expect(run.status == .done, "\(run.err)")
                continue
            }
            #expect(
                run.status == .permission && run.err.contains("may not run \(command.uppercased()) in scripts"),
                "\(run.err)")
            #expect(run.err.contains("+@scripting"), "\(run.err)")
            #expect(try bench.everything() == before)
        }
    }

    /// Part of it was put back as it was: to write the rest loses nothing.
    @Test func takesBackTheRestOfWhatWasPutBackByHand() throws {
        let bench = try Bench()
        defer { bench.server.stop() }
        let before = try bench.everything()
        let shadow = "spring:session:sessions:expires:" + Self.alice
        guard case .integer(let end) = try bench.server.command("PEXPIRETIME", shadow) else { return }
        _ = bench.run("expire \(Self.alice) --yes --settle 0")
        try bench.server.command("SET", shadow, "", "PXAT", String(end))
        let undo = bench.run("undo --yes")
        #expect(undo.status == .done && undo.err.contains("took back 1 of 1 session"), "\(undo.err)")
        #expect(try bench.everything() == before)
    }

    /// A request has begun the life of a manager's key anew: to give it the old one would log the user out.
    @Test func leavesWhatWasUsedSinceItWasExtended() throws {
        let bench = try Bench("tomcat-redis-session-manager-2.0.0")
        defer { bench.server.stop() }
        let id = "2455E4AE885DE84C068BC8B6BAC9AE45"
        try bench.server.command("EXPIRE", id, "120")
        let touch = bench.run("touch key:\(id) --yes --max-inactive-interval 1800")
        #expect(touch.status == .done, "\(touch.err)")
        try bench.server.command("EXPIRE", id, "3600")
        let undo = bench.run("undo --yes")
        #expect(undo.status == .partial && undo.err.contains("not as the change left it"), "\(undo.err)")
        guard case .integer(let left) = try bench.server.command("TTL", id) else { return }
        #expect(left > 3000)
    }

    @Test func showsIdsAndCommandsAsTheyAreTyped() throws {
        let bench = try Bench()
        defer { bench.server.stop() }
        let name = Array("spring:session:sessions:".utf8) + [0xFF, 0xFE, 0x61]
        let client = try bench.server.client()
        let fields = ["creationTime", "1", "lastAccessedTime", "1795419000000", "maxInactiveInterval", "-1"]
        _ = try client.command([Array("HSET".utf8), name] + fields.map { Array($0.utf8) })
        let run = CommandRun(
            ["expire", "--where", "id ~ 'a$' and principal = none", "--yes", "--settle", "0"], on: bench.server,
            environment: ["XDG_STATE_HOME": bench.home.path])
        #expect(run.status == .done, "\(run.err)")
        #expect(bench.run("undo list").out.contains(#"--where 'id ~ '"'"'a$'"'"' and principal = none' --yes"#))
        let shown = bench.run("undo show 1").out
        #expect(shown.contains(#"\xff\xfea"#) && !shown.contains(#"\\xff"#), "\(shown)")
    }

    @Test func leavesWhatWasChangedSince() throws {
        let bench = try Bench()
        defer { bench.server.stop() }
        _ = bench.run("expire \(Self.alice) --yes --settle 0")
        try bench.server.command("HSET", "spring:session:sessions:" + Self.alice, "sessionAttr:x", "y")
        let run = bench.run("undo --yes")
        #expect(
            run.status == .partial && run.err.contains("sessionAttr:x") && run.err.contains("--force"), "\(run.err)")
        #expect(bench.run("undo --yes --force").status == .done)
    }

    /// Somebody else has the id by now: the session is overwritten, and has no place among those of its user any more.
    @Test func whatIsOverwrittenLeavesTheIndexOfItsUser() throws {
        let bench = try Bench()
        defer { bench.server.stop() }
        let before = try bench.everything()
        let key = "spring:session:sessions:" + Self.alice
        let index =
            "spring:session:index:org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME:"
        guard case .array(let members) = try bench.server.command("SMEMBERS", index + "alice"),
            case .string(let member)? = members.first(where: { value in
                guard case .string(let bytes) = value else { return false }
                return String(decoding: bytes, as: UTF8.self).contains(Self.alice)
            })
        else { throw FixtureError("alice is in no index") }
        let other = bench.run("list --where user=changer --fields id").out.split(separator: "\n")
        _ = bench.run("expire \(Self.alice) --yes --settle 0")
        try bench.server.command("COPY", "spring:session:sessions:" + (try #require(other.first)), key, "REPLACE")
        _ = try bench.server.command([Array("SADD".utf8), Array((index + "changer").utf8), member])
        let left = bench.run("undo --yes")
        #expect(left.status == .partial, "\(left.err)")
        let plan = try TestJSON(reading: bench.run("undo --yes --force --dry-run -o json").outBytes).requiredItems(
            count: 1)
        let conditions = try #require(plan[0]["conditions"]).requiredItems()
        #expect(conditions.contains { $0["test"]?.string == "field SHA-1" }, "\(plan)")
        let run = bench.run("undo --yes --force")
        #expect(run.status == .done && run.err.contains("took back 1 of 1 session"), "\(run.err)")
        #expect(try bench.everything() == before)
    }

    @Test func isToldWhereTheChangeWasMade() throws {
        let bench = try Bench()
        let other = try Bench()
        defer {
            bench.server.stop()
            other.server.stop()
        }
        _ = bench.run("expire \(Self.alice) --yes --settle 0")
        let run = CommandRun(
            ["undo", "1", "--yes"], on: other.server, environment: ["XDG_STATE_HOME": bench.home.path])
        #expect(run.status == .usage && run.err.contains("was made in unix://"), "\(run.err)")
    }

    /// Another server may answer at the address by now.
    @Test func aServerThatWasStartedSinceIsAskedFor() throws {
        let folder = try TemporaryDirectory()
        let socket = folder.path + "/r.sock"
        func launch() throws {
            let server = Process()
            server.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            server.arguments = [
                "redis-server", "--port", "0", "--unixsocket", socket, "--save", "", "--dir", folder.path,
            ]
            server.standardOutput = FileHandle.nullDevice
            try server.run()
            for _ in 0..<500 where !FileManager.default.fileExists(atPath: socket) { usleep(10_000) }
            usleep(100_000)
        }
        func run(_ words: String...) throws -> BuiltProgram.Outcome {
            try BuiltProgram.run(words + ["-s", socket], environment: ["XDG_STATE_HOME": folder.path])
        }
        try launch()
        let client = try RespClient(socketPath: socket)
        let fields = ["creationTime", "1", "lastAccessedTime", "1795419000000", "maxInactiveInterval", "-1"]
        _ = try client.command((["HSET", "spring:session:sessions:a"] + fields).map { Array($0.utf8) })
        #expect(try run("expire", "--all", "--yes", "--settle", "0").status == 0)
        #expect(try run("undo", "--yes", "--dry-run").status == 0)
        _ = try? client.command([Array("SHUTDOWN".utf8), Array("NOSAVE".utf8)])
        for _ in 0..<500 where FileManager.default.fileExists(atPath: socket) { usleep(10_000) }
        try launch()
        defer { _ = try? RespClient(socketPath: socket).command([Array("SHUTDOWN".utf8), Array("NOSAVE".utf8)]) }
        let refused = try run("undo", "--yes")
        #expect(refused.status == 2 && refused.errors.contains("--same-server"), "\(refused.errors)")
        let again = try RespClient(socketPath: socket)
        #expect(try again.command([Array("DBSIZE".utf8)]) == .integer(0))
        #expect(try run("undo", "--yes", "--same-server").status == 0)
        #expect(try again.command([Array("DBSIZE".utf8)]) == .integer(1))
    }

    @Test func withoutUndoNothingIsKept() throws {
        let bench = try Bench()
        defer { bench.server.stop() }
        let run = bench.run("expire user:alice --yes --settle 0 --no-undo")
        #expect(run.status == .done && !run.err.contains("undo"))
        #expect(bench.run("undo --yes").status == .notFound)
        #expect(try FileManager.default.contentsOfDirectory(atPath: bench.home.path).isEmpty)
    }

    /// An archive that cannot be used stops a change before it begins.
    @Test func aDamagedArchiveStopsAChange() throws {
        let bench = try Bench()
        defer { bench.server.stop() }
        _ = bench.run("touch \(Self.alice) --yes")
        let path = bench.home.path + "/sessionctl/undo.sqlite"
        try Data("garbage".utf8).write(to: URL(fileURLWithPath: path))
        let before = try bench.everything()
        let run = bench.run("expire --all --yes --settle 0")
        #expect(run.status == .usage && run.err.contains("--no-undo"), "\(run.err)")
        #expect(try bench.everything() == before)
    }

    @Test func passwordsAreNotKept() throws {
        let bench = try Bench()
        defer { bench.server.stop() }
        _ = bench.run("-a open-sesame expire \(Self.alice) --yes --settle 0")
        _ = bench.run("--pass=open-sesame touch \(Self.alice) --yes")
        for file in try FileManager.default.subpathsOfDirectory(atPath: bench.home.path) {
            let bytes = (try? Data(contentsOf: URL(fileURLWithPath: bench.home.path + "/" + file))) ?? Data()
            #expect(bytes.range(of: Data("sesame".utf8)) == nil)
        }
    }

    /// What an undo would send are values of sessions, which may be secret.
    @Test(arguments: ["spring-session-2.7.4-indexed", "tomcat-redis-session-manager-2.0.0"])
    func aDryRunShowsNoValues(_ store: String) throws {
        let bench = try EditBench(store)
        defer { bench.server.stop() }
        let id = store.hasPrefix("spring") ? Self.alice : "13C0914CBFE7B240A06898DCE2341471.node1"
        #expect(bench.run("set", id, "note=before-secret", "--yes").status == .done)
        for words in [["set", id, "note=after", "--yes"], ["expire", id, "--yes", "--settle", "0"]] {
            _ = bench.run(words)
            let run = bench.run("undo", "--dry-run")
            #expect(run.out.contains("••••(") && !run.out.contains("before-secret"), "\(run.out)")
            #expect(bench.run("undo", "--yes").status == .done)
            #expect(bench.get(id, "note") == "before-secret\n")
        }
    }
}
