import Testing

@testable import JavaSerialization

/// Each limit is passed by a stream made for it, and named in the error.
struct LimitTests {
    private func limit(_ bytes: [UInt8], _ limits: JavaStreamLimits) -> String? {
        do {
            _ = try JavaGraph(bytes, limits: limits)
            return nil
        } catch {
            if case .limit(let name, _) = error.problem { return name }
            return "\(error)"
        }
    }

    /// Arrays inside each other; all refer to the class of the first.
    private func nestedArrays(_ depth: Int) -> [UInt8] {
        var stream = HandMadeStream()
        stream.raw([0x75, 0x72])
        stream.utf("[Ljava.lang.Object;")
        stream.raw([UInt8](repeating: 0, count: 8) + [2, 0, 0, 0x78, 0x70, 0, 0, 0, 1])
        for _ in 1..<depth { stream.raw([0x75, 0x71, 0, 0x7E, 0, 0, 0, 0, 0, 1]) }
        stream.null()
        return stream.bytes
    }

    @Test func namesTheBytes() {
        #expect(limit([0xAC, 0xED, 0, 5, 0x70, 0x70], JavaStreamLimits(bytes: 5)) == "bytes")
    }

    @Test func namesTheDepth() {
        #expect(limit(nestedArrays(100), JavaStreamLimits(depth: 50)) == "depth")
        #expect(limit(nestedArrays(100), JavaStreamLimits(depth: 200)) == nil)
    }

    @Test func namesTheNodes() {
        #expect(limit(nestedArrays(100), JavaStreamLimits(nodes: 50)) == "nodes")
    }

    @Test func namesTheSlots() {
        // A hundred fields: each takes a slot in the description and one in the object.
        var stream = HandMadeStream()
        stream.beginObject("Wide", objects: (0..<100).map { ("f\($0)", "LA;") })
        stream.raw([UInt8](repeating: 0x70, count: 100))
        #expect(limit(stream.bytes, JavaStreamLimits(slotsPerByte: 0)) == "slotsPerByte")
        #expect(limit(stream.bytes, JavaStreamLimits()) == nil)
    }

    @Test func readsTwoMillionNestedArraysWithoutAStack() throws {
        let graph = try JavaGraph(nestedArrays(2_000_000))
        #expect(graph.nodeCount == 2_000_000)
    }
}
