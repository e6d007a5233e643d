import Foundation
import TestSupport
import Testing

@testable import SessionStorage

/// A file of tokens must be what was written of it as long as it is written to: sessions go from the source for it.
struct TokenFileTests {
    private static let line = TokenFile.lineStart + Array("1\"}\n".utf8)

    private func path(_ home: TemporaryDirectory) -> String { home.path + "/tokens" }

    @Test func isGoneOnWith() throws {
        let home = try TemporaryDirectory()
        for count in 1...3 {
            let file = try TokenFile(path(home))
            #expect(file.isNew == (count == 1))
            try file.append(Self.line)
            #expect(FileManager.default.contents(atPath: path(home))?.count == count * Self.line.count)
        }
    }

    @Test(arguments: ["delete", "empty", "replace", "add"]) func missesWhatSomebodyHasDoneToIt(_ what: String) throws {
        let home = try TemporaryDirectory()
        let file = try TokenFile(path(home))
        try file.append(Self.line)
        try file.requireWhole()
        let url = URL(fileURLWithPath: path(home))
        switch what {
        case "delete": try FileManager.default.removeItem(at: url)
        case "empty": #expect(truncate(path(home), 0) == 0)
        case "replace":
            try FileManager.default.removeItem(at: url)
            try Data(Self.line).write(to: url)
        default:
            let handle = try FileHandle(forWritingTo: url)
            try handle.seekToEnd()
            try handle.write(contentsOf: Data([1]))
        }
        #expect(throws: StorageError.self) { try file.requireWhole() }
        #expect(throws: StorageError.self) { try file.append(Self.line) }
    }
}
