/// A stream that the JDK's own `ObjectOutputStream` wrote, and what is in it.
package struct JavaStreamFixture: Sendable, CustomStringConvertible {
    package let name: String
    package let bytes: [UInt8]
    /// The whole of `NAME.json`: `contents`, `tags`, `handles`, `needsClassKnowledge`, …
    package let truth: TestJSON

    package var description: String { name }

    /// All streams, by name; each is of the length and the SHA-256 that its description says.
    package static func all() throws -> [JavaStreamFixture] {
        try Fixtures.names(in: "java-streams").filter { $0.hasSuffix(".ser") }.map {
            try JavaStreamFixture(String($0.dropLast(4)))
        }
    }

    package init(_ name: String) throws {
        self.name = name
        bytes = try Fixtures.bytes("java-streams/\(name).ser")
        truth = try Fixtures.json("java-streams/\(name).json")
        guard try truth.required("size").requiredInteger() == Int64(bytes.count),
            try truth.required("sha256").requiredString() == SHA256.hex(bytes)
        else { throw FixtureError("\(name).ser is not the stream that \(name).json describes") }
    }

    /// What was written, in order: objects, block data, resets, exceptions.
    package func contents() throws -> TestJSON {
        try truth.required("contents")
    }
}
