import Foundation
import TestSupport
import Testing

@testable import Commands
@testable import Terminal

/// `list` in each of its forms, with filters, order and limit.
struct ListCommandIntegrationTests {
    private static let token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJlcmluIiwiaWF0IjoxNzk1NDE4MDAwLCJleHAiOjE3OTU0MjE2MDB9."

    private func server() throws -> RedisServer {
        let server = try RedisServer()
        try server.load(FixtureStore("spring-session-2.7.4-indexed"), forever: true)
        try server.load(FixtureStore("tomcat9-redis-session-manager"), forever: true)
        try server.command("SET", "token:erin", Self.token)
        try server.command("RPUSH", "queue:mail", "hello")
        // Its life is shown in days, so the time that the test takes does not.
        try server.command("PEXPIRE", "019FD27FA8CDFE34BA952952AFAA4F22", String(10 * 86_400_000 + 3_600_000))
        return server
    }

    private static let plain = "id,format,principal,idle,interval,created,size,finding"

    @Test(
        arguments: [
            ("list.txt", "--sort id", nil), ("list-table.txt", "-o table --sort id --color never", nil),
            ("list-terminal.txt", "--sort id", 100), ("list-narrow.txt", "--sort id", 60),
            ("list.json", "-o json --fields \(plain) --sort id", nil), ("list.jsonl", "-o jsonl --sort id", nil),
            ("list.csv", "-o csv --fields \(plain),namespace,key --sort id", nil),
            ("list.tsv", "-o tsv --fields \(plain),variant,expires,accessed --sort id", nil),
            ("list-raw.txt", "-o raw --sort id", nil), ("list-tree.txt", "-o tree --sort id --where user='alice'", 100),
        ] as [(String, String, Int?)])
    func looksLikeThis(_ file: String, _ options: String, _ columns: Int?) throws {
        let server = try server()
        defer { server.stop() }
        let screen = columns.map { TerminalSize(rows: 50, columns: $0) }
        // `user` in place of a quoted text with spaces, which a line of words cannot hold.
        let words = ["list"] + options.split(separator: " ").map(String.init)
        let run = CommandRun(words, on: server, environment: ["NO_COLOR": "1"], screen: screen)
        #expect(run.status == .done, "\(run.err)")
        let remaining = try Regex("8675[0-9]{5}|2026-12-03T08:4[0-9:.]+Z")
        try Golden.compare(run.out.replacing(remaining) { _ in "<ten days>" }, with: file, in: #filePath)
    }

    /// Where the name stands far behind in a large value, too.
    @Test func showsThePrincipalOfEverySession() throws {
        let server = try RedisServer()
        defer { server.stop() }
        var expected: [String: String] = [:]
        for name in ["tomcat-redis-session-manager-2.0.0", "spring-session-1.2.1"] {
            try server.load(FixtureStore(name))
            for session in try FixtureStore(name).expectedSessions() {
                expected[try session.required("id").requiredString()] = session["principal"]?.string ?? ""
            }
        }
        var compared = 0
        for line in CommandRun("list --fields id,principal", on: server).out.split(separator: "\n") {
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard let principal = expected[columns[0]] else { continue }
            #expect(columns[1] == principal, "\(columns[0])")
            compared += 1
        }
        #expect(compared == 52)
    }

    @Test func joinsFieldsThatAreGivenTwice() throws {
        let server = try server()
        defer { server.stop() }
        let once = CommandRun("list --fields id,format,principal --sort id", on: server)
        #expect(once.status == .done && !once.outBytes.isEmpty)
        #expect(CommandRun("list --fields id,format --fields principal --sort id", on: server).out == once.out)
    }

    @Test func saysOnATerminalWhatElseItSaw() throws {
        let server = try server()
        defer { server.stop() }
        let screen = TerminalSize(rows: 50, columns: 100)
        let run = CommandRun("list --no-pager", on: server, screen: screen)
        let lines = run.err.split(separator: "\n")
        #expect(
            lines.last?.hasSuffix(
                "sessionctl: 18 sessions; keys that hold none: 4 expirations, 4 principal index, 10 shadow key, 1 other"
            )
                == true, "\(run.err)")
        #expect(CommandRun("list -q", on: server, screen: screen).err == "")
        #expect(CommandRun("list", on: server).err == "")
    }

