import JavaSerialization
import Sessions
import TestSupport
import Testing

/// Plain JSON is what a person or a script expects of a value.
struct PlainJSONTests {
    private func plain(_ name: String, reveal: Bool = true) throws -> [String] {
        let graph = try JavaGraph(try Fixtures.bytes(name + ".ser"))
        var plain = PlainJSON(of: graph)
        plain.reveal = reveal
        return try graph.contents.enumerated().map { index, node in
            var writer = JSONWriter()
            try plain.write(node, path: "v\(index)", to: &writer)
            return String(decoding: writer.bytes, as: UTF8.self)
        }
    }

    @Test func writesCollectionsAsArraysAndObjects() throws {
        #expect(try plain("java-streams/maps").first == #"{"@entries":[[null,"nk"],["nv",null],["k","v"]]}"#)
        #expect(
            try plain("java-streams/immutable-collections") == [
                "[]", "[1]", #"["a","b","c"]"#, #"["only"]"#, #"{"k":1}"#, "{}",
            ])
    }

    @Test func writesScalarsAsPeopleDo() throws {
        #expect(
            try plain("java-streams/dates").prefix(2) == [
                #""2016-05-01T12:00:00.123Z""#, #""1969-12-31T23:59:59.999Z""#,
            ])
        #expect(
            try plain("java-streams/big-numbers") == [
                "-123456789012345678901234567890", "0", "1234.50", "-1E-30", "98765432109876543210.123456789",
            ])
        #expect(
            try plain("java-streams/boxed-nan") == [
                #""NaN""#, #""-Infinity""#, #""NaN""#, "4.9E-324", #""NaN""#,
            ])
        #expect(try plain("java-streams/enum").allSatisfy { $0.hasPrefix("\"") })
    }

    @Test func writesBytesAsBase64AndPrimitivesAsNumbers() throws {
        #expect(try plain("java-streams/array-bytes") == [#"{"$base64":"AAH/f4A="}"#, #"{"$base64":""}"#])
    }

    @Test func tellsHiddenFieldsApart() throws {
        let text = try #require(try plain("java-streams/inheritance").first)
        #expect(text.contains(#""Root::name":"in root""#))
        #expect(text.hasPrefix(#"{"@class":"demo.streams.Leaf""#))
    }

    @Test func namesWhatWasShownBeforeByItsPath() throws {
        let cycle = try plain("java-streams/cycle")
        #expect(cycle.count == 3)
        #expect(cycle[0].contains(#""next":{"@ref":"v0"}"#))
        #expect(cycle[1] == #"[{"@ref":"v1"}]"#)
        #expect(cycle[2] == #"{"me":{"@ref":"v2"}}"#)
    }

    @Test func showsDataThatAClassWroteItself() throws {
        let texts = try plain("java-streams/custom-write")
        #expect(texts[0].contains(#""@data":[{"$base64":"AQAGc2VjcmV0"},"terces",{"$base64":"AAAAKg=="}]"#))
    }

    @Test func showsElementsAndFieldsOfDerivedCollections() throws {
        #expect(
            try plain("java-streams/collection-subclass") == [
                #"{"@class":"demo.streams.Tagged","@items":["e"],"tag":"tag"}"#,
                #"{"@class":"demo.streams.Named","@entries":[["k",1]],"name":"nm"}"#,
            ])
    }

    @Test func sharedGraphsStaySmall() throws {
        for name in ["java-bomb-set-91", "java-bomb-map-91"] {
            let input = try #require(try BadInput.javaStreams().first { $0.id == name })
            let graph = try JavaGraph(try input.expand())
            var plain = PlainJSON(of: graph)
            var writer = JSONWriter()
            try plain.write(graph.content(0), to: &writer)
            #expect(writer.bytes.count < 20_000)
        }
    }

    @Test func leavesOutTheRestWhenInterrupted() throws {
        let arrayOf10000 =
            [0xac, 0xed, 0, 5, 0x75, 0x72, 0, 19] + Array("[Ljava.lang.Object;".utf8)
            + [0x90, 0xce, 0x58, 0x9f, 0x10, 0x73, 0x29, 0x6c, 2, 0, 0, 0x78, 0x70, 0, 0, 0x27, 0x10]
        let graph = try JavaGraph(arrayOf10000 + [UInt8](repeating: 0x70, count: 10000))
        var plain = PlainJSON(of: graph)
        var typed = try TypedJSON(of: graph, roots: graph.contents)
        func lengths(isInterrupted: Bool) throws -> [Int] {
            (plain.isInterrupted, typed.isInterrupted) = ({ isInterrupted }, { isInterrupted })
            var writers = [JSONWriter(), JSONWriter()]
            try plain.write(graph.content(0), to: &writers[0])
            try typed.write(graph.content(0), to: &writers[1])
            for writer in writers { _ = try JSONReader.read(writer.bytes) }
            return writers.map(\.bytes.count)
        }
        let (whole, interrupted) = (try lengths(isInterrupted: false), try lengths(isInterrupted: true))
        #expect(interrupted[0] < whole[0] && interrupted[1] < whole[1])
    }

    @Test func namesTheLimitThatItPasses() throws {
        let graph = try JavaGraph(try Fixtures.bytes("java-streams/wide.ser"))
        var plain = PlainJSON(of: graph)
        plain.maximumBytes = 1000
        var typed = try TypedJSON(of: graph, roots: graph.contents)
        typed.maximumBytes = 1000
        #expect(throws: JavaStreamError.self) {
            var writer = JSONWriter()
            try plain.write(graph.content(0), to: &writer)
        }
        let error = #expect(throws: JavaStreamError.self) {
            var writer = JSONWriter()
            try typed.write(graph.content(0), to: &writer)
        }
        #expect(error?.problem == .limit(name: "typedJSONBytes", value: 1000))
    }
}
