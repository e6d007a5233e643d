import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Streams in the bytes of values: what they hold is as secret there as anywhere else.
struct NestedStreamTests {
    /// The value of ran-jit's single sign-on: a stream in the block data of a stream, with a password.
    private func singleSignOn() throws -> [UInt8] {
        let records = try FixtureStore("java-programs/ran-jit-4.x").records()
        let values = records.compactMap { record -> [UInt8]? in
            if case .string(let bytes) = record.content, SingleSignOnValue.looksLikeOne(bytes) { bytes } else { nil }
        }
        return try #require(values.first)
    }

    private func inner() throws -> [UInt8] { try #require(try JavaGraph(singleSignOn()).wrappedStream) }

    /// `bytes` as an object of the class `byte[]`.
    private func array(_ bytes: [UInt8]) -> [UInt8] {
        let count = (0..<4).map { UInt8(truncatingIfNeeded: bytes.count >> (24 - 8 * $0)) }
        return [
            0xAC, 0xED, 0, 5, 0x75, 0x72, 0, 2, 0x5B, 0x42, 0xAC, 0xF3, 0x17, 0xF8, 6, 8, 0x54, 0xE0, 2, 0, 0, 0x78,
            0x70,
        ]
            + count + bytes
    }

    private func plain(_ bytes: [UInt8], reveal: Bool = false) throws -> String {
        let graph = try JavaGraph(bytes)
        var plain = PlainJSON(of: graph)
        plain.reveal = reveal
        var writer = JSONWriter()
        writer.beginArray()
        for node in graph.contents { try plain.write(node, to: &writer) }
        writer.endArray()
        return String(decoding: writer.takeBytes(), as: UTF8.self)
    }

    private func typed(_ bytes: [UInt8], reveal: Bool = false) throws -> String {
        var writer = JSONWriter()
        try TypedJSON.writeStream(JavaGraph(bytes), reveal: reveal, to: &writer)
        return String(decoding: writer.takeBytes(), as: UTF8.self)
    }

    @Test func decodingASingleSignOnGivesItsEntry() throws {
        guard case .wrapped(let graph) = try DecodedInput(singleSignOn(), now: 0) else {
            Issue.record("not the inner stream")
            return
        }
        let entry = try #require(graph.content(0))
        #expect(graph.className(of: entry) == "tomcat.request.session.model.SingleSignOnEntry")
        #expect(graph.reference("password", of: entry).flatMap { graph.text(of: $0) } == "invented-password")
        #expect(try plain(inner()).contains("\"password\":\"••••\""))
    }

    @Test func damageToTheInnerStreamIsSaid() throws {
        var bytes = try singleSignOn()
        // The tag of the inner stream's first object, behind its header.
        bytes[9 + 4] = 0
        let error = #expect(throws: DecodingFailure.self) { try DecodedInput(bytes, now: 0) }
        guard case .innerStream(let problem)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(problem.offset == 4 && "\(problem)" != "")
    }

    /// In blocks of the stream itself, in a byte array, and in a byte array within another.
    @Test func aStreamWithAPasswordIsMasked() throws {
        let values = [
            try singleSignOn(), array(try inner()), array(array(try inner())), array([1, 2, 3] + (try inner())),
        ]
        for value in values {
            #expect(try Set(plain(value).split(separator: "\"")).subtracting(["[", ",", "]"]) == ["••••"])
            #expect(try typed(value).contains("\"masked\":true") && !typed(value).contains("base64\":"))
            #expect(try !typed(value).contains("blockdata"))
            #expect(try plain(value, reveal: true).contains("$base64"))
        }
    }

    /// Cut in the middle it still has its words; and what is too deep inside counts as secret.
    @Test func whatCannotBeReadIsJudgedByItsWords() throws {
        #expect(NestedStreams.holdSecret(try inner().dropLast(40)[...]))
        var deep = JavaBytesOf.text("harmless")
        for _ in 0..<4 { deep = array(deep) }
        #expect(!NestedStreams.holdSecret(deep[...], level: 0))
        for _ in 0..<4 { deep = array(deep) }
        #expect(NestedStreams.holdSecret(deep[...]))
    }

    @Test func otherBytesAreShown() throws {
        for bytes in [[], [0xAC, 0xED], JavaBytesOf.text("alice"), Array("just bytes".utf8), [0xAC, 0xED, 0, 5]] {
            #expect(try plain(array(bytes)).hasPrefix("[{\"$base64\":"), "\(bytes)")
        }
        #expect(try plain(array(JavaBytesOf.text("Bearer abc"))) == "[\"••••\"]")
    }

    private enum JavaBytesOf {
        static func text(_ text: String) -> [UInt8] {
            [0xAC, 0xED, 0, 5, 0x74, 0, UInt8(text.utf8.count)] + Array(text.utf8)
        }
    }
}
