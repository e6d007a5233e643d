import TestSupport
import Testing

@testable import Commands
@testable import Terminal

/// `list`, `show` and `keys` of session stores other than Spring Session's.
struct StoreFormatsIntegrationTests {
    /// A server with each store in a database of its own.
    private func server(_ stores: [String]) throws -> RedisServer {
        let server = try RedisServer()
        for (number, name) in stores.enumerated() {
            let client = try server.client()
            _ = try client.command([Array("SELECT".utf8), Array(String(number).utf8)])
            for record in try FixtureStore("java-programs/" + name).records() {
                let life = Array(String(max(record.pttl, 0)).utf8)
                _ = try client.command([Array("RESTORE".utf8), record.key, life, record.dump])
            }
        }
        return server
    }

    private func id(_ store: String, _ label: String) throws -> String {
        let sessions = try FixtureStore("java-programs/" + store).expectedSessions()
        let session = try #require(try sessions.first { try $0.required("label").requiredString() == label })
        return try session.required("id").requiredString()
    }

    /// The closing line of `list`: how many sessions, and what the other keys are for.
    @Test(
        arguments: [
            ("memcached-session-manager-non-sticky", "16 sessions; keys that hold none: 1 lock, 17 validity"),
            ("pivotal-session-managers", "13 sessions; keys that hold none: 1 session ids"),
            ("ran-jit-4.x", "15 sessions; keys that hold none: 1 single sign-on"),
            ("redisson-spring-session", "12 sessions; keys that hold none: 2 principal index, 11 shadow key"),
            (
                "zinin-tomcat-redis-session",
                "11 sessions; keys that hold none: 78 attribute, 10 attribute names, 1 session ids, 33 time"
            ),
        ])
    func theClosingLineNamesAuxiliaryKeys(_ store: String, _ line: String) throws {
        let server = try server([store])
        defer { server.stop() }
        let run = CommandRun("list --no-pager", on: server, screen: TerminalSize(rows: 100, columns: 100))
        #expect(run.status == .done && run.err.hasSuffix("sessionctl: \(line)\n"), "\(run.err)")
    }

    /// Role, type and state of each key of a session.
    @Test(
        arguments: [
            ("pivotal-session-managers", "route", ["session string there", "session ids set there"]),
            ("overit-redis-manager", "route", ["session string there", "session ids zset there"]),
            ("ran-jit-4.x", "route", ["session string there"]),
            (
                "memcached-session-manager-non-sticky", "strings",
                ["session string there", "validity string there", "lock string there"]
            ),
            ("memcached-session-manager-sticky", "strings", ["session string there"]),
            (
                "redisson-spring-session", "login-colon",
                ["session hash there", "shadow key string there", "principal index set there"]
            ),
            ("redisson-spring-session", "never-expires", ["session hash there"]),
            ("amadeus-session-replacer", "strings", ["session hash there", "session ids zset there"]),
            ("amadeus-session-replacer-sticky", "strings", ["session hash there", "session ids zset there"]),
            (
                "amadeus-session-replacer-notification", "strings",
                ["session hash there", "shadow key string there", "expirations bucket set there"]
            ),
            ("shiro-redis", "login-alice", ["session string there"]),
            (
                "zinin-tomcat-redis-session", "login-alice-1",
                ["session string there"] + [String](repeating: "time string there", count: 3)
                    + ["attribute names set there"] + [String](repeating: "attribute string there", count: 4)
                    + ["session ids zset there"]
            ),
        ])
    func showsTheKeysOfASession(_ store: String, _ label: String, _ expected: [String]) throws {
        let server = try server([store])
        defer { server.stop() }
        let run = CommandRun(["keys", "--namespace", "library", try id(store, label)], on: server)
        #expect(run.status == .done, "\(run.err)")
        let lines = run.out.split(separator: "\n").map { line -> String in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            return "\(fields[0]) \(fields[1]) \(fields[3])"
        }
        #expect(lines == expected)
    }

