import Foundation
import TestSupport
import Testing

@testable import Commands

/// `expire` as people and scripts give it, on a real server.
struct ExpireCommandIntegrationTests {
    private static let alice = "107fe95d-17d0-4470-b9cd-c9c8f35e27f9"
    private static let other = "22fcf331-4711-49bd-9681-7b6ce14ffe4c"

    private func indexed() throws -> RedisServer {
        let server = try RedisServer()
        try server.load(try #require(try FixtureStore.all().first { $0.name == "spring-session-2.7.4-indexed" }))
        return server
    }

    /// With an archive that goes with the run.
    private func run(_ line: String, on server: RedisServer) throws -> CommandRun {
        let home = try TemporaryDirectory()
        return CommandRun(
            line.split(separator: " ").map(String.init), on: server, environment: ["XDG_STATE_HOME": home.path])
    }

    private func isLoggedOut(_ id: String, on server: RedisServer) throws -> Bool {
        let answer = try server.command("HGET", "spring:session:sessions:" + id, "maxInactiveInterval")
        guard case .string(let bytes) = answer else { return false }
        return bytes.suffix(4).elementsEqual([0, 0, 0, 0])
    }

    @Test func logsOutOneAndTellsIt() throws {
        let server = try indexed()
        defer { server.stop() }
        let run = try self.run("expire \(Self.alice) --yes --settle 0", on: server)
        #expect(run.status == .done && run.err.hasPrefix("sessionctl: logged out 1 of 1 session\n"), "\(run.err)")
        #expect(try isLoggedOut(Self.alice, on: server))
        #expect(try !isLoggedOut(Self.other, on: server))
        #expect(try server.command("EXISTS", "spring:session:sessions:expires:" + Self.alice) == .integer(0))
    }

    /// A named session that the filter does not want is not counted, and not asked for.
    @Test func aFilterHoldsForNamedSessionsToo() throws {
        let server = try indexed()
        defer { server.stop() }
        let run = try self.run(
            "expire \(Self.alice) \(Self.other) --where principal=alice --yes --settle 0", on: server)
        #expect(run.status == .done && run.err.contains("logged out 1 of 1 session"), "\(run.err)")
        #expect(try isLoggedOut(Self.alice, on: server) && !isLoggedOut(Self.other, on: server))
    }

    /// Between the search and the step that ends it: all that this manager does at a use is to give the key its life anew.
    @Test(arguments: ["--all", "--where size>0", "--where principal!=none"])
    func whoCameBackWhileThePersonWasAskedStays(_ which: String) throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.load(FixtureStore("tomcat-redis-session-manager-2.0.0"))
        let words = which.split(separator: " ").map(String.init)
        // Of those that are meant, whatever the order of the walk.
        let listed = CommandRun(["list", "--fields", "key"] + words.filter { $0 != "--all" }, on: server).out
        let meant = listed.split(separator: "\n").map(String.init).sorted()
        var used: Set<String> = []
        let run = CommandRun(
            ["expire", "--no-undo", "--settle", "0"] + words, on: server,
            asking: { question in
                for (number, key) in meant.enumerated() where number % 2 == 0 {
                    guard case .integer(let left)? = try? server.command("PTTL", key), left > 60_000 else { continue }
                    _ = try? server.command("PEXPIRE", key, String(left + 60_000))
                    used.insert(key)
                }
                return question.split(whereSeparator: { !$0.isNumber }).first.map(String.init)
            })
        #expect(used.count > 1 && run.err.contains("\(used.count) active again"), "\(used) \(run.err)")
        for id in used { #expect(try server.command("EXISTS", id) == .integer(1), "\(id)") }
    }

    @Test func theQuestionSaysWhere() throws {
        let server = try indexed()
        defer { server.stop() }
        var asked = ""
        _ = CommandRun(
            ["expire", "user:alice", "--no-undo"], on: server,
            asking: { question in
                asked = question
                return "no"
            })
        #expect(asked.hasPrefix("Log out 2 sessions in unix://\(server.socketPath)"), "\(asked)")
    }

    @Test func aSecondTimeWritesNothing() throws {
        let server = try indexed()
        defer { server.stop() }
        _ = try run("logout user:alice --yes --settle 0", on: server)
        let run = try self.run("expire user:alice --yes --settle 0", on: server)
        #expect(
            run.status == .done && run.err.contains("2 sessions are logged out already: nothing was changed"),
            "\(run.err)")
    }

