import TestSupport
import Testing

@testable import Commands
@testable import Terminal

/// A database with real sessions among every kind of trouble, in an order drawn by chance. One for all tests: they only read.
private struct TroubleDatabase {
    static let shared = Result { try TroubleDatabase() }

    let server: RedisServer
    /// The ids of the real sessions.
    let healthy: Set<String>

    init() throws {
        server = try RedisServer { $0.configuration = ["slowlog-log-slower-than 100000", "slowlog-max-len 1000"] }
        var random = SeededRandom(for: "trouble")
        for trouble in try Trouble.all().shuffled(using: &random) { try server.pipeline(trouble.commands) }
        let stores = ["spring-session-3.5.7-indexed", "tomcat9-redis-session-manager"].map { FixtureStore($0) }
        for store in stores { try server.load(store, forever: true) }
        healthy = Set(
            try stores.flatMap { store in
                try store.expectedSessions().filter { $0["keyExists"]?.bool != false }.compactMap { $0["id"]?.string }
            })
        try server.command("SLOWLOG", "RESET")
    }
}

/// Real sessions among everything else that a database may hold: they are all shown, and nothing stops a command.
@Suite(.serialized)
struct TroubleDatabaseIntegrationTests {
    private let server: RedisServer
    private let healthy: Set<String>

    init() throws {
        let database = try TroubleDatabase.shared.get()
        (server, healthy) = (database.server, database.healthy)
        for command in Trouble.expiring() { try server.command(command) }
    }

