import Foundation
import TestSupport
import Testing

@testable import Commands

/// `man/` and `completions/` are written by `make docs` from the command tree; here they are written again and compared.
struct DocumentationTests {
    @Test(arguments: ["man", "completions"])
    func committedPagesAreThoseOfTheCommandTree(_ folder: String) throws {
        let generated = try TemporaryDirectory()
        try generate(into: generated.path)
        let committed = try contents(of: packageRoot + "/" + folder)
        let expected = try contents(of: generated.path + "/" + folder)
        #expect(committed.keys.sorted() == expected.keys.sorted(), "run `make docs`")
        for (name, text) in expected where committed[name] != text {
            Issue.record("\(folder)/\(name) is not what the command tree gives: run `make docs`")
        }
        #expect(expected.count >= 3)
    }

    @Test func everyPageHasTheExitStatuses() throws {
        for (name, page) in try contents(of: packageRoot + "/man") where name.hasSuffix(".1") {
            let text = String(decoding: page, as: UTF8.self)
            let section = try #require(text.split(separator: ".Sh \"EXIT STATUS\"\n").dropFirst().first, "\(name)")
            let lines = (section.split(separator: ".Sh ").first ?? "").split(separator: "\n")
            let statuses = lines.filter { $0.hasPrefix(".It ") }
            #expect(statuses.map { $0.dropFirst(4) } == ExitStatus.allCases.map { "\($0.rawValue)" }, "\(name)")
        }
    }

    private var packageRoot: String {
        URL(fileURLWithPath: Fixtures.folder).deletingLastPathComponent().deletingLastPathComponent().path
    }

    /// Uses the programs that were built beside the tests: a build from inside a test would wait for the one around it.
    private func generate(into folder: String) throws {
        let built = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path
        try #require(
            FileManager.default.isExecutableFile(atPath: built + "/generate-manual"),
            "run `swift build --product generate-manual` first, as `make test` does")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: packageRoot + "/.ci/generate-documentation")
        process.arguments = [built, folder]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    private func contents(of folder: String) throws -> [String: Data] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        return Dictionary(
            uniqueKeysWithValues: try names.map { ($0, try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\($0)"))) })
    }
}