    /// A login as it is meant: who, with which roles, and what waits for the login; no password, no id in clear.
    @Test func showsALoginOfTomcat() throws {
        let store = "tomcat10-redis-session-manager"
        let server = try server([store])
        defer { server.stop() }
        let id = try id(store, "login-form")
        let run = CommandRun(["show", id, "-o", "tsv"], on: server)
        for line in ["authType\tFORM", "roles\tadmin, user", "savedRequest\tPOST /library/lend", "principal\tböb"] {
            #expect(run.out.contains(line + "\n"), "\(run.out)")
        }
        #expect(run.out.contains("expectedSessionId\t••••\n"))
        for form in ["tree", "tsv", "json"] {
            let masked = CommandRun(["show", id, "-o", form], on: server)
            #expect(masked.status == .done && !masked.out.contains("invented-password"))
            let revealed = CommandRun(["show", id, "--reveal", "-o", form], on: server)
            #expect(revealed.status == .done && !revealed.out.contains("invented-password"))
        }
    }

    /// A database is chosen by its number, and each has its own sessions.
    @Test func everyDatabaseHasItsOwnSessions() throws {
        let stores = ["shiro-redis", "ran-jit-2.x", "overit-redis-manager", "memcached-session-manager-sticky"]
        let server = try server(stores)
        defer { server.stop() }
        for (number, format) in ["shiro", "tomcat", "tomcat", "memcached"].enumerated() {
            let run = CommandRun("-n \(number) list --fields format --quiet", on: server)
            #expect(Set(run.out.split(separator: "\n")).contains(Substring(format)), "\(run.out)")
            #expect(Set(run.out.split(separator: "\n").dropFirst()) == [Substring(format)], "\(run.out)")
        }
    }

    /// A listing asks for what it shows: fields by name, the first bytes of strings, never a whole value.
    @Test(
        arguments: [
            ("redisson-spring-session", 12, ["hmget"]), ("amadeus-session-replacer", 13, ["hmget"]),
            ("chexagon-redis-session-manager", 0, ["getrange"]), ("shiro-redis", 0, ["getrange"]),
            // The times of non-sticky sessions are in keys of 20 bytes.
            ("memcached-session-manager-non-sticky", 0, ["getrange"]),
        ])
    func listingFetchesNoWholeValue(_ store: String, _ hashes: Int, _ commands: [String]) throws {
        let server = try server([store])
        defer { server.stop() }
        try server.command("CONFIG", "RESETSTAT")
        let run = CommandRun("list --fields id,idle,ttl,interval --quiet", on: server)
        #expect(run.status == .done, "\(run.err)")
        guard case .string(let bytes) = try server.command("INFO", "commandstats") else {
            Issue.record("no statistics")
            return
        }
        let used = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n").compactMap { line -> String? in
            line.hasPrefix("cmdstat_") ? String(line.dropFirst(8).prefix { $0 != ":" && $0 != "|" }) : nil
        }
        let reading: Set<String> = ["get", "getrange", "hgetall", "hmget", "hscan", "smembers", "sscan", "mget"]
        #expect(Set(used).intersection(reading).sorted() == commands)
        let asked = String(decoding: bytes, as: UTF8.self)
        if hashes > 0 { #expect(asked.contains("cmdstat_hmget:calls=\(hashes),"), "\(asked)") }
    }

    // MARK: --max-inactive-interval

    /// The key has 30 minutes to live: with an interval of an hour it was used half an hour ago.
    @Test func theIntervalOfTheManagerTellsTheLastAccess() throws {
        let store = "tomcat-redis-session-manager-1.2"
        let server = try server([store])
        defer { server.stop() }
        let id = try id(store, "never-expires")
        let without = CommandRun("list --where id='\(id)' --fields interval,idle -o jsonl --quiet", on: server)
        #expect(without.out.contains("\"maxInactiveSeconds\":-1"))
        let run = CommandRun(
            "list --max-inactive-interval 3600 --where id='\(id)' --fields interval,idle -o jsonl --quiet", on: server)
        #expect(run.out.hasPrefix("{\"maxInactiveSeconds\":3600,\"idleMilliseconds\":180"), "\(run.out)\(run.err)")
        let show = CommandRun("--max-inactive-interval 3600 show \(id)", on: server)
        #expect(show.out.contains("maxInactiveInterval\t-1\n") && show.out.contains("interval\t3600\n"), "\(show.out)")
    }

    @Test(arguments: ["0", "-1"])
    func anIntervalIsAboveZero(_ seconds: String) {
        let run = CommandRun(["list", "--max-inactive-interval=\(seconds)"])
        #expect(run.status == .usage && run.err.contains("a whole number of seconds above 0"), "\(run.err)")
    }
}
