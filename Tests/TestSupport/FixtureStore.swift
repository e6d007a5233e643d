import Foundation

/// One database that a session library filled, and what the same library said about it afterwards.
package struct FixtureStore: Sendable, CustomStringConvertible {
    /// The sessions with strings over 64 KB and the 1 MiB blob are in a database of their own.
    package enum Part: String, Sendable {
        case main = "keys.jsonl"
        case big = "big-keys.jsonl.gz"
    }

    /// The name of its folder, such as `spring-session-3.5.7-indexed`.
    package let name: String

    package init(_ name: String) {
        self.name = name
    }

    package var description: String { name }

    /// Every store of the fixtures, by name.
    package static func all() throws -> [FixtureStore] {
        try Fixtures.names().filter { try isFolderWithKeys($0) }.map(FixtureStore.init)
    }

    /// The path below the fixtures of one of its files.
    package func path(_ file: String) -> String {
        name + "/" + file
    }

    /// The keys as the library left them, sorted by key.
    package func records(_ part: Part = .main) throws -> [FixtureRecord] {
        try Fixtures.jsonLines(path(part.rawValue)).map(FixtureRecord.init)
    }

    /// The sessions of `expected.json`, or of another file of the same form: `expected-namespace`, `big-expected`, …
    package func expectedSessions(_ file: String = "expected") throws -> [TestJSON] {
        try Fixtures.json(path(file + ".json")).requiredItems()
    }

    private static func isFolderWithKeys(_ name: String) throws -> Bool {
        FileManager.default.fileExists(atPath: "\(Fixtures.folder)/\(name)/\(Part.main.rawValue)")
    }
}