    @Test(
        arguments: [
            ("user = 'alice'", 3), ("user in ('alice', 'bob@example.org', 'changer')", 5), ("user = none", 9),
            ("not user = none", 9), ("format = 'tomcat'", 6), ("format = jwt or interval < 1h and interval > 0s", 3),
            ("interval = none", 2), ("created < 2026-11-23", 0), ("created > now - 1d", 18), ("ttl = none", 17),
            ("ttl > 9d and ttl < 11d", 1), ("size > 2k", 1), ("variant = indexed", 11), ("id = 'nobody'", 0),
            ("finding = 'lost-session'", 0), ("expires < now", 2),
        ])
    func filters(_ filter: String, _ count: Int) throws {
        let server = try server()
        defer { server.stop() }
        let run = CommandRun(["list", "--where", filter, "--fields", "id", "-s", server.socketPath])
        #expect(run.status == .done, "\(run.err)")
        #expect(run.out.split(separator: "\n").count == count, "\(filter)\n\(run.out)")
        let coded = CommandRun(["list", "--exit-code", "--where", filter, "-s", server.socketPath])
        #expect(coded.status == (count == 0 ? .notFound : .done))
    }

    @Test func sortsAndLimits() throws {
        let server = try server()
        defer { server.stop() }
        func sizes(_ options: String) -> [Int] {
            CommandRun("list --fields size \(options)", on: server).out.split(separator: "\n").compactMap { Int($0) }
        }
        let all = sizes("")
        #expect(all.count == 18)
        #expect(sizes("--sort size") == all.sorted())
        #expect(sizes("--sort=-size") == all.sorted(by: >))
        #expect(sizes("--sort=-size --limit 3") == Array(all.sorted(by: >).prefix(3)))
        #expect(sizes("--limit 5").count == 5)
        #expect(sizes("--limit 0").isEmpty)
        #expect(sizes("--limit 100").count == 18)
    }

    /// Those without a principal come last either way.
    @Test func sessionsWithoutTheValueComeLast() throws {
        let server = try server()
        defer { server.stop() }
        for order in ["principal", "-principal"] {
            let names = CommandRun("list --fields principal --sort=\(order)", on: server).out
                .split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            #expect(names.count == 18)
            #expect(names.prefix(9).allSatisfy { !$0.isEmpty } && names.dropFirst(9).allSatisfy(\.isEmpty))
        }
    }

    @Test(
        arguments: [
            ["--where", "idle >"], ["--where", "colour = 1"], ["--where", ""], ["--fields", "id,colour"],
            ["--fields", ""], ["--sort", "id,ttl"], ["--sort", "attributes"], ["--limit", "-1"], ["--limit", "many"],
            ["-o", "xml"], ["--unknown"], ["extra"], ["--color", "pink"],
        ])
    func wrongOptionsAreStatus2AndAskNoServer(_ options: [String]) {
        let run = CommandRun(["list", "-p", "1"] + options)
        #expect(run.status == .usage, "\(run.err)")
        #expect(run.out == "" && run.err != "")
    }

    @Test func anErrorInAFilterPointsAtItsColumn() {
        let run = CommandRun(["list", "--where", "idle > 30d and colour = 1"])
        #expect(run.err.contains("'colour' is no field") && run.err.contains("(column 16)"))
    }

    @Test func anEmptyStoreIsAnEmptyList() throws {
        let server = try RedisServer()
        defer { server.stop() }
        for (form, text) in [("json", "[]\n"), ("jsonl", ""), ("tsv", ""), ("raw", ""), ("tree", "")] {
            let run = CommandRun("list -o \(form)", on: server)
            #expect(run.out == text && run.status == .done, "\(form)")
        }
        #expect(CommandRun("list -o csv", on: server).out == "id,format,principal,idle,ttl\r\n")
        #expect(CommandRun("list --exit-code", on: server).status == .notFound)
    }
}
