import Foundation

/// A Java program of `Tests/JavaPrograms`, compiled into a folder of its own.
package struct JavaProgram: Sendable {
    private let classes: TemporaryDirectory
    private let main: String
    private let classPath: [String]

    /// Compiles sources, named by their paths below `Tests/JavaPrograms`; a folder stands for all sources in it.
    package init(main: String, _ sources: [String], classPath: [String] = []) throws {
        classes = try TemporaryDirectory()
        self.main = main
        self.classPath = classPath
        let files = try sources.flatMap(Self.files)
        let path = classPath.isEmpty ? [] : ["-cp", classPath.joined(separator: ":")]
        _ = try Self.run("javac", ["-nowarn", "-encoding", "UTF-8", "-d", classes.path] + path + files)
    }

    /// Runs it and gives what it printed.
    private func run(_ arguments: [String]) throws -> Data {
        let options = [
            "--add-opens", "java.base/java.util=ALL-UNNAMED", "-Duser.timezone=UTC", "-Xss64m",
            "-Djava.util.logging.config.file=/dev/null",
        ]
        let path = ([classes.path] + classPath).joined(separator: ":")
        return try Self.run("java", options + ["-cp", path, main] + arguments)
    }

    /// Runs it and gives the JSON values that it printed, one a line.
    package func lines(_ arguments: [String]) throws -> [TestJSON] {
        try run(arguments).split(separator: UInt8(ascii: "\n")).map { try TestJSON(reading: Array($0)) }
    }

    private static func files(_ source: String) throws -> [String] {
        let path = Fixtures.folder + "/../JavaPrograms/" + source
        guard !source.hasSuffix(".java") else { return [path] }
        return try FileManager.default.contentsOfDirectory(atPath: path).map { path + "/" + $0 }
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

/// Byte sequences in files of a folder, in the order of their names.
package struct NumberedFiles {
    private let folder: TemporaryDirectory
    package private(set) var count = 0

    package init() throws { folder = try TemporaryDirectory() }

    package var path: String { folder.path }

    /// Adds a file with these bytes.
    package mutating func add(_ bytes: [UInt8]) throws {
        let name = String(count)
        let padded = String(repeating: "0", count: max(0, 8 - name.count)) + name
        try Data(bytes).write(to: URL(fileURLWithPath: folder.path + "/" + padded))
        count += 1
    }
}
