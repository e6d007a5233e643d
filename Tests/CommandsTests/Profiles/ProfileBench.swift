import Foundation
import TestSupport

@testable import Commands

/// A server with sessions, and the folders of a user who has profiles.
final class ProfileBench {
    static let alice = "107fe95d-17d0-4470-b9cd-c9c8f35e27f9"

    let server: RedisServer
    let home: TemporaryDirectory

    var configuration: String { home.path + "/sessionctl/config.toml" }

    var environment: [String: String] {
        ["XDG_CONFIG_HOME": home.path, "XDG_STATE_HOME": home.path + "/state", "HOME": home.path]
    }

    /// - Parameter change: options of the server.
    init(_ change: (inout RedisServer.Options) -> Void = { _ in }) throws {
        server = try RedisServer(change)
        home = try TemporaryDirectory()
        try FileManager.default.createDirectory(atPath: home.path + "/sessionctl", withIntermediateDirectories: false)
        try server.load(FixtureStore("spring-session-2.7.4-indexed"))
    }

    deinit { server.stop() }

    func write(_ text: String, to path: String? = nil, mode: Int = 0o600) throws {
        let path = path ?? configuration
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    /// Writes a profile `shop` of the server with these lines more.
    func protect(_ lines: String) throws {
        try write("[profiles.shop]\nsocket = \"\(server.socketPath)\"\n\(lines)\n")
    }

    /// Runs a line; `-u @shop` or other options of the connection have to be in it.
    func run(_ line: String, answer: String? = nil, variables: [String: String] = [:]) -> CommandRun {
        CommandRun(
            line.split(separator: " ").map(String.init), environment: environment.merging(variables) { $1 },
            answer: answer)
    }

    /// Forgets which commands were called.
    func beginToCount() throws { try server.command("CONFIG", "RESETSTAT") }

    /// The commands that were called since, but for those by which is asked here.
    func calls() throws -> Set<String> {
        guard case .string(let text) = try server.command("INFO", "commandstats") else { return [] }
        let lines = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline)
        let names = lines.filter { $0.hasPrefix("cmdstat_") }.map { $0.dropFirst(8).prefix { $0 != ":" } }
        return Set(names.map(String.init)).subtracting(["config|resetstat", "info", "command|info"])
    }

    /// Those of them that write.
    func writes() throws -> Set<String> {
        try calls().filter { name in
            guard case .array(let all) = try server.command("COMMAND", "INFO", name),
                case .array(let about)? = all.first, about.count > 2, case .array(let flags) = about[2]
            else { return false }
            return flags.contains(.status("write"))
        }
    }
}
