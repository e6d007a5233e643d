import Foundation

/// A JVM that reads streams with the JDK's own `ObjectInputStream` and says what they hold.
package struct JavaJudge {
    /// What it said of one stream.
    package enum Verdict: Sendable {
        /// The contents, by the rendering rules of the fixtures.
        case contents(TestJSON)
        /// The exception.
        case error(String)
    }

    private let folder: TemporaryDirectory
    private var count = 0

    package init() throws { folder = try TemporaryDirectory() }

    /// Adds a stream; verdicts come in this order.
    package mutating func add(_ stream: [UInt8]) throws {
        let name = String(count)
        let padded = String(repeating: "0", count: max(0, 8 - name.count)) + name
        try Data(stream).write(to: URL(fileURLWithPath: folder.path + "/" + padded))
        count += 1
    }

    /// Starts the JVM, which reads all streams.
    package func verdicts() throws -> [Verdict] {
        let options = ["--add-opens", "java.base/java.util=ALL-UNNAMED", "-Duser.timezone=UTC", "-Xss64m"]
        let output = try Self.run("java", options + ["-cp", try Self.classes.get().path, "Judge", folder.path])
        let lines = output.split(separator: UInt8(ascii: "\n"))
        guard lines.count == count else { throw FixtureError("\(lines.count) verdicts of \(count) streams") }
        return try lines.map { line in
            let json = try TestJSON(reading: Array(line))
            if let error = json["error"]?.string { return .error(error) }
            return .contents(try json.required("contents"))
        }
    }

    /// Compiled once.
    private static let classes = Result { () throws -> TemporaryDirectory in
        let folder = try TemporaryDirectory()
        let sources = Fixtures.folder + "/../JavaPrograms/judge"
        let shop = try FileManager.default.contentsOfDirectory(atPath: sources + "/demo/shop").map {
            sources + "/demo/shop/" + $0
        }
        let files = [sources + "/Judge.java", sources + "/labfx/Canon.java"] + shop
        _ = try run("javac", ["-nowarn", "-encoding", "UTF-8", "-d", folder.path] + files)
        return folder
    }

    private static func run(_ program: String, _ arguments: [String]) throws -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw FixtureError("\(program) ended with \(process.terminationStatus)")
        }
        return data
    }
}
