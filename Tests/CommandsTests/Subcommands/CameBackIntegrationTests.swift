import TestSupport
import Testing

@testable import Commands

/// Whoever comes back between the search and the change is not logged out, whatever the clocks say.
struct CameBackIntegrationTests {
    private func run(
        _ words: [String], on server: RedisServer, whenAsked: @escaping () throws -> Void
    ) throws -> CommandRun {
        let home = try TemporaryDirectory()
        var failure: (any Error)?
        let run = CommandRun(
            words, on: server, environment: ["XDG_STATE_HOME": home.path],
            asking: { question in
                do { try whenAsked() } catch { failure = error }
                // "…: type 11 to go on, …"
                return question.split(separator: " ").drop { $0 != "type" }.dropFirst().first.map(String.init)
            })
        if let failure { throw failure }
        return run
    }

    /// A request states when it began, which may be long before the command; it writes that at its end.
    @Test(
        arguments: ["spring-session-2.7.4-indexed", "spring-session-2.7.4-simple"],
        ["--all", "--where created>2000-01-01"])
    func whoseRequestBeganBeforeTheCommand(_ store: String, _ selection: String) throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.load(FixtureStore(store), forever: true)
        let ids = CommandRun("list --where interval>0s --fields id", on: server).out.split(separator: "\n").map(
            String.init)
        let id = try #require(ids.first)
        let key = Array("spring:session:sessions:\(id)".utf8)
        let words = ["expire"] + selection.split(separator: " ").map(String.init) + ["--settle", "0"]
        guard
            case .string(let interval) = try server.command([
                Array("HGET".utf8), key, Array("maxInactiveInterval".utf8),
            ])
        else { return #expect(Bool(false)) }
        let run = try run(words, on: server) {
            guard
                case .string(var time) = try server.command([Array("HGET".utf8), key, Array("lastAccessedTime".utf8)])
            else { return #expect(Bool(false)) }
            time[time.count - 1] ^= 1
            try server.command([Array("HSET".utf8), key, Array("lastAccessedTime".utf8), time])
        }
        #expect(run.err.contains("1 active again"), "\(run.err)")
        let left = try server.command([Array("HGET".utf8), key, Array("maxInactiveInterval".utf8)])
        #expect(left == .string(interval), "\(run.err)")
    }

    /// The application's clock may be ahead: what nobody has used is logged out all the same.
    @Test func aClockThatIsAheadSparesNobody() throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.load(FixtureStore("spring-session-2.7.4-simple"), forever: true)
        let ids = CommandRun("list --where interval>0s --fields id", on: server).out.split(separator: "\n").map(
            String.init)
        let key = Array("spring:session:sessions:\(try #require(ids.first))".utf8)
        guard case .string(var time) = try server.command([Array("HGET".utf8), key, Array("lastAccessedTime".utf8)])
        else { return #expect(Bool(false)) }
        // The third highest of eight bytes is 1 from 2004 to 2039: this is decades on.
        time[time.count - 6] = 2
        try server.command([Array("HSET".utf8), key, Array("lastAccessedTime".utf8), time])
        let run = try run(["expire", "--all", "--settle", "0"], on: server) {}
        #expect(run.status == .done && !run.err.contains("active again"), "\(run.err)")
        #expect(try server.command([Array("EXISTS".utf8), key]) == .integer(0))
    }

    /// A manager that was given a shorter interval since gives whoever comes back a shorter life.
    @Test(arguments: [["EX", "1800"], ["EX", "5000000"]]) func whoseKeyHasAnotherLife(_ life: [String]) throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.load(FixtureStore("tomcat9-redis-session-manager"))
        let id = try #require(CommandRun("list --fields key", on: server).out.split(separator: "\n").first)
        guard case .string(let value) = try server.command("GET", String(id)) else { return #expect(Bool(false)) }
        try server.command("FLUSHALL")
        try server.command([Array("SET".utf8), Array(id.utf8), value, Array("EX".utf8), Array("2500000".utf8)])
        let run = try run(["expire", "--all", "--settle", "0"], on: server) {
            try server.command([Array("SET".utf8), Array(id.utf8), value] + life.map { Array($0.utf8) })
        }
        #expect(run.err.contains("1 active again"), "\(run.err)")
        #expect(try server.command("EXISTS", String(id)) == .integer(1))
    }

    /// Some applications write nothing but the life of a hash at a request, of whatever layout it is.
    @Test(arguments: [
        ("spring-session-3.5.7-simple", "interval>0s"), ("spring-session-2.7.4-indexed", "interval>0s"),
        ("java-programs/jwt-keys", "format='jwt'"),
    ])
    func whoseHashWasGivenALongerLife(_ store: String, _ filter: String) throws {
        let server = try RedisServer()
        defer { server.stop() }
        try server.load(FixtureStore(store))
        let list = CommandRun(["list", "--fields", "key", "--where", filter], on: server)
        let keys = list.out.split(separator: "\n").map(String.init)
        for key in keys { try server.command("EXPIRE", key, "3600") }
        let key = try #require(try keys.first { try server.command("TYPE", $0) == .status("hash") })
        let before = try server.command("DEBUG", "DIGEST-VALUE", key)
        let run = try run(["expire", "--all", "--settle", "0"], on: server) {
            try server.command("EXPIRE", key, "2592000")
        }
        #expect(run.err.contains("1 active again"), "\(run.err)")
        #expect(try server.command("DEBUG", "DIGEST-VALUE", key) == before)
        guard case .integer(let left) = try server.command("TTL", key) else { return #expect(Bool(false)) }
        #expect(left > 2_500_000)
    }

    /// What was extended, and given another life by somebody else since, keeps that.
    @Test(arguments: ["redisson-tomcat-3.52.0", "spring-session-3.5.7-simple"])
    func undoLeavesALifeThatOthersHaveGiven(_ store: String) throws {
        let server = try RedisServer()
        defer { server.stop() }
        let home = try TemporaryDirectory()
        try server.load(FixtureStore(store))
        let state = ["XDG_STATE_HOME": home.path]
        let touched = CommandRun("touch --all --yes", on: server, environment: state)
        #expect(touched.err.contains(/extended [1-9]/), "\(touched.err)")
        let keys = CommandRun("list --fields key", on: server).out.split(separator: "\n").map(String.init)
        for key in keys { try server.command("EXPIRE", key, "9000000") }
        let undone = CommandRun("undo --yes", on: server, environment: state)
        // Of one without an interval the last use alone was written.
        #expect(undone.status == .partial && undone.err.contains(/took back [01] of [1-9]/), "\(undone.err)")
        for key in keys {
            guard case .integer(let left) = try server.command("TTL", key) else { return #expect(Bool(false)) }
            #expect((8_999_000...9_000_000).contains(left), "\(key)")
        }
    }

    /// The placeholder of a session whose first request is under way has no end, and no time of creation; the session has both, one after
    /// the other.
    @Test(arguments: [["EX", "1800"], []]) func whoIsLoggingIn(_ life: [String]) throws {
        let server = try RedisServer()
        defer { server.stop() }
        let fixture = FixtureStore("tomcat-redis-session-manager-2.0.0")
        try server.load(fixture)
        let list = CommandRun(["list", "--where", "variant = 'jcoleman'", "--fields", "key"], on: server)
        let id = try #require(list.out.split(separator: "\n").first)
        guard case .string(let value) = try server.command("GET", String(id)) else { return #expect(Bool(false)) }
        try server.command("FLUSHALL")
        try server.command("SET", String(id), "null")
        let run = try run(["expire", "--all", "--settle", "0"], on: server) {
            try server.command([Array("SET".utf8), Array(id.utf8), value] + life.map { Array($0.utf8) })
        }
        #expect(run.err.contains("logged out 0 of 1"), "\(run.err)")
        #expect(try server.command("EXISTS", String(id)) == .integer(1))
    }
}
