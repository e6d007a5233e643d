import ArgumentParser
import TestSupport
import Testing

@testable import Commands

/// Every reading command, as a Redis user who may write nothing.
struct ReadingWritesNothingIntegrationTests {
    private static let token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9."
    private static let tomcat = "13C0914CBFE7B240A06898DCE2341471.node1"

    static let lines = [
        "list",
        "ls --fields id,format,variant,namespace,key,principal,created,accessed,idle,interval,expires,ttl,size,finding -o json",
        "list --fields id,attributes -o jsonl", "list -o tree", "list -o raw --sort=-size --limit 3",
        "list --where user='alice'", "list --pattern spring:session:shop:* -o csv",
        "show user:alice", "show \(tomcat)", "show --typed \(tomcat)", "show 13C091", "show \(token)",
        "show no-such-session", "get \(tomcat) cart", "get \(tomcat) cart -o raw", "get user:alice nothing",
        "list --where attr.user=alice --fields id,class,role,attr.user --sort attr.user",
        "list --where format=spring --where has(user) -o json", "count", "count --by class --where user='alice'",
        "users",
        "users --where format=spring -o json", "stats -o table", "stats -o prometheus", "stats --quick -o json",
        "cookie user:alice", "cookie \(tomcat) -o raw", "keys user:alice", "keys \(tomcat) -o json", "decode \(token)",
        "decode rO0ABXQABWFsaWNl", "jwt check \(token) --jwt-keys allow=",
        "jwt check jti:nobody -o json --jwt-keys allow=",
    ]

    /// What a Redis user without `@write` can run and what this program has a use for; nothing that holds the server.
    private static let allowed: Set<String> = [
        "auth", "client|setname", "dbsize", "exists", "getrange", "hgetall", "hkeys", "hlen", "hmget", "hscan",
        "hstrlen", "info", "memory|usage", "pttl", "scan", "scard", "sismember", "sscan", "strlen", "time", "type",
        "zcard", "zscore",
    ]

    @Test func everyReadingCommandIsTried() {
        let tried = Set(Self.lines.compactMap { $0.split(separator: " ").first.map(String.init) })
        let commands = SessionctlCommand.configuration.subcommands.map { $0._commandName }
        // These ask no server of the user's; the shell is tried below; these are there to write; and `export` has a test of its own.
        let others = [
            "demo", "profiles", "shell", "expire", "touch", "undo", "set", "unset", "edit", "migrate", "verify",
            "export", "import",
        ]
        #expect(tried.subtracting(["ls"]) == Set(commands).subtracting(others))
    }

    /// The same lines in one shell, as a process of its own, with its look for names and its current session.
    @Test func theShellReadsWithoutWriting() throws {
        let server = try RedisServer { $0.users = ["reader on >pw ~* &* +@all -@write"] }
        defer { server.stop() }
        try server.loadAllFixtures()
        try server.command("SET", "some token", Self.token)
        let before = try state(server)
        try server.command("CONFIG", "RESETSTAT")
        let lines =
            Self.lines.map { $0.replacing("'alice'", with: "\"'alice'\"") } + [
                "use \(Self.tomcat)", "show", "keys", "use -",
            ]
        let outcome = try BuiltProgram.run(
            ["shell", "--keep-going", "-s", server.socketPath, "--user", "reader"],
            input: lines.joined(separator: "\n"),
            environment: ["REDISCLI_AUTH": "pw"])
        #expect(
            outcome.status == ExitStatus.partial.rawValue && outcome.output.contains(Self.tomcat), "\(outcome.errors)")
        let commands = try calls(server)
        let after = try state(server)
        #expect(before == after)
        #expect(commands.isSubset(of: Self.allowed.union(["ping"])), "\(commands.subtracting(Self.allowed))")
    }

    @Test(arguments: lines) func readsWithoutWriting(_ line: String) throws {
        let server = try RedisServer { $0.users = ["reader on >pw ~* &* +@all -@write"] }
        defer { server.stop() }
        try server.loadAllFixtures()
        try server.command("SET", "some token", Self.token)
        let before = try state(server)
        try server.command("CONFIG", "RESETSTAT")
        let options = line.hasPrefix("decode") ? [] : ["-s", server.socketPath, "--user", "reader"]
        let words = line.split(separator: " ").map(String.init)
        let run = CommandRun(words + options, environment: ["REDISCLI_AUTH": "pw"])
        let commands = try calls(server)
        let after = try state(server)
        let fails = words.contains("no-such-session") || words.contains("nothing")
        // One of her sessions is a token, which no cookie names.
        let done = line == "cookie user:alice" ? ExitStatus.partial : .done
        #expect(run.status == (fails ? .notFound : run.status == .undecodable ? .undecodable : done), "\(run.err)")
        #expect(before == after)
        #expect(commands.isSubset(of: Self.allowed), "\(commands.subtracting(Self.allowed))")
        #expect(line.hasPrefix("decode") == commands.isEmpty)
    }

    /// Every key with the time at which it ends, and how many changes there were.
    private func state(_ server: RedisServer) throws -> [String: RespValue] {
        let client = try server.client()
        guard case .array(let keys) = try client.command([Array("KEYS".utf8), Array("*".utf8)]) else { return [:] }
        var state: [String: RespValue] = [:]
        for case .string(let key) in keys {
            state[String(decoding: key, as: UTF8.self)] = try client.command([Array("PEXPIRETIME".utf8), key])
        }
        #expect(state.count == 240)
        state["changes"] = .status(try info(server, "persistence", "rdb_changes_since_last_save:").joined())
        return state
    }

    /// The commands that were called since the statistics were reset, our own reset not counted.
    private func calls(_ server: RedisServer) throws -> Set<String> {
        let names = try info(server, "commandstats", "cmdstat_").map { String($0.prefix { $0 != ":" }) }
        return Set(names).subtracting(["config|resetstat"])
    }

    private func info(_ server: RedisServer, _ section: String, _ prefix: String) throws -> [String] {
        guard case .string(let text) = try server.command("INFO", section) else { return [] }
        return String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline)
            .filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    }
}
