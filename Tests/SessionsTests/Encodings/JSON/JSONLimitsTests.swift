import Sessions
import Testing

/// Depth, size and number of values: bounded, without recursion, and named when they are too much.
struct JSONLimitsTests {
    private static let million = 1_000_000

    private func nested(_ open: String, _ close: String, levels: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<levels { bytes += open.utf8 }
        bytes += "1".utf8
        for _ in 0..<levels { bytes += close.utf8 }
        return bytes
    }

    @Test func readsWalksWritesAndFreesAMillionArrays() throws {
        let bytes = nested("[", "]", levels: Self.million)
        let document = try JSONReader.read(bytes)
        #expect(document.nodeCount == Self.million + 1)
        var writer = JSONWriter()
        writer.value(document.root)
        #expect(writer.bytes == bytes)
        #expect(document.root == document.root)
    }

    @Test func readsAMillionObjects() throws {
        let bytes = nested(#"{"a":"#, "}", levels: Self.million)
        let document = try JSONReader.read(bytes)
        var node = document.root
        var depth = 0
        while let inner = node["a"] {
            node = inner
            depth += 1
        }
        #expect(depth == Self.million)
        #expect(node.number?.int64 == 1)
    }

    @Test func indentationOfDeepTextStaysBounded() throws {
        let document = try JSONReader.read(nested("[", "]", levels: 10_000))
        var writer = JSONWriter(layout: .indented)
        writer.value(document.root)
        #expect(writer.bytes.count < 20_000 * 82)
        #expect(try JSONReader.read(writer.bytes).root == document.root)
    }

    @Test func refusesAMillionUnclosedArrays() {
        let bytes = [UInt8](repeating: UInt8(ascii: "["), count: Self.million)
        let expected = SessionError(.json(.unexpectedEnd(expected: .valueOrEnd)), offset: Self.million)
        #expect(throws: expected) { try JSONReader.read(bytes) }
    }

    @Test func namesTheDepthLimit() throws {
        let limits = JSONLimits(depth: 3)
        #expect(try JSONReader.read(nested("[", "]", levels: 3), limits: limits).nodeCount == 4)
        let error = SessionError(.json(.tooDeep(limit: 3)), offset: 3)
        #expect(throws: error) { try JSONReader.read(nested("[", "]", levels: 4), limits: limits) }
        #expect(error.description.contains("limit of 3 levels"))
    }

    @Test func namesTheNodeLimit() throws {
        let limits = JSONLimits(nodes: 5)
        #expect(try JSONReader.read(Array(#"{"a":1,"b":2}"#.utf8), limits: limits).nodeCount == 5)
        #expect(throws: SessionError(.json(.tooManyNodes(limit: 5)), offset: 9)) {
            try JSONReader.read(Array("[1,2,3,4,5]".utf8), limits: limits)
        }
    }

    @Test func namesTheByteLimit() throws {
        let limits = JSONLimits(bytes: 4)
        #expect(try JSONReader.read(Array("1234".utf8), limits: limits).root.number?.int64 == 1234)
        #expect(throws: SessionError(.json(.tooManyBytes(limit: 4)), offset: 4)) {
            try JSONReader.read(Array("12345".utf8), limits: limits)
        }
    }
}
