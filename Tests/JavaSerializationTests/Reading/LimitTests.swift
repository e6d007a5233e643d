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

    @Test func namesTheBytes() {
        #expect(limit([0xAC, 0xED, 0, 5, 0x70, 0x70], JavaStreamLimits(bytes: 5)) == "bytes")
    }

    @Test func namesTheDepth() {
        #expect(limit(HandMadeStream.nestedArrays(100), JavaStreamLimits(depth: 50)) == "depth")
        #expect(limit(HandMadeStream.nestedArrays(100), JavaStreamLimits(depth: 200)) == nil)
    }

    @Test func namesTheNodes() {
        #expect(limit(HandMadeStream.nestedArrays(100), JavaStreamLimits(nodes: 50)) == "nodes")
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
        let graph = try JavaGraph(HandMadeStream.nestedArrays(2_000_000))
        #expect(graph.nodeCount == 2_000_000)
    }
}
