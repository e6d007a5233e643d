import Foundation

/// A malformed or hostile input: a Java serialization stream or a token.
///
/// Some expand to 10 MB: expand each when it is its turn.
package struct BadInput: Sendable, CustomStringConvertible {
    /// What is asked of a decoder, beside never trapping, hanging or passing the ceilings.
    package enum Expectation: String, Sendable {
        /// Well formed: read it and show it whole.
        case accept
        /// Refuse it, naming the cause and, for streams, the byte offset.
        case reject
        /// The standards leave it open.
        case either
        /// Well formed but huge: read it whole, or name the limit it passes.
        case bounded
    }

    package let id: String
    package let family: String
    package let expectation: Expectation
    /// What is wrong with it.
    package let reason: String
    /// Extra duties, such as `escape-output`.
    package let flags: Set<String>
    /// The length of the bytes once expanded.
    package let length: Int
    /// The whole line, for members that only tokens have: `key`, `policy`, `now`, `jws`.
    package let json: TestJSON

    package var description: String { id }

    /// The Java serialization streams of `bad-inputs/java.jsonl`.
    package static func javaStreams() throws -> [BadInput] {
        try Fixtures.jsonLines("bad-inputs/java.jsonl").dropFirst().map(BadInput.init)
    }

    /// The tokens of `bad-inputs/jwt.jsonl`.
    package static func tokens() throws -> [BadInput] {
        try Fixtures.jsonLines("bad-inputs/jwt.jsonl").dropFirst().map(BadInput.init)
    }

    private init(_ json: TestJSON) throws {
        let word = try json.required("expect").requiredString()
        guard let expectation = Expectation(rawValue: word) else { throw FixtureError("expect: \(word)") }
        self.json = json
        self.expectation = expectation
        id = try json.required("id").requiredString()
        family = try json.required("class").requiredString()
        reason = try json.required("why").requiredString()
        flags = Set(try json["flags"]?.requiredItems().map { try $0.requiredString() } ?? [])
        length = Int(try json.required("len").requiredInteger())
    }

    /// The bytes, checked against their length and SHA-256, so that a wrong expansion is not taken for a wrong decoder.
    package func expand() throws -> [UInt8] {
        let bytes = try json["z"].map { try Inflate.zlib(try $0.requiredBase64()) } ?? pieces()
        guard bytes.count == length, try json.required("sha256").requiredString() == SHA256.hex(bytes) else {
            throw FixtureError("\(id) does not expand to the bytes it describes")
        }
        return bytes
    }

    private func pieces() throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(length)
        for segment in try json.required("seg").requiredItems() {
            let pair = try segment.requiredItems(count: 2)
            let piece = try pair[0].requiredBase64()
            for _ in 0..<(try pair[1].requiredInteger()) { bytes += piece }
        }
        return bytes
    }
}