    /// A session that is too large to be kept is left, and told what ends it all the same.
    @Test func whatIsTooLargeForUndoNeedsNoUndo() throws {
        let server = try indexed()
        defer { server.stop() }
        let key = "spring:session:sessions:" + Self.alice
        let client = try server.client()
        let name = Array("sessionAttr:large".utf8)
        _ = try client.command([Array("HSET".utf8), Array(key.utf8), name, [UInt8](repeating: 1, count: 70 << 20)])
        let kept = try run("expire \(Self.alice) --yes --settle 0", on: server)
        #expect(kept.status == .usage && kept.err.contains("--no-undo"), "\(kept.err)")
        #expect(try !isLoggedOut(Self.alice, on: server))
        let run = try self.run("expire \(Self.alice) --yes --settle 0 --no-undo", on: server)
        #expect(run.status == .done, "\(run.err)")
        #expect(try isLoggedOut(Self.alice, on: server))
        #expect(try server.command("EXISTS", "spring:session:sessions:expires:" + Self.alice) == .integer(0))
    }

    @Test func aWrongNameSuggestsTheRightOne() throws {
        let server = try indexed()
        defer { server.stop() }
        let run = try self.run("expire user:alcie --yes", on: server)
        #expect(run.status == .notFound && run.err.contains("did you mean 'alice'?"), "\(run.err)")
    }

