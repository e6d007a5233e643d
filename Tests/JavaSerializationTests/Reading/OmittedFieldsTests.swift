import TestSupport
import Testing

@testable import JavaSerialization

/// Classes whose `writeObject` leaves their declared fields out, which the stream does not say.
struct OmittedFieldsTests {
    private static func stream() throws -> [UInt8] {
        try Fixtures.bytes("java-streams/custom-write-no-default.ser")
    }

    @Test func keepsTheObjectWholeAndReadsWhatFollows() throws {
        let bytes = try Self.stream()
        let graph = try JavaGraph(bytes)
        #expect(graph.contentCount == 2)
        let first = try #require(graph.content(0))
        #expect(graph.kind(of: first) == .opaque)
        #expect(graph.payload(of: first) == 4..<bytes.count - 8)
        #expect(graph.content(1).flatMap { graph.text(of: $0) } == "after")
        #expect(graph.opaqueReason(of: first)?.className == "demo.streams.NoDefault")
        #expect(graph.opaqueReason(of: first)?.cause == .omittedDefaultFields)
        #expect(graph.opaqueReason == nil)
    }

    @Test func keepsEveryElementWithSuchAnObjectWhole() throws {
        // The second object refers to the first one's class description (handle 0).
        let object: [UInt8] = [0x73, 0x71, 0, 0x7E, 0, 0, 0x77, 4, 0, 0, 0, 1, 0x78]
        let graph = try JavaGraph(try Self.stream() + object + [0x74, 0, 1, 0x7A])
        #expect(graph.contents.map { $0.map { graph.kind(of: $0) } } == [.opaque, .string, .opaque, .string])
    }

    @Test func keepsAllTheRestWholeWhereNoReadingHolds() throws {
        let bytes = try Self.stream() + [0x00]
        let graph = try JavaGraph(bytes)
        let first = try #require(graph.content(0))
        #expect(graph.contentCount == 1)
        #expect(graph.kind(of: first) == .opaque)
        #expect(graph.payload(of: first) == 4..<bytes.count)
    }

    @Test func aGraphIsReadAfreshForTheNextStream() throws {
        let graph = try JavaGraph(try Self.stream())
        try graph.read([0xAC, 0xED, 0, 5, 0x70])
        #expect(graph.opaqueReason == nil)
        #expect(graph.contents == [nil])
    }
}
