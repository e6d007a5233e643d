import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Java values made of JSON.
struct JSONValueTests {
    private static func plain(_ value: GraphEditor.Value) throws -> String {
        var writer = JSONWriter()
        var json = PlainJSON(of: value.graph)
        try json.write(value.node, to: &writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private static func value(
        _ json: String, like: JavaNode? = nil, in graph: JavaGraph = JavaGraph(), _ type: String? = nil
    ) throws -> GraphEditor.Value {
        try NewValue.json(Array(json.utf8)).object(like: like, in: graph, type, "a.b")
    }

    private static func className(_ value: GraphEditor.Value) throws -> String? {
        try value.node.map { try value.graph.value(of: $0).className }
    }

    @Test(arguments: [
        ("5", "java.lang.Integer", "5"), ("-2147483649", "java.lang.Long", "-2147483649"),
        ("9223372036854775808", "java.math.BigInteger", "9223372036854775808"), ("-0", "java.lang.Integer", "0"),
        ("2.5", "java.lang.Double", "2.5"), ("2.50", "java.math.BigDecimal", "2.50"),
        ("1.0", "java.lang.Double", "1.0"),
        ("1e10", "java.lang.Double", "1.0E10"), ("1e400", "java.math.BigDecimal", "1E+400"),
        ("0.1000000000000000055", "java.math.BigDecimal", "0.1000000000000000055"),
        ("-0.0", "java.lang.Double", "-0.0"),
        ("true", "java.lang.Boolean", "true"), (#""a\ud83d""#, "java.lang.String", #""a\ud83d""#),
        (#"{"a":[1,null,{"b.c":"x"}]}"#, "java.util.LinkedHashMap", #"{"a":[1,null,{"b.c":"x"}]}"#),
        ("[]", "java.util.ArrayList", "[]"), (#"{"$base64":"AQID"}"#, "[B", #"{"$base64":"AQID"}"#),
        (#"{"@entries":[[1,2],[null,3]]}"#, "java.util.LinkedHashMap", #"{"@entries":[[1,2],[null,3]]}"#),
    ]) func plainJSONIsOfTheJDK(_ json: String, _ name: String, _ shown: String) throws {
        let made = try Self.value(json)
        #expect(try Self.className(made) == name)
        #expect(try Self.plain(made) == shown)
    }

    @Test(arguments: [
        (#"{"class":"java.lang.Double","bits":"7ff8000000000001"}"#, #""NaN""#),
        (#"{"class":"java.util.Date","value":"2026-01-31T12:00:00Z"}"#, #""2026-01-31T12:00:00Z""#),
        (
            #"{"class":"java.sql.Timestamp","epochMillis":"-877","nanos":123456789}"#,
            #""1969-12-31T23:59:59.123456789Z""#
        ),
        (#"{"class":"java.math.BigDecimal","unscaled":"-1250","scale":2}"#, "-12.50"),
        (#"{"class":"java.math.BigInteger","value":null,"signum":-1,"magnitude":"AQA="}"#, "-256"),
        (#"{"class":"java.time.LocalDate","wireClass":"java.time.Ser","value":"2024-02-29"}"#, #""2024-02-29""#),
        (#"{"class":"[J","length":2,"items":["1",-2]}"#, "[1,-2]"),
        (#"{"class":"[C","string":"a\u0000"}"#, #""a\u0000""#),
        (#"{"class":"[Ljava.lang.Long;","items":[1,null]}"#, "[1,null]"),
        (#"{"class":"java.util.TreeMap","entries":[["a",1],["b",2]]}"#, #"{"a":1,"b":2}"#),
        (#"{"class":"java.util.HashSet","items":[{"class":"java.lang.Long","value":"1"}]}"#, "[1]"),
        (#"{"class":"java.util.LinkedList","id":7,"items":[{"ref":7},"x"]}"#, #"[{"@ref":"$"},"x"]"#),
    ]) func typedJSONIsWhatItSays(_ json: String, _ shown: String) throws {
        #expect(try Self.plain(Self.value(json)) == shown)
    }

    @Test(
        arguments: [
            (#"{"class":"demo.Unknown","classes":[]}"#, "no class demo.Unknown is in this stream", 1),
            (
                #"{"class":"java.util.Locale","value":"de"}"#,
                "cannot be made of a java.util.Locale; new values can be", 1
            ),
            ("[1,\n {\"class\":\"java.lang.Byte\",\"value\":300}]", "[1] cannot be made: '300' is no byte", 2),
            (#"{"class":"java.util.TreeSet","items":["b","a"]}"#, "not in their natural order", 1),
            (#"{"class":"java.util.HashSet","items":["b","b"]}"#, "two of its keys are equal", 1),
            (#"{"a":1,"a":2}"#, "has the key 'a' twice", 1), ("{\"a\":\n{\"ref\":1}}", "no object before it has", 2),
            (#"{"class":"java.lang.String","masked":true}"#, "is masked", 1), ("[1,\n\n]", "line 3, column 1", 3),
            (#"{"class":"[Ljava.lang.String;","items":["1",{"class":"java.util.Date","epochMillis":"1"}]}"#, "Date", 0),
            (#"{"class":"java.util.ArrayList","items":[],"size":3}"#, "'size' says nothing", 1),
            (#"{"class":"java.lang.Character","value":"a","code":98}"#, "different values", 1),
            (#"{"class":"java.util.Date","epochMillis":"1","value":"2026-01-31T12:00:00Z"}"#, "different times", 1),
        ] as [(String, String, Int)]) func refuses(_ json: String, _ reason: String, _ line: Int) throws
    {
        let error = #expect(throws: EditError.self) { try Self.value(json) }
        let text = error?.description ?? ""
        if line > 0 {
            #expect(text.contains(reason) && text.contains("line \(line), column"), "\(text)")
        } else {
            #expect(text.contains("java.util.Date is not"), "\(text)")
        }
    }

    /// A scalar is read as what stands at the place, as text is.
    @Test func scalarsAreOfTheKindOfThePlace() throws {
        var builder = JavaStreamBuilder()
        builder.box(.long(1))
        builder.date(0)
        builder.string("x")
        let graph = try builder.graph()
        #expect(try Self.className(Self.value("5", like: graph.content(0), in: graph)) == "java.lang.Long")
        #expect(
            try Self.className(Self.value(#""2026-01-31T12:00:00Z""#, like: graph.content(1), in: graph))
                == "java.util.Date")
        #expect(throws: EditError.self) { try Self.value("5", like: graph.content(2), in: graph) }
        #expect(try Self.className(Self.value("5", "Ljava/lang/Short;")) == "java.lang.Short")
        #expect(try NewValue.json(Array("5".utf8)).primitive(.byte, "x") == .byte(5))
        #expect(throws: EditError.self) { try NewValue.json(Array("[]".utf8)).primitive(.byte, "x") }
    }

    @Test func depthCostsNoStack() throws {
        let depth = 200_000
        let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let made = try Self.value(text)
        #expect(made.graph.nodeCount > depth)
    }

    /// What typed JSON says of the values in the fixtures, made anew from that alone.
    @Test func typedJSONOfTheFixturesIsMadeAnew() throws {
        var made: [String: Int] = [:]
        let folders = ["java-streams", "jdk-values/jdk-17", "jdk-values/jdk-25"]
        for folder in folders {
            for name in try Fixtures.names(in: folder) where name.hasSuffix(".ser") {
                guard let graph = try? JavaGraph(Fixtures.bytes(folder + "/" + name)) else { continue }
                for node in graph.nodes where graph.kind(of: node).isObject {
                    guard let json = try? Self.typed(graph, node),
                        let value = try? NewValue.json(json).object(like: nil, in: graph, nil, "")
                    else { continue }
                    let again = try Self.typed(value.graph, value.node)
                    #expect(Self.withoutPlaces(again) == Self.withoutPlaces(json), "\(name)")
                    made[graph.className(of: node), default: 0] += 1
                }
            }
        }
        for name in ["java.util.ArrayList", "java.util.LinkedHashMap", "java.util.HashMap", "java.util.HashSet", "[I"] {
            #expect(made[name, default: 0] > 0, "nothing of \(name)")
        }
        #expect(made.keys.contains { $0.hasPrefix("demo.") || $0.hasPrefix("com.") }, "\(made.keys)")
        #expect(made.values.reduce(0, +) > 1000, "\(made)")
    }

    private static func typed(_ graph: JavaGraph, _ node: JavaNode?) throws -> [UInt8] {
        var writer = JSONWriter()
        var typed = try TypedJSON(of: graph, roots: [node])
        try typed.write(node, to: &writer)
        return writer.bytes
    }

    /// Where in the stream a value stands is another matter.
    private static func withoutPlaces(_ json: [UInt8]) -> String {
        String(decoding: json, as: UTF8.self).replacing(#/,?"bytes":\[\d+,\d+\]/#, with: "")
    }
}
