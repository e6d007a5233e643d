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

    /// A stream with the end of a map's or a calendar's superclass, and the field behind it.
    struct Field: Sendable, CustomTestStringConvertible {
        let file: String
        let from: [UInt8]
        let to: [UInt8]

        var testDescription: String { "\(file): \(from)" }
    }

    /// 15 October 1582, and a moment later.
    private static let cutover: [UInt8] = [0x78, 0xFF, 0xFF, 0xF4, 0xE2, 0xF9, 0x64, 0xAC, 0]
    private static let later: [UInt8] = [0x78, 0xFF, 0xFF, 0xF4, 0xE2, 0xF9, 0x64, 0xAC, 1]

    static let fields = [
        // One that puts last what was asked for last, as caches do, and one in the order of insertion around which others stand.
        Field(file: "java-streams/maps.ser", from: [0x78, 1, 0x73, 0x71], to: [0x78, 0, 0x73, 0x71]),
        Field(
            file: "jdk-values/jdk-17/wrapped-maps.ser", from: [0x78, 0, 0x71, 0, 0x7E, 0, 0x31, 0x78],
            to: [0x78, 1, 0x71, 0, 0x7E, 0, 0x31, 0x78]),
        Field(file: "jdk-values/jdk-17/dates.ser", from: cutover, to: later),
        Field(file: "jdk-values/jdk-25/dates.ser", from: cutover, to: later),
    ]

    /// What is in it is the same, and goes on in another way: which entry a cache drops, what date a time of long ago is.
    @Test(arguments: fields) func anotherWayOfAMapOrACalendarIsADifference(_ field: Field) throws {
        let bytes = try Fixtures.bytes(field.file)
        let places = bytes.ranges(of: field.from)
        #expect(!places.isEmpty)
        for place in places {
            var changed = bytes
            changed.replaceSubrange(place, with: field.to)
            #expect(try Set(Self.differences(bytes, changed)) == ["of another value"], "\(place)")
            #expect(try Self.differences(changed, changed).isEmpty)
        }
    }

    /// What is shown of a value does not grow by it.
    @Test(arguments: [
        "java-streams/url-inet.ser", "java-streams/maps.ser", "jdk-values/jdk-17/queues.ser",
        "jdk-values/jdk-17/dates.ser",
    ])
    func typedJSONDoesNotShowThem(_ file: String) throws {
        let graph = try JavaGraph(Fixtures.bytes(file))
        var typed = try TypedJSON(of: graph, roots: graph.contents)
        var writer = JSONWriter()
        writer.beginArray()
        for place in 0..<graph.contentCount { try typed.write(graph.content(place), to: &writer) }
        writer.endArray()
        let text = String(decoding: writer.takeBytes(), as: UTF8.self)
        for word in ["host", "port", "capacity", "accessOrder", "gregorianCutover"] {
            #expect(!text.contains("\"\(word)\""), "\(text)")
        }
    }
}
