import Foundation

/// Files that hold what output has to look like.
///
///     try Golden.compare(rendered, with: "table.txt", in: #filePath)   // Golden/table.txt below the test target's folder
///
/// With `SESSIONCTL_RECORD=1` the file is written instead, and the comparison fails, so that it is read before it is trusted.
package enum Golden {
    package static func compare(_ text: String, with name: String, in testFile: StaticString) throws {
        let file = folder(of: "\(testFile)").appendingPathComponent(name)
        if ProcessInfo.processInfo.environment["SESSIONCTL_RECORD"] == "1" {
            try Data(text.utf8).write(to: file)
            throw FixtureError("recorded \(file.path): read it, then run again without SESSIONCTL_RECORD")
        }
        let expected = try String(decoding: Data(contentsOf: file), as: UTF8.self)
        if text != expected { throw FixtureError(difference(text, expected, name)) }
    }

    /// The folder `Golden` of the test target that `testFile` belongs to.
    private static func folder(of testFile: String) -> URL {
        var folder = URL(fileURLWithPath: testFile).deletingLastPathComponent()
        while folder.deletingLastPathComponent().lastPathComponent != "Tests", folder.path != "/" {
            folder.deleteLastPathComponent()
        }
        return folder.appendingPathComponent("Golden")
    }

    private static func difference(_ actual: String, _ expected: String, _ name: String) -> String {
        let actualLines = actual.split(separator: "\n", omittingEmptySubsequences: false)
        let expectedLines = expected.split(separator: "\n", omittingEmptySubsequences: false)
        let same = zip(actualLines, expectedLines).prefix { $0 == $1 }.count
        let expectedLine = same < expectedLines.count ? "\(expectedLines[same].debugDescription)" : "the end"
        let actualLine = same < actualLines.count ? "\(actualLines[same].debugDescription)" : "the end"
        return "\(name), line \(same + 1): expected \(expectedLine), got \(actualLine)\n\(actual)"
    }
}
