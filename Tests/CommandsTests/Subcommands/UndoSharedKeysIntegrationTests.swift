import TestSupport
import Testing

/// `undo` where something else is at the key of a set that sessions share.
struct UndoSharedKeysIntegrationTests {
    private static let expirations = "spring:session:sessions:expirations"
    private static let index =
        "spring:session:index:org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME:"

    private struct Bench {
        let server: RedisServer
        let home: TemporaryDirectory
        let link: ActingLink

        init(_ store: String) throws {
            server = try RedisServer { $0.configuration = ["enable-debug-command yes"] }
            home = try TemporaryDirectory()
            try server.load(FixtureStore(store))
            link = try ActingLink(to: server)
        }

        func stop() {
            link.stop()
            server.stop()
        }

        func run(_ line: String) throws -> BuiltProgram.Outcome {
            try BuiltProgram.run(
                line.split(separator: " ").map(String.init) + ["-s", link.socketPath],
                environment: ["XDG_STATE_HOME": home.path])
        }

        /// The id of a session of somebody, and who it is.
        func session() throws -> (id: String, user: String) {
            let filter = ["list", "--where", "principal != none and interval > 1000d", "--fields", "id,principal"]
            let list = try BuiltProgram.run(filter + ["-o", "tsv", "-s", server.socketPath], environment: [:])
            let lines = list.output.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
            let words = try #require(lines.first { $0.count == 2 && $0[1].allSatisfy(\.isLetter) })
            return (words[0], words[1])
        }

        /// A session's interval in seconds, of which Java's serialization has the four bytes at the end.
        func interval(of id: String) throws -> Int64? {
            let hash = "spring:session:sessions:\(id)"
            guard case .string(let bytes) = try server.command("HGET", hash, "maxInactiveInterval") else { return nil }
            return bytes.suffix(4).reduce(0) { $0 << 8 | Int64($1) }
        }

        /// The server's time in milliseconds since 1970.
        func now() throws -> Int64 {
            guard case .array(let parts) = try server.command("TIME"), case .string(let seconds)? = parts.first else {
                return 0
            }
            return (Int64(String(decoding: seconds, as: UTF8.self)) ?? 0) * 1000
        }
    }

    /// What is at a key in place of the set, and what makes it be so.
    private typealias Case = (store: String, key: String, words: [String], type: String)

    private static let cases: [Case] = [
        (store: "spring-session-3.5.7-indexed-zset", key: expirations, words: ["SADD", "else"], type: "set"),
        (store: "spring-session-3.5.7-indexed", key: index, words: ["SET", "else"], type: "string"),
        (store: "spring-session-3.5.7-indexed", key: index, words: ["ZADD", "1", "else"], type: "sorted set"),
    ]

    /// Logs a session out: its id, and the shared key that it was in.
    private func logOut(of example: Case, on bench: Bench) throws -> (id: String, key: String) {
        let (id, user) = try bench.session()
        try #require(try bench.run("expire \(id) --yes --settle 0").status == 0)
        return (id, example.key == Self.index ? example.key + user : example.key)
    }

    private static func words(_ words: [String], at key: String) -> [[UInt8]] {
        (words.prefix(1) + [key] + words.dropFirst()).map { Array($0.utf8) }
    }

    @Test(arguments: cases.indices, ["", " --force"]) func nothingOfTheSessionIsWritten(_ place: Int, _ force: String)
        throws
    {
        let example = Self.cases[place]
        let bench = try Bench(example.store)
        defer { bench.stop() }
        let before = try bench.server.everything()
        let (_, key) = try logOut(of: example, on: bench)
        // Where it was the only one there, there is no such key.
        _ = try bench.server.command("RENAME", key, "aside")
        try bench.server.command(Self.words(example.words, at: key))
        let changed = try bench.server.everything()
        let undo = try bench.run("undo --yes" + force)
        #expect(
            undo.status == 5 && undo.errors.contains("'\(key)' is a \(example.type) now, and was a "), "\(undo.errors)")
        #expect(undo.errors.contains("rename or delete it, and undo again"), "\(undo.errors)")
        #expect(try bench.server.everything() == changed)
        _ = try bench.server.command("DEL", key)
        _ = try bench.server.command("RENAME", "aside", key)
        let again = try bench.run("undo --yes" + force)
        #expect(again.status == 0 && again.errors.contains("took back 1 of 1"), "\(again.errors)")
        #expect(try bench.server.everything() == before)
    }

    /// Since Spring Session 3.4 buckets have none of their own: the one that a change gave is taken back, and no other.
    @Test(arguments: [false, true]) func aBucketHasNoLifeAgain(isExtended: Bool) throws {
        let bench = try Bench("spring-session-3.5.7-indexed")
        defer { bench.stop() }
        let (id, _) = try bench.session()
        let interval = try #require(try bench.interval(of: id))
        // The minute may pass before the session is extended.
        let end = try bench.now() + interval * 1000 + 60_000
        let buckets = [end, end + 60_000].map { "spring:session:expirations:\($0 - $0 % 60_000)" }
        for bucket in buckets { try bench.server.command("SADD", bucket, "another") }
        let before = try bench.server.everything()
        #expect(try bench.run("touch \(id) --yes").status == 0)
        let touched = try #require(buckets.first { try bench.server.command("PTTL", $0) != .integer(-1) })
        if isExtended { try bench.server.command("PEXPIREAT", touched, "\(end + 900_000)") }
        let undo = try bench.run("undo --yes")
        #expect(undo.status == 0 && undo.errors.contains("took back 1 of 1"), "\(undo.errors)")
        guard isExtended else { return #expect(try bench.server.everything() == before) }
        #expect(try bench.server.command("PEXPIRETIME", touched) == .integer(end + 900_000))
    }

    /// It becomes so between the look and the write.
    @Test(arguments: cases.indices, ["", " --force"]) func nothingIsWrittenBehindTheLook(_ place: Int, _ force: String)
        throws
    {
        let example = Self.cases[place]
        let bench = try Bench(example.store)
        defer { bench.stop() }
        let (id, key) = try logOut(of: example, on: bench)
        let shadow = "spring:session:sessions:expires:\(id)"
        let server = bench.server
        let words = Self.words(example.words, at: key)
        bench.link.act(at: ["EVALSHA", id]) {
            _ = try? server.command("DEL", key)
            _ = try? server.command(words)
        }
        let undo = try bench.run("undo --yes" + force)
        #expect(bench.link.count == 1)
        #expect(
            undo.status == 5 && undo.errors.contains("'\(key)' is a \(example.type) now, and was a "), "\(undo.errors)")
        #expect(try bench.server.command("EXISTS", shadow) == .integer(0))
    }
}
