import TestSupport
import Testing

@testable import Sessions

/// Frames without their key, as `decode` is given them, against the same frames read from a store (session-formats, ch. 11).
struct MemcachedDecodingTests {
    private static let stores = ["memcached-session-manager-sticky", "memcached-session-manager-non-sticky"]

    /// Each real frame with the session that its key gives.
    private static func frames() throws -> [(bytes: [UInt8], session: Session)] {
        try stores.flatMap { name in
            let stored = try StoredFixture(FixtureStore("java-programs/" + name), now: 0)
            return stored.sessions.compactMap { key, session -> ([UInt8], Session)? in
                guard case .string(let bytes)? = stored.records[key]?.content, bytes.count > 1 else { return nil }
                return (bytes, session)
            }
        }
    }

    private func decoded(_ bytes: [UInt8]) throws -> Session? {
        guard case .memcached(let session) = try DecodedInput(bytes, now: 0) else { return nil }
        return session
    }

    @Test func aFrameSaysTheSameWithoutItsKey() throws {
        let frames = try Self.frames()
        #expect(frames.count == 32)
        for (bytes, session) in frames {
            for input in [bytes, bytes + [0x0A]] {
                let found = try #require(try decoded(ByteText.bytes(of: input)))
                #expect(found.id == session.id && found.principal == session.principal && found.key.isEmpty)
                #expect(found.createdAt == session.createdAt && found.findings == session.findings)
                #expect(found.attributes?.map(\.name) == session.attributes?.map(\.name))
                #expect(found.attributes?.map { $0.value.bytes } == session.attributes?.map { $0.value.bytes })
            }
        }
    }

    @Test func theFormsOfBytesAreUnderstood() throws {
        let bytes = try #require(try Self.frames().first).bytes
        let escaped = "\"" + bytes.map { "\\x" + Hexadecimal.encode([$0]) }.joined() + "\""
        for text in [Hexadecimal.encode(bytes), Base64.encode(bytes), escaped] {
            #expect(ByteText.bytes(of: Array(text.utf8)) == bytes)
        }
    }

    /// Up to the id nothing can be shown; behind it there is a session that says where it ends.
    @Test func aCutFrameSaysAtWhichByte() throws {
        let (bytes, session) = try #require(
            try Self.frames().first { !($0.session.attributes ?? []).isEmpty && $0.session.principal != nil })
        let header = Int(bytes[2]) << 8 | Int(bytes[3])
        let endOfId = 44 + session.id.count
        for length in 1..<bytes.count {
            let cut = Array(bytes[..<length])
            if length < 4 {
                #expect(throws: DecodingFailure.unknown(firstBytes: cut)) { try DecodedInput(cut, now: 0) }
            } else if length < endOfId {
                let error = #expect(throws: DecodingFailure.self) { try DecodedInput(cut, now: 0) }
                #expect(
                    error?.description
                        == "the value of memcached-session-manager ends within its header, at byte \(length)")
            } else {
                let findings = try #require(try decoded(cut)).findings
                #expect(findings.count >= 1, "\(length)")
                if length < header {
                    #expect(
                        findings.map(\.message).contains(
                            "the value ends at byte \(length), within its header of \(header) bytes"))
                } else if length > header + 4 {
                    // Between two elements nothing is torn, and some attributes are missing.
                    let expected = ["from byte \(header) on, cannot be read", ": the value ends at byte \(length)"]
                    #expect(findings.contains { finding in expected.contains { finding.message.contains($0) } })
                }
            }
        }
    }

    @Test(
        arguments: [
            [0, 3, 0, 80], [0, 1, 0, 43], [0, 1], [1, 0, 0, 80],
            [0, 1, 0, 80] + [UInt8](repeating: 0, count: 40), Array("\u{0}\u{1} text".utf8).prefix(3) + [],
        ] as [[UInt8]])
    func otherBytesAreNoFrame(_ bytes: [UInt8]) {
        #expect(throws: DecodingFailure.unknown(firstBytes: Array(bytes.prefix(8)))) {
            try DecodedInput(bytes, now: 0)
        }
    }
}
