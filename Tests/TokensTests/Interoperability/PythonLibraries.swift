import Foundation
import TestSupport

/// PyJWT and jwcrypto in a virtual environment below `.build`, from PyPI the first time.
struct PythonLibraries: Sendable {
    /// Nil where they cannot be had: without a network, or without Python's `venv`.
    static let installed = PythonLibraries()

    private static let root = URL(fileURLWithPath: Fixtures.folder).deletingLastPathComponent()
        .deletingLastPathComponent().path
    private static let environment = root + "/.build/jose-venv"
    private static var python: String { environment + "/bin/python" }

    private init?() {
        if Self.areThere { return }
        guard Self.run("/usr/bin/python3", ["-m", "venv", "--clear", Self.environment]) != nil else { return nil }
        let install = [
            "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "1", "--timeout", "10",
            "PyJWT", "jwcrypto", "cryptography",
        ]
        guard Self.run(Self.python, install) != nil, Self.areThere else { return nil }
    }

    private static var areThere: Bool { run(python, ["-c", "import jwt, jwcrypto.jwt"]) != nil }

    /// The answers of `Tests/Tools/jose.py` to requests, both JSON.
    func answers(to requests: [[String: Any]]) throws -> [TestJSON] {
        let lines = try requests.map { try JSONSerialization.data(withJSONObject: $0) + Data("\n".utf8) }
        guard let output = Self.run(Self.python, [Self.root + "/Tests/Tools/jose.py"], input: lines.reduce(Data(), +))
        else { throw FixtureError("jose.py failed") }
        return try output.split(separator: UInt8(ascii: "\n")).map { try TestJSON(reading: Array($0)) }
    }

    /// What the program wrote; nil where it failed. The input goes through a file, which no pipe has to hold.
    private static func run(_ program: String, _ arguments: [String], input: Data = Data()) -> Data? {
        guard let folder = try? TemporaryDirectory(), FileManager.default.isExecutableFile(atPath: program) else {
            return nil
        }
        let file = URL(fileURLWithPath: folder.path + "/input")
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        do {
            try input.write(to: file)
            process.standardInput = try FileHandle(forReadingFrom: file)
            try process.run()
        } catch {
            return nil
        }
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? bytes : nil
    }
}
