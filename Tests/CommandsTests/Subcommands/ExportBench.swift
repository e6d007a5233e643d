import Foundation
import TestSupport

@testable import Commands

/// A store to export from, one to import to, and a home of their own.
final class ExportBench {
    let source: RedisServer
    let target: RedisServer
    let home: TemporaryDirectory

    init(_ stores: String...) throws {
        source = try RedisServer { $0.configuration = ["enable-debug-command yes"] }
        target = try RedisServer { $0.configuration = ["enable-debug-command yes"] }
        home = try TemporaryDirectory()
        for folder in ["tmp", "files"] {
            try FileManager.default.createDirectory(
                atPath: home.path + "/" + folder, withIntermediateDirectories: false)
        }
        for store in stores { try source.load(FixtureStore(store)) }
    }

    deinit {
        source.stop()
        target.stop()
    }

    /// Where a file of this name is.
    func path(_ name: String) -> String { home.path + "/files/" + name }

    var environment: [String: String] { ["XDG_STATE_HOME": home.path, "TMPDIR": home.path + "/tmp"] }
    var targetURL: String { "unix://\(target.socketPath)" }

    /// `export` of the source.
    func export(_ name: String, _ words: String...) -> CommandRun {
        CommandRun(
            ["export", name == "-" ? name : path(name)] + words, on: source, environment: environment)
    }

    /// `import` to the target.
    func importFile(_ name: String, _ words: String..., to target: String? = nil) -> CommandRun {
        CommandRun(
            ["import", path(name), target ?? targetURL, "--yes", "--at-most", "1000"] + words, environment: environment)
    }

    /// Any command.
    func run(_ words: String...) -> CommandRun { CommandRun(words, environment: environment) }

    /// The program as a process, killed after that many milliseconds.
    func kill(_ words: [String], after milliseconds: UInt32) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: BuiltProgram.path)
        process.arguments = words
        process.environment = environment.merging(["PATH": "/usr/bin:/bin", "HOME": home.path]) { $1 }
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        usleep(milliseconds * 1000)
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    func bytes(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path(name))) }

    func put(_ bytes: Data, _ name: String, mode: Int = 0o600) throws {
        try bytes.write(to: URL(fileURLWithPath: path(name)))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path(name))
    }

    func mode(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path(name))[.posixPermissions] as? Int
    }

    /// What is left in the folder for temporary files.
    func leftovers() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: home.path + "/tmp") }

    /// Whether sessions share it, so that those alone are in it that were carried over.
    static func isShared(_ key: [UInt8]) -> Bool {
        [":index:", ":expirations"].contains { String(decoding: key, as: UTF8.self).contains($0) }
    }
}
