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
            let filter = ["list", "--where", "principal != none and interval > 0s", "--fields", "id,principal"]
            let list = try BuiltProgram.run(filter + ["-o", "tsv", "-s", server.socketPath], environment: [:])
            let lines = list.output.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
            let words = try #require(lines.first { $0.count == 2 && $0[1].allSatisfy(\.isLetter) })
            return (words[0], words[1])
        }
    }

    /// What is there in place of it, and what makes it be so.
    private static let cases = [
        (store: "spring-session-3.5.7-indexed-zset", key: expirations, words: ["SADD", "else"], type: "set"),
        (store: "spring-session-3.5.7-indexed", key: index, words: ["SET", "else"], type: "string"),
        (store: "spring-session-3.5.7-indexed", key: index, words: ["ZADD", "1", "else"], type: "sorted set"),
    ]

    private static func words(_ words: [String], at key: String) -> [[UInt8]] {
        (words.prefix(1) + [key] + words.dropFirst()).map { Array($0.utf8) }
    }

    @Test(arguments: cases.indices, ["", " --force"]) func nothingOfTheSessionIsWritten(_ place: Int, _ force: String)
        throws
    {
        let example = Self.cases[place]
        let bench = try Bench(example.store)
        defer { bench.stop() }
        let (id, user) = try bench.session()
        let key = example.key == Self.index ? example.key + user : example.key
        let before = try bench.server.everything()
        #expect(try bench.run("expire \(id) --yes --settle 0").status == 0)
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

    /// It becomes so between the look and the write.
    @Test(arguments: cases.indices, ["", " --force"]) func nothingIsWrittenBehindTheLook(_ place: Int, _ force: String)
        throws
    {
        let example = Self.cases[place]
        let bench = try Bench(example.store)
        defer { bench.stop() }
        let (id, user) = try bench.session()
        let key = example.key == Self.index ? example.key + user : example.key
        #expect(try bench.run("expire \(id) --yes --settle 0").status == 0)
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