    /// What is left for the application to hear of is not there again.
    @Test(arguments: ["java-programs/redisson-spring-session", "spring-session-2.7.4-indexed"])
    func whatIsLeftForTheApplicationHasNotComeBack(_ name: String) throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.load(FixtureStore(name))
        let run = try self.run("expire --all --yes --settle 0", on: server)
        #expect(run.err.contains("logged out") && !run.err.contains("came back"), "\(run.err)")
        #expect(run.status == .done)
    }

    @Test(arguments: [
        ("expire", "say which sessions"), ("expire --all user:alice --yes", "contradict each other"),
        ("expire --all", "nobody is there to be asked"), ("expire --all --at-most 3 --yes", "--at-most is 3"),
        ("expire --all --in 1h --at 2027-01-01 --yes", "contradict each other"),
        ("expire --all --at 2020-01-01 --yes", "is past"), ("expire --all --in soon --yes", "write 90s"),
        ("expire --all --settle x --yes", "--settle x"), ("expire --all --settle=-5 --yes", "--settle -5: "),
        ("expire --all --in 0 --yes", "without --in the sessions end now"),
        ("expire --all --in 40000d --yes", "--in 40000d is too long: at most 36525d"),
        ("expire --all --report /nowhere/x --yes", "nothing was changed"),
        ("expire --all --report /dev/null --dry-run", "--dry-run changes none"),
        ("expire --all --in 1h --event expired --yes", "the session ends by itself"),
        ("expire 107fe95d-17d0-4470-b9cd-c9c8f35e27f9 --pattern x* --yes", "these are named"),
    ])
    func refusesAndChangesNothing(_ line: String, _ words: String) throws {
        let server = try indexed()
        defer { server.stop() }
        let run = try self.run(line, on: server)
        #expect(run.status == .usage && run.err.contains(words), "\(run.err)")
        #expect(try !isLoggedOut(Self.alice, on: server) && !isLoggedOut(Self.other, on: server))
    }

    /// Nobody is nearer to a name than who has it.
    @Test func whoIsExceptedIsNoOtherUser() throws {
        let server = try indexed()
        defer { server.stop() }
        let run = try self.run("expire --principal alice --except user:alice --yes", on: server)
        #expect(run.err.contains("no session fits") && !run.err.contains("did you mean"), "\(run.err)")
        let other = try self.run("expire --principal alicee --yes", on: server)
        #expect(other.err.contains("did you mean 'alice'?"), "\(other.err)")
    }

    /// Whoever wants to stop when all is done, and looked at once more, has stopped nothing.
    @Test func anInterruptBehindTheLastSessionIsNone() throws {
        let server = try indexed()
        defer { server.stop() }
        let home = try TemporaryDirectory()
        let shadow = "spring:session:sessions:expires:" + Self.alice
        func run(_ line: String, isDone: @escaping () -> Bool) -> CommandRun {
            CommandRun(
                line.split(separator: " ").map(String.init), on: server, environment: ["XDG_STATE_HOME": home.path],
                interrupted: isDone)
        }
        func isThere() -> Bool { (try? server.command("EXISTS", shadow)) == .integer(1) }
        // Without a second look the last session is the end.
        let touch = run("expire \(Self.alice) --in 1h --yes") { (try? isTouched(server)) ?? false }
        #expect(touch.status == .done && touch.err.contains("set the end of 1 of 1"), "\(touch.err)")
        #expect(run("undo --yes") { (try? !isTouched(server)) ?? false }.status == .done)
        // With one it is still to come.
        let expire = run("expire \(Self.alice) --yes --settle 0") { !isThere() }
        #expect(expire.status == .interrupted && expire.err.contains("logged out 1 of 1"), "\(expire.err)")
        #expect(run("undo --yes", isDone: isThere).status == .done && isThere())
    }

    private func isTouched(_ server: RedisServer) throws -> Bool {
        guard case .integer(let life) = try server.command("PTTL", "spring:session:sessions:" + Self.alice) else {
            return false
        }
        return life < 7_200_000
    }

    /// Versions before 1.3 put sessions without an end into the bucket of the minute that their interval below zero comes to.
    @Test(arguments: [-1, -5, -100])
    func whatNeverEndsLeavesItsBucketAtOnce(_ interval: Int) throws {
        let server = try RedisServer()
        defer { server.stop() }
        let last = 1_795_419_000_000
        let bucket = "spring:session:expirations:\((last + interval * 1000) / 60_000 * 60_000 + 60_000)"
        let fields = ["creationTime", "1", "lastAccessedTime", "\(last)", "maxInactiveInterval", "\(interval)"]
        let key = "spring:session:sessions:" + Self.alice
        try server.command((["HSET", key] + fields).map { Array($0.utf8) })
        try server.command("SET", "spring:session:sessions:expires:" + Self.alice, "")
        try server.command("SADD", bucket, "expires:" + Self.alice, "expires:other")
        let first = try run("expire \(Self.alice) --yes --settle 0", on: server)
        #expect(first.status == .done, "\(first.err)")
        #expect(try server.command("SMEMBERS", bucket) == .array([.string(Array("expires:other".utf8))]))
        let again = try run("expire \(Self.alice) --yes --settle 0 -o jsonl", on: server)
        #expect(
            again.err.contains("1 unneeded") && again.out.contains("\"format\":\"spring\""), "\(again.out)\(again.err)")
    }

    @Test func aPersonTypesTheCount() throws {
        let server = try indexed()
        defer { server.stop() }
        let wrong = CommandRun(["expire", "user:alice", "--settle", "0", "--no-undo"], on: server, answer: "y")
        #expect(wrong.status == .usage && wrong.err.contains("nothing was changed"))
        #expect(try !isLoggedOut(Self.alice, on: server))
        let right = CommandRun(["expire", "user:alice", "--settle", "0", "--no-undo"], on: server, answer: "2")
        #expect(right.status == .done, "\(right.err)")
        #expect(try isLoggedOut(Self.alice, on: server))
    }

    @Test func moreThanAHundredNeedACount() throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.pipeline((0..<150).map { Self.session($0) })
        let refused = try run("expire --all --yes --settle 0", on: server)
        #expect(refused.status == .usage && refused.err.contains("--yes --at-most 150"), "\(refused.err)")
        let run = try self.run("expire --all --yes --at-most 150 --settle 0", on: server)
        #expect(run.status == .done && run.err.contains("logged out 150 of 150"), "\(run.err)")
        #expect(try server.command("DBSIZE") == .integer(0))
    }

    @Test func stopsAtItsLimit() throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.pipeline((0..<30).map { Self.session($0) })
        let run = try self.run("expire --all --yes --limit 7 --settle 0", on: server)
        #expect(run.status == .done && run.err.contains("logged out 7 of 7"), "\(run.err)")
        #expect(try server.command("DBSIZE") == .integer(23))
    }

    /// A session of the default repository, with times as JSON writes them.
    /// What was logged out and waits for its application does not use up the limit of the next run.
    @Test func theSameCommandWithALimitGoesOn() throws {
        let server = try indexed()
        defer { server.stop() }
        let all = CommandRun(["list", "--where", "interval != 0s", "--fields", "id", "-o", "tsv"], on: server).out
        let count = all.split(separator: "\n").count
        #expect(count > 3)
        // One more than those: of what the library itself has logged out places in sets are left.
        var ended = 0
        for _ in 0...count / 3 + 1 {
            let run = try self.run("expire --all --yes --limit 3 --settle 0", on: server)
            #expect(run.status == .done, "\(run.err)")
            for some in 1...3 where run.err.contains("logged out \(some) of \(some)") { ended += some }
        }
        #expect(ended == count + 1)
        let none = try run("expire --all --yes --limit 3 --settle 0", on: server)
        #expect(none.status == .done && none.err.contains("logged out already: nothing was changed"), "\(none.err)")
    }

    /// A hash whose interval is 0 while its shadow key is still there is a logout that was not finished.
    @Test func finishesALogoutThatWasNot() throws {
        let server = try indexed()
        defer { server.stop() }
        let zero = try zeroInterval(server)
        _ = try server.client().command([
            Array("HSET".utf8), Array(("spring:session:sessions:" + Self.alice).utf8),
            Array("maxInactiveInterval".utf8),
            zero,
        ])
        let run = try self.run("expire --where principal=alice --yes --settle 0", on: server)
        #expect(run.status == .done, "\(run.err)")
        #expect(try server.command("EXISTS", "spring:session:sessions:expires:" + Self.alice) == .integer(0))
    }

    private func zeroInterval(_ server: RedisServer) throws -> [UInt8] {
        let answer = try server.command("HGET", "spring:session:sessions:" + Self.alice, "maxInactiveInterval")
        guard case .string(let bytes) = answer else { return [] }
        return bytes.dropLast(4) + [0, 0, 0, 0]
    }

    private static func session(_ number: Int) -> [[UInt8]] {
        let words =
            ["HSET", "spring:session:sessions:session-\(number)"]
            + ["creationTime", "1795419000000", "lastAccessedTime", "1795419000000", "maxInactiveInterval", "604800"]
        return words.map { Array($0.utf8) }
    }

    @Test func leavesThoseThatAreExcepted() throws {
        let server = try indexed()
        defer { server.stop() }
        let run = try self.run("expire --all --except \(Self.alice) --yes --settle 0", on: server)
        #expect(run.status == .done, "\(run.err)")
        #expect(try !isLoggedOut(Self.alice, on: server) && isLoggedOut(Self.other, on: server))
    }

    @Test func aDryRunWritesNothing() throws {
        let server = try indexed()
        defer { server.stop() }
        let run = try self.run("expire user:alice --dry-run", on: server)
        #expect(run.status == .done && run.out.contains("DEL spring:session:sessions:expires:\(Self.alice)"))
        let json = try self.run("expire user:alice --dry-run --json", on: server)
        #expect(try TestJSON(reading: json.outBytes).requiredItems().count == 2)
        #expect(try !isLoggedOut(Self.alice, on: server))
        let info = try server.command("INFO", "commandstats")
        guard case .string(let bytes) = info else { throw RedisServerError("\(info)") }
        #expect(!String(decoding: bytes, as: UTF8.self).contains("cmdstat_eval"))
    }

    @Test func reportsEachSession() throws {
        let server = try indexed()
        let folder = try TemporaryDirectory()
        defer { server.stop() }
        let path = folder.path + "/report.jsonl"
        let run = CommandRun(
            ["expire", "user:alice", "--yes", "--settle", "0", "--report", path, "-o", "jsonl", "--no-undo"], on: server
        )
        let lines = try Array(Data(contentsOf: URL(fileURLWithPath: path))).split(separator: 0x0A)
        #expect(run.status == .done && lines.count == 2)
        #expect(run.outBytes.split(separator: 0x0A).map { Array($0) } == lines.map { Array($0) })
        for line in lines { #expect(try TestJSON(reading: Array(line))["outcome"]?.string == "done") }
    }

    /// Also where nothing fits there is a file, and what another run left unfinished in it stays a line of its own.
    @Test func aReportBeginsALineOfItsOwn() throws {
        let server = try indexed()
        let folder = try TemporaryDirectory()
        defer { server.stop() }
        let path = folder.path + "/report.jsonl"
        _ = CommandRun(["expire", "--where", "principal = 'x'", "--yes", "--report", path, "--no-undo"], on: server)
        #expect(FileManager.default.fileExists(atPath: path))
        try Data("{\"unfinished".utf8).write(to: URL(fileURLWithPath: path))
        _ = CommandRun(["expire", Self.alice, "--yes", "--settle", "0", "--report", path, "--no-undo"], on: server)
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 2 && lines[0] == "{\"unfinished")
    }

    /// A server that accepts no write at all has logged nobody out, also where only indices were to be tidied up.
    @Test func whatIsNotAcceptedIsNotDone() throws {
        let server = try indexed()
        defer { server.stop() }
        try server.command("CONFIG", "SET", "min-replicas-to-write", "1")
        let run = try self.run("expire --all --yes --settle 0", on: server)
        #expect(run.status == .partial && run.err.contains("logged out 0 of"), "\(run.err)")
    }

    @Test func endsThemLater() throws {
        let server = try indexed()
        defer { server.stop() }
        let key = "spring:session:sessions:" + Self.alice
        let run = try self.run("expire \(Self.alice) --at 2030-01-01 --yes", on: server)
        #expect(run.status == .done, "\(run.err)")
        // The interval is whole seconds from the last use, so it ends less than one later.
        guard
            case .integer(let shadow) = try server.command(
                "PEXPIRETIME", "spring:session:sessions:expires:" + Self.alice),
            case .integer(let hash) = try server.command("PEXPIRETIME", key)
        else { throw RedisServerError("a key has no end") }
        #expect((0..<1000).contains(shadow - 1_893_456_000_000) && hash - shadow == 300_000)
    }

    /// Scripts read the count also where nothing fits.
    @Test func nothingIsAnAnswerTooForPrograms() throws {
        let server = try indexed()
        defer { server.stop() }
        let run = try self.run("expire --where principal=nobody --yes -o json", on: server)
        #expect(run.status == .done, "\(run.err)")
        #expect(try TestJSON(reading: run.outBytes)["matched"]?.integer == 0)
        #expect(try self.run("expire --where principal=nobody --yes -o jsonl", on: server).out.isEmpty)
    }

    /// A plan says what it rests on.
    @Test func aDryRunShowsConditions() throws {
        let server = try indexed()
        defer { server.stop() }
        let run = try self.run("expire \(Self.alice) --dry-run --json", on: server)
        let plan = try #require(try TestJSON(reading: run.outBytes).requiredItems(count: 1).first)
        let conditions = try #require(plan["conditions"]).requiredItems()
        #expect(conditions.contains { $0["test"]?.string == "exists" && $0["otherwise"]?.string == "gone" })
        let used = conditions.first { $0["field"]?.string == "lastAccessedTime" }
        #expect(used?["test"]?.string == "field" && used?["otherwise"]?.string == "active again", "\(run.out)")
    }

    /// A hash that is deleted is kept, and must still be what is kept; without undo nobody asks.
    @Test(arguments: ["", "--no-undo"]) func aDryRunShowsThatAHashIsToBeTheOneThatIsKept(_ option: String) throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.load(FixtureStore("spring-session-3.5.7-simple"))
        let run = try self.run("expire --all --dry-run --json \(option)", on: server)
        let plans = try TestJSON(reading: run.outBytes).requiredItems()
        #expect(!plans.isEmpty)
        for plan in plans {
            let conditions = try #require(plan["conditions"]).requiredItems()
            let whole = conditions.filter {
                $0["test"]?.string == "hash SHA-1" && $0["key"]?.string == plan["key"]?.string
            }
            let deletes = try #require(plan["commands"]).requiredItems().contains {
                try $0.requiredItems().first?.string == "UNLINK"
            }
            #expect(whole.count == (deletes && option.isEmpty ? 1 : 0), "\(run.out)")
            for condition in whole { #expect(condition["otherwise"]?.string == "changed") }
        }
    }

    @Test func whatIsUncertainIsNotCountedAsDone() throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.load(#require(try FixtureStore.all().first { $0.name.hasPrefix("redisson") }))
        let run = try self.run("expire --all --yes --settle 0", on: server)
        #expect(run.status == .partial && run.err.contains("outcome unknown"), "\(run.err)")
        #expect(run.err.contains(/logged out 0 of [0-9]+ sessions: [0-9]+ uncertain/), "\(run.err)")
    }

    /// By the clock of the server: this test's own stands days before it.
    @Test func idleIsCountedByTheServersClock() throws {
        let server = try RedisServer()
        defer { server.stop() }
        guard case .array(let time) = try server.command("TIME"), case .string(let seconds) = time[0],
            let now = Int64(String(decoding: seconds, as: UTF8.self))
        else { return }
        let last = String((now - 7200) * 1000)
        let fields = ["creationTime", "1", "lastAccessedTime", last, "maxInactiveInterval", "604800"]
        try server.command((["HSET", "spring:session:sessions:a"] + fields).map { Array($0.utf8) })
        let none = try self.run("expire --where idle>3h --yes --settle 0", on: server)
        #expect(none.err.contains("no session fits"), "\(none.err)")
        let run = try self.run("expire --where idle>1h --yes --settle 0", on: server)
        #expect(run.status == .done && run.err.contains("logged out 1 of 1"), "\(run.err)")
    }

    /// What may not be run by digest is run by its text, and without scripts in a transaction; without both it is told which rights are
    /// needed.
    @Test(arguments: [("-evalsha", true), ("-@scripting", true), ("-@scripting -@transaction", false)])
    func findsAWayThatTheUserMayGo(_ rights: String, _ isDone: Bool) throws {
        let server = try indexed()
        defer { server.stop() }
        let words = ["ACL", "SETUSER", "clerk", "on", "nopass", "~*", "&*", "+@all"]
        try server.command((words + rights.split(separator: " ").map(String.init)).map { Array($0.utf8) })
        let run = try self.run("expire user:alice --yes --settle 0 --user clerk", on: server)
        #expect(run.status == (isDone ? .done : .permission), "\(run.err)")
        #expect(run.err.contains("+@scripting") != isDone, "\(run.err)")
        #expect(try isLoggedOut(Self.alice, on: server) == isDone)
    }

    /// The keys of one session lie in several slots of a cluster: a script for each, or a transaction, the session's own key before its
    /// indices.
    @Test func sessionsAreLoggedOutSlotBySlotOnACluster() throws {
        // One after the other: each listens on the same port for its cluster.
        for rights in ["+@all", "+@all -@scripting"] { try logOutSlotBySlot(rights) }
    }

    private func logOutSlotBySlot(_ rights: String) throws {
        let server = try RedisServer { $0.configuration = ["cluster-enabled yes", "enable-debug-command yes"] }
        defer { server.stop() }
        try server.command("CLUSTER", "ADDSLOTSRANGE", "0", "16383")
        try server.waitForCluster()
        try server.load(#require(try FixtureStore.all().first { $0.name == "spring-session-2.7.4-indexed" }))
        let words =
            ["ACL", "SETUSER", "clerk", "on", "nopass", "~*", "&*"] + rights.split(separator: " ").map(String.init)
        try server.command(words.map { Array($0.utf8) })
        let home = try TemporaryDirectory()
        func run(_ line: String) -> CommandRun {
            CommandRun(
                (line + " --user clerk").split(separator: " ").map(String.init), on: server,
                environment: ["XDG_STATE_HOME": home.path])
        }
        let hash = try server.command("DEBUG", "DIGEST-VALUE", "spring:session:sessions:" + Self.alice)
        let expire = run("expire user:alice --yes --settle 0")
        #expect(expire.status == .done && expire.err.contains("logged out 2 of 2 sessions"), "\(expire.err)")
        #expect(try isLoggedOut(Self.alice, on: server))
        #expect(try server.command("EXISTS", "spring:session:sessions:expires:" + Self.alice) == .integer(0))
        let undo = run("undo --yes")
        #expect(undo.status == .done && undo.err.contains("took back 2 of 2"), "\(undo.err)")
        #expect(try server.command("DEBUG", "DIGEST-VALUE", "spring:session:sessions:" + Self.alice) == hash)
        let touch = run("touch \(Self.alice) --yes")
        #expect(touch.status == .done, "\(touch.err)")
    }

    @Test func aLaterEndIsNoLogout() throws {
        let server = try indexed()
        defer { server.stop() }
        let run = try self.run("expire \(Self.alice) --in 15m --yes", on: server)
        #expect(run.status == .done && run.err.contains("set the end of 1 of 1 session"), "\(run.err)")
    }

    /// A request was running: it writes its session back.
    @Test func thoseThatComeBackAreNamed() throws {
        let server = try RedisServer()
        let folder = try TemporaryDirectory()
        defer { server.stop() }
        try server.pipeline((0..<3).map { Self.session($0) })
        let returning = Self.session(1)
        let request = DispatchSemaphore(value: 0)
        // A thread of its own: those of the pool are busy with other tests.
        Thread.detachNewThread {
            for _ in 0..<20_000 {
                if (try? server.command([Array("EXISTS".utf8), returning[1]])) == .integer(0) { break }
                usleep(1000)
            }
            _ = try? server.command(returning)
            request.signal()
        }
        let path = folder.path + "/report.jsonl"
        let run = CommandRun(
            ["expire", "--all", "--yes", "--settle", "3s", "--no-undo", "--report", path], on: server,
            monotonic: { Date().timeIntervalSinceReferenceDate })
        request.wait()
        #expect(run.status == .partial && run.err.contains("came back") && run.err.contains("session-1"), "\(run.err)")
        let report = try String(contentsOfFile: path, encoding: .utf8)
        #expect(report.split(separator: "\n").filter { $0.contains("came back") }.count == 1)
    }

    @Test func aDryRunOfARefusalIsRefused() throws {
        let bench = try EditBench("java-programs/shiro-redis")
        defer { bench.server.stop() }
        // None of this format can be extended, each for a reason of its own.
        let id = try #require(CommandRun("list -o raw", on: bench.server).out.split(separator: "\n").first)
        let dry = bench.run("touch", "id:" + id, "--dry-run")
        let run = bench.run("touch", "id:" + id, "--yes")
        #expect(dry.status == .usage && run.status == .usage && dry.out.contains("refused: "), "\(dry.out)")
    }

    @Test func aDryRunOnAReplicaIsRefused() throws {
        let server = try indexed()
        defer { server.stop() }
        try server.command("REPLICAOF", "127.0.0.1", "1")
        let run = try self.run("expire --all --dry-run", on: server)
        #expect(run.status == .usage && run.err.contains("is a replica") && !run.out.isEmpty, "\(run.err)")
    }

    @Test func aReplicaIsRefused() throws {
        let server = try indexed()
        defer { server.stop() }
        try server.command("REPLICAOF", "127.0.0.1", "1")
        let run = try self.run("expire --all --yes", on: server)
        #expect(run.status == .usage && run.err.contains("is a replica"), "\(run.err)")
    }
}
