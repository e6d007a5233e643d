import Foundation

/// The folder `Tests/Fixtures`: what real session software wrote, and inputs made to break decoders.
///
/// It is found from this source file, so tests run from any working directory.
package enum Fixtures {
    /// The folder's path, without a slash at the end.
    package static let folder: String = {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return tests.appendingPathComponent("Fixtures").path
    }()

    /// The content of a file, named by its path below the folder. A name that ends in `.gz` is expanded.
    package static func bytes(_ path: String) throws -> [UInt8] {
        let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + path))
        return path.hasSuffix(".gz") ? try Inflate.gzip([UInt8](data)) : [UInt8](data)
    }

    /// A JSON file, read without loss.
    package static func json(_ path: String) throws -> TestJSON {
        try TestJSON(reading: try bytes(path))
    }

    /// A file of one JSON value a line.
    package static func jsonLines(_ path: String) throws -> [TestJSON] {
        try bytes(path).split(separator: UInt8(ascii: "\n")).map { try TestJSON(reading: [UInt8]($0)) }
    }

    /// The sorted names of what a folder below the fixtures holds (`""` for the fixtures themselves).
    package static func names(in path: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder + "/" + path).sorted()
    }
}

/// A fixture that is not as its README says.
package struct FixtureError: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