    @Test func thereAreManyKinds() throws {
        let names = try Trouble.all().map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.count >= 120, "\(names.count)")
        #expect(TerminalAttack.all.count == 24 && healthy.count == 15)
    }

    private static let lists = [
        "list", "list --fields id,key,variant,namespace,created,accessed,interval,expires,ttl,finding -o json",
        "list --fields id,principal,size,attributes -o jsonl", "list --fields id,attributes -o csv", "list -o tree",
        "list --where size>1k -o tsv", "list --sort=-size --limit 5", "list -o raw",
        "list --where class~demo -o json", "list --where attr.cart.total>1 -o csv", "count --by format",
        "count --where has(cart)",
        "users", "users -o json", "stats", "stats -o json", "stats -o prometheus",
    ]

    @Test(arguments: lists) func listsHealthySessionsWhateverElseIsThere(_ line: String) throws {
        let run = CommandRun(line, on: server)
        #expect(run.status == .done || run.status == .undecodable, "\(run.err)")
        #expect(!run.outBytes.isEmpty)
        if line.hasPrefix("list"), !line.contains("--limit"), !line.contains("--where") {
            let missing = healthy.filter { !run.out.contains($0) }
            #expect(missing.isEmpty, "\(line): \(missing)")
        }
        try expectKindness(line)
    }

    @Test func showsEachHealthySession() throws {
        for id in healthy.sorted().prefix(12) {
            let run = CommandRun(["show", "id:" + id], on: server)
            #expect(run.status == .done || run.status == .undecodable, "\(id): \(run.err)")
            #expect(run.out.contains(id))
            #expect(CommandRun(["keys", "id:" + id], on: server).status == .done)
        }
        try expectKindness("show")
    }

    @Test func showsEveryListedSession() throws {
        let keys = CommandRun("list -o raw", on: server).outBytes.split(separator: 10, omittingEmptySubsequences: false)
        var shown = 0
        for key in keys.dropLast() {
            guard let name = String(validating: key, as: UTF8.self), !name.contains("brief"),
                !name.unicodeScalars.contains("\0")
            else { continue }
            let run = CommandRun(["show", "key:" + name], on: server)
            // Keys with a newline in them are two lines here.
            #expect([.done, .undecodable, .notFound].contains(run.status), "\(name): \(run.err)")
            if run.status != .notFound { shown += 1 }
        }
        #expect(shown > 120, "\(shown)")
        try expectKindness("show key:")
    }

    /// No command held the server over 100 ms, and of large strings that are no sessions only the beginning was fetched.
    private func expectKindness(_ line: String) throws {
        guard case .array(let slow) = try server.command("SLOWLOG", "GET", "10") else { return }
        #expect(slow.isEmpty, "\(line): \(slow)")
    }

    @Test func findsWhatCannotBeDecoded() {
        let run = CommandRun(["list", "--where", "finding = undecodable", "--fields", "id,finding"], on: server)
        #expect(run.status == .done && run.out.contains("value-a cut stream\t"), "\(run.err)")
        // One real session has a value that only its class could explain.
        #expect(healthy.filter { run.out.contains($0) }.count == 1)
        let large = CommandRun(["list", "--where", "finding = too-large", "--fields", "id"], on: server)
        #expect(large.out == "attributes-300000\n", "\(large.out)")
    }

    @Test func fetchesOnlyTheBeginningOfLargeStrings() throws {
        try server.command("CONFIG", "RESETSTAT")
        _ = CommandRun("list", on: server)
        guard case .string(let text) = try server.command("INFO", "stats") else { return }
        let line = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline)
            .first { $0.hasPrefix("total_net_output_bytes:") }
        let bytes = try #require(line?.split(separator: ":").last.flatMap { Int($0) })
        #expect(bytes < 2 << 20, "\(bytes)")
    }

    /// Each kind of trouble beside a token is told by its code, at the session and at the key.
    @Test(
        arguments: [
            ("typed-list", "wrong-key-type"), ("typed-hash", "wrong-key-type"), ("jti-of-huge", "bad-cutoff"),
            ("jti-of-late", "bad-cutoff"), ("jti-of-milli", "bad-cutoff"), ("jti-of-huge", "bad-version"),
            ("jti-of-denied", "denied"), ("jti-of-denied", "jti-forever"), ("jti-of-crowd", "stale-index"),
            ("jti-of-crowd", "not-indexed"), ("jti-large", "no-expiry"), ("c0ffee", "no-expiry"),
        ])
    func namesWhatIsWrongBesideTokens(_ id: String, _ code: String) throws {
        let list = CommandRun(["list", "--where", "id = '\(id)'", "--fields", "finding"], on: server)
        #expect(
            list.out.split(whereSeparator: { " \n".contains($0) }).contains(Substring(code)), "\(list.out)\(list.err)")
        let show = CommandRun(["show", "id:" + id], on: server)
        #expect(show.status == .done && show.out.contains(code), "\(show.err)")
        try expectKindness("show \(id)")
    }

    /// What is fetched of the values under the names of denials, cut-offs, indexes and families is next to nothing.
    @Test func fetchesNextToNothingOfTheKeysBesideTokens() throws {
        let filter = ["list", "--pattern", "jwt:allow:*jti-of-*", "--fields", "id,finding"]
        try server.command("CONFIG", "RESETSTAT")
        let run = CommandRun(filter, on: server)
        #expect(run.status == .done && run.out.split(separator: "\n").count == 5, "\(run.out)")
        for purpose in ["deny", "cutoff", "version", "family", "index"] {
            let keys = CommandRun(["keys", "--purpose", purpose], on: server)
            #expect(keys.status == .done && keys.out.contains("wrong-key-type"), "\(keys.err)")
        }
        guard case .string(let text) = try server.command("INFO", "stats") else { return }
        let line = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline)
            .first { $0.hasPrefix("total_net_output_bytes:") }
        let bytes = try #require(line?.split(separator: ":").last.flatMap { Int($0) })
        #expect(bytes < 2 << 20, "\(bytes)")
        try expectKindness("keys --purpose")
    }

    /// No byte of a jti, a user or a field reaches the terminal that could drive it.
    @Test(arguments: [
        "list --fields id,principal,key,finding", "keys --purpose deny", "keys --purpose cutoff", "users",
    ])
    func namesOfTokensDriveNoTerminal(_ line: String) {
        for screen in [nil, TerminalSize(rows: 50, columns: 200)] {
            let run = CommandRun(line + " --no-pager --color never --quiet", on: server, screen: screen)
            #expect(run.status == .done && run.out.contains("\\x1b[2J"), "\(run.err)")
            let isSafe = run.out.unicodeScalars.allSatisfy { scalar in
                scalar == "\n" || scalar == "\t"
                    || scalar.value >= 0x20 && !(0x7f...0x9f).contains(scalar.value)
                        && !(0x202a...0x202e).contains(scalar.value) && !(0x2066...0x2069).contains(scalar.value)
            }
            #expect(isSafe, "\(line)")
        }
    }
}
