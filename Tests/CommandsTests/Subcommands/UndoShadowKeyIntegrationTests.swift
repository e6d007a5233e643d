import TestSupport
import Testing

/// `undo` where somebody has written or deleted the key whose end the application hears.
struct UndoShadowKeyIntegrationTests {
    private static let id = "f90022aa-3e46-4ab7-9c93-3361f00e7644"
    private static let hash = "spring:session:sessions:" + id
    private static let shadow = "spring:session:sessions:expires:" + id

    /// A change, and what somebody does to the key then.
    private static let cases =
        ["touch ID", "expire ID --in 20m"].flatMap { line in
            ["DEL", "SET else", "PEXPIRE 60000", "PERSIST"].map { (line, $0) }
        } + [("expire ID --settle 0", "SET else")]

    private struct Bench {
        let server: RedisServer
        let home: TemporaryDirectory
        let link: ActingLink

        init() throws {
            server = try RedisServer { $0.configuration = ["enable-debug-command yes"] }
            home = try TemporaryDirectory()
            try server.load(FixtureStore("spring-session-3.5.7-indexed"))
            link = try ActingLink(to: server)
        }

        func stop() {
            link.stop()
            server.stop()
        }

        func run(_ line: String) throws -> BuiltProgram.Outcome {
            let words = line.replacing("ID", with: UndoShadowKeyIntegrationTests.id).split(separator: " ").map(
                String.init)
            return try BuiltProgram.run(
                words + ["--yes", "-s", link.socketPath], environment: ["XDG_STATE_HOME": home.path])
        }
    }

    private static func words(_ line: String) -> [[UInt8]] {
        let words = line.split(separator: " ").map(String.init)
        return (words.prefix(1) + [shadow] + words.dropFirst()).map { Array($0.utf8) }
    }

    @Test(arguments: cases.indices) func leavesWhatWasChangedSince(_ place: Int) throws {
        let (line, change) = Self.cases[place]
        let bench = try Bench()
        defer { bench.stop() }
        #expect(try bench.run(line).status == 0)
        try bench.server.command(Self.words(change))
        let changed = try bench.server.everything()
        let undo = try bench.run("undo")
        #expect(
            undo.status == 5 && undo.errors.contains("'\(Self.shadow)' is not as the change left it"), "\(undo.errors)")
        #expect(try bench.server.everything() == changed)
        #expect(try bench.run("undo --force").status == 0)
    }

    /// It comes between the look and the write.
    @Test(arguments: cases.indices) func leavesWhatIsChangedJustThen(_ place: Int) throws {
        let (line, change) = Self.cases[place]
        let bench = try Bench()
        defer { bench.stop() }
        let before = try bench.server.everything()
        #expect(try bench.run(line).status == 0)
        let server = bench.server
        let words = Self.words(change)
        bench.link.act(at: ["EVALSHA", Self.id]) { _ = try? server.command(words) }
        let undo = try bench.run("undo")
        #expect(bench.link.count == 1)
        #expect(
            undo.status == 5 && undo.errors.contains("'\(Self.shadow)' is not as the change left it"), "\(undo.errors)")
        let left = try bench.server.everything()
        #expect(left[Array(Self.hash.utf8)] != before[Array(Self.hash.utf8)])
        #expect(left[Array(Self.shadow.utf8)] != before[Array(Self.shadow.utf8)])
    }

    /// What is so as it was before, or as the change left it, is no change by somebody else.
    @Test(arguments: ["touch ID", "expire ID --in 20m", "expire ID --settle 0"])
    func takesBackWhatNobodyHasChanged(_ line: String) throws {
        let bench = try Bench()
        defer { bench.stop() }
        let before = try bench.server.everything()
        #expect(try bench.run(line).status == 0)
        let undo = try bench.run("undo")
        #expect(undo.status == 0 && undo.errors.contains("took back 1 of 1"), "\(undo.errors)")
        #expect(try bench.server.everything() == before)
    }
}
