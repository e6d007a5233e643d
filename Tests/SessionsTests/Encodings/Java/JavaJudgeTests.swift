import TestSupport
import Testing

@testable import JavaSerialization
@testable import Sessions

/// What we write, read by a real JDK: it must see what we see.
struct JavaJudgeTests {
    /// Compares what the JVM said of streams with how we read them.
    private static func judge(_ streams: [[UInt8]]) throws -> (compared: Int, differences: [String]) {
        var judge = try JavaJudge()
        for stream in streams { try judge.add(stream) }
        var compared = 0
        var differences: [String] = []
        for (number, verdict) in try judge.verdicts().enumerated() {
            guard case .contents(let expected) = verdict else {
                differences.append("stream \(number): \(verdict)")
                continue
            }
            var writer = JSONWriter()
            try TypedJSON.writeStream(try JavaGraph(streams[number]), to: &writer)
            let actual = try TestJSON(reading: writer.bytes).required("contents")
            let outcome = GroundTruth.compareTyped(expected: expected, actual: actual)
            compared += outcome.compared
            differences += outcome.differences.map { "stream \(number): \($0)" }
        }
        return (compared, differences)
    }

    @Test func tenThousandRandomGraphsAreReadAsWeWroteThem() throws {
        let streams = (0..<10_000).map { RandomValues.stream(seed: UInt64($0)) }
        for stream in streams { #expect(try JavaGraph(stream).encoded() == stream) }
        let (compared, differences) = try Self.judge(streams)
        #expect(Array(differences.prefix(5)) == [])
        #expect(compared > 200_000, "\(compared)")
    }

    @Test func theJDKHasEveryConstantOfThePlatform() throws {
        var streams: [[UInt8]] = []
        for (name, constants) in PlatformEnums.constants {
            for constant in constants {
                var builder = JavaStreamBuilder()
                builder.enumConstant(PlatformShapes.enumeration(name), constant)
                streams.append(builder.bytes)
            }
        }
        let (compared, differences) = try Self.judge(streams)
        #expect(differences == [])
        #expect(streams.count > 100 && compared >= streams.count, "\(compared) of \(streams.count)")
    }

    /// Text of every type that text stands for.
    @Test func newValuesAreReadAsWeReadThem() throws {
        let texts: [(JavaValueType, [String])] = [
            (.string, ["", "a\u{0}é😀"]), (.boolean, ["true"]), (.byte, ["-128"]), (.short, ["32767"]),
            (.integer, ["7"]),
            (.long, ["-9223372036854775808"]), (.float, ["1.5", "NaN"]), (.double, ["-Infinity", "1e-300"]),
            (.character, ["é"]), (.bigInteger, ["-18446744073709551616", "0"]), (.bigDecimal, ["12.50", "-1E+3"]),
            (.date, ["-1", "2026-01-31T13:00:00.123+01:00"]), (.uuid, ["123e4567-e89b-12d3-a456-426614174000"]),
            (.timestamp, ["-1", "1969-12-31T23:59:59.123456789Z"]), (.instant, ["-999999999-01-01T00:00:00.5Z"]),
            (.localDate, ["2024-02-29", "+12345-01-01"]), (.localTime, ["00:00", "12:00", "12:34", "12:34:56.7"]),
            (.localDateTime, ["2026-01-31T00:00:01"]), (.offsetTime, ["12:00-18:00"]),
            (.offsetDateTime, ["2026-01-31T12:00+01:02:03"]),
            (.duration, ["-PT1.5S", "P1DT2H3M4S", "PT-0.000000001S"]),
            (.zonedDateTime, ["2026-01-31T12:00+01:00[Europe/Paris]", "2026-01-31T12:00Z", "2026-07-01T00:00Z[UTC]"]),
            (.period, ["P1Y-2M3D", "-P2W", "P0D"]), (.year, ["-5", "2026"]), (.yearMonth, ["-0001-12"]),
            (.monthDay, ["--02-29"]), (.zoneOffset, ["Z", "-05:30:15"]), (.zoneRegion, ["Europe/Paris"]),
        ]
        #expect(Set(texts.map(\.0)) == Set(JavaValueType.allCases))
        var streams: [[UInt8]] = []
        for (type, texts) in texts {
            for text in texts {
                var builder = JavaStreamBuilder()
                try builder.value(text, as: type)
                streams.append(builder.bytes)
            }
        }
        let (compared, differences) = try Self.judge(streams)
        #expect(differences == [])
        #expect(compared >= 2 * streams.count, "\(compared)")
    }

    /// Values made of JSON, plain and typed.
    @Test func valuesOfJSONAreReadAsWeReadThem() throws {
        let texts = [
            #"{"a":[1,-3000000000,9223372036854775808,2.5,2.50,true,null,"x"],"b":{},"c":[]}"#,
            #"{"class":"java.util.LinkedList","id":1,"items":[{"ref":1},{"class":"[J","items":["1","2"]}]}"#,
            #"{"class":"java.util.TreeMap","entries":[["a",1],["b",{"class":"java.util.TreeSet","items":[1,2,3]}]]}"#,
            #"{"class":"java.util.HashMap","entries":[[1,"x"],[null,{"class":"[Ljava.lang.String;","items":["y",null]}]]}"#,
            #"{"class":"java.util.HashSet","items":[{"class":"java.util.LinkedHashSet","items":["a"]}]}"#,
            #"{"class":"[[I","items":[{"class":"[I","items":[1]},null]}"#, #"{"class":"[C","string":"a\ud83d"}"#,
            #"{"class":"java.sql.Timestamp","epochMillis":"-877","nanos":123456789}"#,
        ]
        let streams = try texts.map { text in
            let (graph, node) = try NewValue.json(Array(text.utf8)).object(like: nil, in: JavaGraph(), nil, "")
            return try graph.stream(of: [node])
        }
        let (compared, differences) = try Self.judge(streams)
        #expect(differences == [])
        #expect(compared > 40, "\(compared)")
    }

    /// Typed JSON that was changed, read back. What the JVM says in another form of the unchanged stream is left out.
    @Test func editedDocumentsAreReadAsWeReadThem() throws {
        var random = SeededRandom(seed: 12)
        var streams: [[UInt8]] = []
        let readable = try Self.readable()
        let unlike = try Self.judge(readable).differences.compactMap { text in
            text.split(separator: ":").first.flatMap { Int($0.dropFirst(7)) }
        }
        for (number, bytes) in readable.enumerated() where !unlike.contains(number) {
            let graph = try JavaGraph(bytes)
            for content in 0..<graph.contentCount {
                let edits = (try? EditedDocument.all(of: graph, content, &random)) ?? []
                streams += edits.prefix(12).compactMap { try? $0.encoded() }
            }
        }
        let (compared, differences) = try Self.judge(streams)
        #expect(Array(differences.prefix(5)) == [])
        #expect(streams.count > 300 && compared > 5000, "\(streams.count) \(compared)")
    }

    /// An element or entry more, and one less, at the first, a middle and the last place of every collection of values whose classes a
    /// JVM has here.
    @Test func editedCollectionsAreReadAsWeReadThem() throws {
        var streams: [[UInt8]] = []
        for bytes in try Self.readable() {
            let graph = try JavaGraph(bytes)
            for (node, count) in Self.collections(in: graph) {
                streams += try Set([0, count / 2, count]).sorted().flatMap { try Self.edits(of: graph, node, at: $0) }
            }
        }
        let (compared, differences) = try Self.judge(streams)
        #expect(Array(differences.prefix(5)) == [])
        #expect(streams.count > 300 && compared > 20_000, "\(streams.count) \(compared)")
    }

    private static func edits(of graph: JavaGraph, _ node: JavaNode, at place: Int) throws -> [[UInt8]] {
        var builder = JavaStreamBuilder()
        builder.string("put in by a test")
        builder.beginList(count: 1)
        builder.box(.long(-77))
        builder.endList()
        let new = try builder.graph()
        var streams: [[UInt8]] = []
        for isRemoval in [false, true] {
            var editor = GraphEditor(of: graph)
            do throws(JavaEditError) {
                if isRemoval {
                    try editor.remove(at: place, from: node)
                } else if case .map? = try? graph.value(of: node).content {
                    try editor.insert(key: (new, new.content(0)), (new, new.content(1)), in: node)
                } else {
                    try editor.insert((new, new.content(0)), at: place, in: node)
                }
            } catch {
                continue
            }
            streams.append(try editor.encoded())
        }
        return streams
    }

    /// Values of the stores' fixtures, some of each, and of the JDK, of classes that the judge has.
    private static func readable() throws -> [[UInt8]] {
        var streams: [[UInt8]] = []
        // Exceptions hold lists of exceptions alone.
        for name in try Fixtures.names(in: "jdk-values/jdk-17") where name.hasSuffix(".ser") && name != "throwables.ser"
        {
            streams.append(try Fixtures.bytes("jdk-values/jdk-17/" + name))
        }
        for store in try FixtureStore.all() {
            let values = try store.records().flatMap { record -> [[UInt8]] in
                guard case .hash(let fields) = record.content else { return [] }
                return fields.map(\.value)
            }
            streams += values.enumerated().filter { $0.offset % 3 == 0 && $0.element.count < 20_000 }.map(\.element)
        }
        return streams.filter { bytes in
            guard bytes.starts(with: [0xAC, 0xED]), let graph = try? JavaGraph(bytes) else { return false }
            // Sets in wrappers the JVM shows in the order of its own table.
            return graph.classNames.allSatisfy { name in
                ["java.", "[", "demo.shop."].contains { name.hasPrefix($0) } && !name.contains("org.")
                    && !(name.hasPrefix("java.util.Collections$") && name.contains("Set")) && !name.contains("$Empty")
            }
        }
    }

    private static func collections(in graph: JavaGraph) -> [(node: JavaNode, count: Int)] {
        (0..<graph.nodeCount).compactMap { index in
            guard let node = JavaNode(Int32(index)) else { return nil }
            switch try? graph.value(of: node).content {
            case .sequence(let sequence): return (node, sequence.elements.count)
            case .map(let map): return (node, map.keys.count)
            default: return nil
            }
        }
    }
}
