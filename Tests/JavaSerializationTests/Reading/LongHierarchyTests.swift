import JavaSerialization
import Testing

/// Objects of a class with thousands of superclasses cost bytes of their own for each, or are refused.
struct LongHierarchyTests {
    /// A stream whose objects, six bytes each, have `superclasses` classes above their own.
    private func stream(superclasses: Int, objects: Int) -> [UInt8] {
        var bytes: [UInt8] = [0xAC, 0xED, 0, 5, 0x73]
        for _ in 0...superclasses {
            bytes += [0x72, 0, 1, 0x43] + [UInt8](repeating: 0, count: 8) + [2, 0, 0, 0x78]
        }
        bytes.append(0x70)
        for _ in 1..<objects { bytes += [0x73, 0x71, 0, 0x7E, 0, 0] }
        return bytes
    }

    @Test func readsOneObjectOfLongHierarchy() throws {
        let graph = try JavaGraph(stream(superclasses: 10_000, objects: 1))
        #expect(try graph.classData(of: #require(graph.content(0))).count == 10_001)
    }

    @Test func refusesManyObjectsOfLongHierarchyNamingTheLimit() {
        let error = #expect(throws: JavaStreamError.self) {
            try JavaGraph(stream(superclasses: 5000, objects: 100_000))
        }
        #expect(error?.problem == .limit(name: "slotsPerByte", value: 16))
    }

    @Test func readsManyObjectsOfOrdinaryHierarchy() throws {
        #expect(try JavaGraph(stream(superclasses: 8, objects: 100_000)).contentCount == 100_000)
    }
}
