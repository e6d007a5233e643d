import Foundation
import TestSupport

@testable import Commands

/// A server with one of the fixtures, a home, and an editor that replaces texts.
struct EditBench {
    let server: RedisServer
    let home: TemporaryDirectory

    init(_ store: String) throws {
        server = try RedisServer { $0.configuration = ["enable-debug-command yes"] }
        home = try TemporaryDirectory()
        try server.load(FixtureStore(store))
    }

    func run(_ words: String..., answer: String? = nil) -> CommandRun { run(words, answer: answer) }

    /// - Parameter editor: a shell command to which the file's name is added.
    func run(_ words: [String], editor: String = "false", answer: String? = nil) -> CommandRun {
        let environment = [
            "XDG_STATE_HOME": home.path, "TMPDIR": home.path, "VISUAL": editor,
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
        ]
        return CommandRun(words, on: server, environment: environment, answer: answer)
    }

    func edit(_ id: String, _ replacements: [(String, String)], _ options: [String] = ["--yes"]) throws
        -> CommandRun
    {
        run(["edit", id] + options, editor: try sed(replacements))
    }

    /// A `sed` that replaces the first occurrence of each text, wherever lines end.
    func sed(_ replacements: [(String, String)]) throws -> String {
        let script = replacements.map { old, new in
            let words = [old, new].map { text in
                text.reduce("") { $0 + ($1 == "\n" ? "\\n" : "[]\\/.*^$&".contains($1) ? "\\\($1)" : String($1)) }
            }
            return "s/\(words[0])/\(words[1])/"
        }
        let file = home.path + "/script.sed"
        try Data(script.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: file))
        return "sed -z -i -f \(file)"
    }

    func get(_ id: String, _ path: String) -> String { CommandRun(["get", id, path], on: server).out }

    /// The value and the end of every key.
    func everything() throws -> [[UInt8]: [RespValue]] { try server.everything() }

    /// Files of the editor that are left.
    func leftovers() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: home.path).filter { $0.hasPrefix("sessionctl-") }
    }
}
