import Sessions
import TestSupport
import Testing

@testable import Commands
@testable import Terminal

/// A database with real sessions among every kind of trouble, in an order drawn by chance. One for all tests: they only read.
private struct TroubleDatabase {
    static let shared = Result { try TroubleDatabase() }

    let server: RedisServer
    /// The real sessions.
    let healthy: [HealthySession]

    init() throws {
        server = try RedisServer { $0.configuration = ["slowlog-log-slower-than 100000", "slowlog-max-len 1000"] }
        var random = SeededRandom(for: "trouble")
        for trouble in try Trouble.all().shuffled(using: &random) { try server.pipeline(trouble.commands) }
        healthy = try HealthySession.load(into: server)
        try server.command("SLOWLOG", "RESET")
    }
}

/// Real sessions among everything else that a database may hold: they are all shown, and nothing stops a command.
@Suite(.serialized)
struct TroubleDatabaseIntegrationTests {
    private let server: RedisServer
    private let healthy: [HealthySession]

    init() throws {
        let database = try TroubleDatabase.shared.get()
        (server, healthy) = (database.server, database.healthy)
        for command in Trouble.expiring() { try server.command(command) }
    }

    @Test func thereAreManyKinds() throws {
        let names = try Trouble.all().map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.count >= 120, "\(names.count)")
        #expect(TerminalAttack.all.count == 24 && Set(healthy.map(\.id)).count == healthy.count)
    }

    /// So that a new format gets its healthy sessions here as well.
    @Test func everyFormatHasHealthySessions() {
        let counts = Dictionary(grouping: healthy, by: \.format).mapValues(\.count)
        #expect(Set(counts.keys) == Set(SessionFormats.all.map { $0.name }))
        #expect(counts.values.allSatisfy { $0 >= 2 }, "\(counts)")
    }

    /// Three of each format: to name one that no usual namespace has takes a walk over all keys.
    private var some: [HealthySession] {
        Dictionary(grouping: healthy, by: \.format).values.flatMap { $0.prefix(3) }
    }

    private static let lists = [
        "list", "list --fields id,key,variant,namespace,created,accessed,interval,expires,ttl,finding -o json",
        "list --fields id,principal,size,attributes -o jsonl", "list --fields id,attributes -o csv", "list -o tree",
        "list --where size>1k -o tsv", "list --sort=-size --limit 5", "list -o raw",
        "list --where class~demo -o json", "list --where attr.cart.total>1 -o csv", "count --by format",
        "count --where has(cart)",
        "users", "users -o json", "stats", "stats -o json", "stats -o prometheus",
    ]

    /// Whether it says that some sessions are too large for their attributes to be read, as one here is.
    private func isPartial(_ run: CommandRun) -> Bool {
        run.status == .partial && run.err.contains("too large for all attributes to be read")
    }

    @Test(arguments: lists) func listsHealthySessionsWhateverElseIsThere(_ line: String) throws {
        let run = CommandRun(line, on: server)
        #expect([.done, .undecodable].contains(run.status) || isPartial(run), "\(run.err)")
        #expect(!run.outBytes.isEmpty)
        if line.hasPrefix("list"), !line.contains("--limit"), !line.contains("--where") {
            let missing = healthy.map(\.id).filter { !run.outBytes.contains(text: $0) }
            #expect(missing.isEmpty, "\(line): \(missing)")
        }
        try expectKindness(line)
    }

    /// Everything that one session can be asked for.
    @Test func showsHealthySessionsOfEachFormat() throws {
        for session in some {
            let name = ["--namespace", "library", "id:" + session.id]
            let run = CommandRun(["show"] + name + ["-o", "jsonl"], on: server)
            #expect(run.status == .done || run.status == .undecodable, "\(session): \(run.err)")
            let shown = try TestJSON(reading: run.outBytes)
            #expect(shown["id"]?.string == session.id && shown["format"]?.string == session.format, "\(session)")
            #expect(shown["principal"]?.string == session.principal || session.format == "jwt", "\(session)")
            let tree = CommandRun(["show"] + name + ["-o", "tree"], on: server)
            #expect(tree.out.hasPrefix(session.id + "\n"), "\(session): \(tree.err)")
            let keys = CommandRun(["keys"] + name, on: server)
            #expect(keys.status == .done && keys.out.contains(session.id), "\(session): \(keys.err)")
            let cookie = CommandRun(["cookie"] + name, on: server)
            let hasNone = ["jwt", "oauth"].contains(session.format)
            #expect(cookie.status == (hasNone ? .usage : .done), "\(session): \(cookie.err)")
            #expect(cookie.out.contains(session.id) != hasNone, "\(session): \(cookie.out)")
            if let attribute = shown["attributes"]?.names.first {
                let path = "['" + attribute.replacing("'", with: "''") + "']"
                let value = CommandRun(["get"] + name + [path, "-o", "json"], on: server)
                #expect([.done, .undecodable].contains(value.status) && !value.out.isEmpty, "\(session): \(value.err)")
            }
        }
        try expectKindness("show")
    }

    /// What counts counts each of them.
    @Test func countsHealthySessionsOfEachFormat() throws {
        let counts = try TestJSON(reading: CommandRun("count --by format -o json", on: server).outBytes).requiredItems()
        let statistics = try TestJSON(reading: CommandRun("stats -o json", on: server).outBytes)
        let formats = try statistics.required("formats").requiredItems()
        for (format, sessions) in Dictionary(grouping: healthy, by: \.format) {
            let counted = counts.first { $0["format"]?.string == format }?["count"]?.integer
            #expect(counted ?? 0 >= Int64(sessions.count), "\(format): \(String(describing: counted))")
            #expect(formats.contains { $0["format"]?.string == format }, "\(format)")
        }
        let users = try TestJSON(reading: CommandRun("users -o json", on: server).outBytes).requiredItems()
        let names = Set(users.compactMap { $0["principal"]?.string })
        #expect(Set(healthy.compactMap(\.principal)).isSubset(of: names), "\(names)")
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
            let isTooLarge = run.status == .partial && run.out.contains("too-large")
            #expect([.done, .undecodable, .notFound].contains(run.status) || isTooLarge, "\(name): \(run.err)")
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
        #expect(isPartial(run) && run.out.contains("value-a cut stream\t"), "\(run.err)")
        #expect(!healthy.contains { run.outBytes.contains(text: $0.id) }, "\(run.out)")
        // Of the real sessions those with a value that only its class could explain.
        let opaque = CommandRun(["list", "--where", "finding = opaque", "--fields", "id"], on: server)
        let found = healthy.filter { opaque.outBytes.contains(text: $0.id) }
        #expect(Dictionary(grouping: found, by: \.format).mapValues(\.count)["spring"] == 1, "\(found)")
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
            // For findings attributes are wanted, and those of one session are too large.
            let status: Commands.ExitStatus = line.contains("finding") ? .partial : .done
            #expect(run.status == status && run.out.contains("\\x1b[2J"), "\(run.err)")
            let isSafe = run.out.unicodeScalars.allSatisfy { scalar in
                scalar == "\n" || scalar == "\t"
                    || scalar.value >= 0x20 && !(0x7f...0x9f).contains(scalar.value)
                        && !(0x202a...0x202e).contains(scalar.value) && !(0x2066...0x2069).contains(scalar.value)
            }
            #expect(isSafe, "\(line)")
        }
    }
}
