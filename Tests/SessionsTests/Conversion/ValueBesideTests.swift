import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// What an application sees of objects beside the text or the elements that they are shown by.
struct ValueBesideTests {
    private static func differences(_ one: [UInt8], _ other: [UInt8]) throws -> [String] {
        let graphs = try [one, other].map { try JavaGraph($0) }
        #expect(graphs[0].contentCount == graphs[1].contentCount)
        return try (0..<graphs[0].contentCount).compactMap { place in
            let attributes = try graphs.map { graph in
                let value = AttributeValue.node(graph, graph.content(place))
                return try #require(PortableAttribute(SessionAttribute(name: Array("a".utf8), value: value)))
            }
            return attributes[0].difference(from: attributes[1])
        }
    }

    /// Host and port beside the authority, which says the same in what a JVM writes.
    @Test(arguments: [
        (Array("t\u{0}\u{b}example.org".utf8), Array("t\u{0}\u{b}example.net".utf8)),
        ([0, 0, 0x20, 0xFB], [0, 0, 0x20, 0xFC]),
    ]) func anotherHostOrPortOfAURLIsADifference(_ from: [UInt8], _ to: [UInt8]) throws {
        let bytes = try Fixtures.bytes("java-streams/url-inet.ser")
        let changed = bytes.replacing(from, with: to)
        #expect(changed != bytes)
        #expect(try Self.differences(bytes, changed) == ["of another value"])
        #expect(try Self.differences(bytes, bytes).isEmpty)
    }

    /// Of linked queues the field, of a ring the length of its array.
    @Test(arguments: ["jdk-17", "jdk-25"]) func anotherCapacityOfAQueueIsADifference(_ version: String) throws {
        let bytes = try Fixtures.bytes("jdk-values/\(version)/queues.ser")
        let linked = bytes.ranges(of: [0x7F, 0xFF, 0xFF, 0xFF])
        #expect(!linked.isEmpty)
        for place in linked {
            var changed = bytes
            changed[place.upperBound - 1] = 0xFE
            #expect(try Self.differences(bytes, changed) == ["of another value"], "\(place)")
        }
        let ring = bytes.replacing([0, 0, 0, 2, 0x70, 0x70], with: [0, 0, 0, 3, 0x70, 0x70, 0x70])
        #expect(ring != bytes)
        #expect(try Self.differences(bytes, ring) == ["of another value"])
    }

    /// What is shown of a value does not grow by it.
    @Test(arguments: ["java-streams/url-inet.ser", "jdk-values/jdk-17/queues.ser"])
    func typedJSONDoesNotShowThem(_ file: String) throws {
        let graph = try JavaGraph(Fixtures.bytes(file))
        var typed = try TypedJSON(of: graph, roots: graph.contents)
        var writer = JSONWriter()
        try typed.write(graph.content(0), to: &writer)
        let text = String(decoding: writer.takeBytes(), as: UTF8.self)
        for word in ["\"host\"", "\"port\"", "\"capacity\""] { #expect(!text.contains(word), "\(text)") }
    }
}
