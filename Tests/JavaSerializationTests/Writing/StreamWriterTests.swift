import TestSupport
import Testing

@testable import JavaSerialization

/// Streams that come out of the writer, held against those that real systems wrote.
struct StreamWriterTests {
    @Test(arguments: try JavaStreamFixture.all()) func writesTheBytesThatWereRead(_ fixture: JavaStreamFixture) throws {
        let written = try JavaGraph(fixture.bytes).encoded()
        #expect(written == fixture.bytes, "differ from byte \(Self.firstDifference(written, fixture.bytes))")
    }

    @Test func writesEveryStoredValueAsItWas() throws {
        let streams = try FixtureStreams.stored()
        for (name, bytes) in streams {
            let written = try JavaGraph(bytes).encoded()
            #expect(written == bytes, "\(name) from byte \(Self.firstDifference(written, bytes))")
        }
        #expect(streams.count == 1211, "\(streams.count)")
    }

    private static func firstDifference(_ one: [UInt8], _ other: [UInt8]) -> Int {
        zip(one, other).enumerated().first { $1.0 != $1.1 }?.offset ?? min(one.count, other.count)
    }

    /// Each object of each stream by itself is the same object, with its identities and cycles.
    @Test func cutsOutWhatAnObjectRefersTo() throws {
        var cuts = 0
        for (name, bytes) in try FixtureStreams.all() where bytes.count < 100_000 {
            let graph = try JavaGraph(bytes)
            let nodes = GraphPairing.reached(in: graph).filter { graph.isAnObject($0) }
            for index in stride(from: 0, to: nodes.count, by: max(1, nodes.count / 40)) {
                let node = nodes[index]
                let cut = try JavaGraph(graph.stream(of: [node]))
                #expect(cut.contentCount == 1)
                let difference = GraphPairing.difference(graph, [node], cut, cut.contents)
                #expect(difference == nil, "\(name) node \(index): \(difference ?? "")")
                cuts += 1
            }
        }
        #expect(cuts > 4500, "\(cuts)")
    }

    /// The values of every session in one stream: each class is described once.
    @Test func mergesStreams() throws {
        for store in try FixtureStore.all() {
            for record in try store.records() {
                guard case .hash(let fields) = record.content else { continue }
                let graphs = try fields.map(\.value).filter { $0.starts(with: [0xAC, 0xED, 0, 5]) }.map {
                    try JavaGraph($0)
                }
                let parts = graphs.filter { $0.contentCount == 1 && $0.opaqueReason == nil }
                guard parts.count > 1 else { continue }
                let merged = try JavaGraph(MergedStream(parts.map { ($0, $0.content(0)) }).encoded())
                #expect(merged.contentCount == parts.count)
                for (index, part) in parts.enumerated() {
                    let difference = GraphPairing.difference(part, part.contents, merged, [merged.content(index)])
                    #expect(difference == nil, "\(store.name) \(index): \(difference ?? "")")
                }
                #expect(Set(merged.classNames).count == merged.classNames.count, "\(merged.classNames)")
            }
        }
    }

    @Test func aMillionNestedListsNeedNoStack() throws {
        let bytes = HandMadeStream.nestedArrays(1_000_000)
        #expect(try JavaGraph(bytes).encoded() == bytes)
    }

    @Test func whatIsNoObjectIsRefused() throws {
        var stream = HandMadeStream()
        stream.block([1, 2])
        stream.raw([0x79])
        let graph = try JavaGraph(stream.bytes)
        for node in graph.contents {
            #expect(throws: JavaEncodingError.self) { try graph.stream(of: [node]) }
        }
    }
}

extension JavaGraph {
    /// Whether it is one that can stand alone.
    fileprivate func isAnObject(_ node: JavaNode) -> Bool {
        switch kind(of: node) {
        case .blockData, .exception, .reset: false
        case .opaque: record(node).first != noIndex
        default: true
        }
    }
}
