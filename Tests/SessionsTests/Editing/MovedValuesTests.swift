import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Values of one attribute in another one, where each is a stream of its own.
struct MovedValuesTests {
    /// A session of streams, and its text.
    private static func document(_ values: [(name: String, bytes: [UInt8])]) throws -> AttributeDocument {
        let long: [UInt8] = try stream { $0.box(.long(1_000_000)) }
        let fields = [
            ("creationTime", long), ("lastAccessedTime", long),
            ("maxInactiveInterval", try stream { $0.box(.int(1800)) }),
        ]
        let session = PlannedSession("s:sessions:a", fields + values.map { ("sessionAttr:" + $0.name, $0.bytes) })
        let group = try session.group()
        let attributes = group.session.attributes ?? []
        var text = "{"
        for attribute in attributes {
            guard case .java(let graph, _) = attribute.value.decoded() else { continue }
            var writer = JSONWriter()
            var typed = try TypedJSON(of: graph, roots: graph.contents)
            try typed.write(graph.content(0), to: &writer)
            text +=
                (text.count > 1 ? "," : "") + "\"" + String(decoding: attribute.name, as: UTF8.self) + "\":"
                + String(decoding: writer.bytes, as: UTF8.self)
        }
        return AttributeDocument(group, of: attributes, before: try JSONReader.read(Array((text + "}").utf8)))
    }

    private static func stream(_ write: (inout JavaStreamBuilder) -> Void) throws -> [UInt8] {
        var builder = JavaStreamBuilder()
        write(&builder)
        return builder.bytes
    }

    private static func list(_ texts: String...) throws -> [UInt8] {
        try stream { builder in
            builder.beginList(count: Int32(texts.count))
            for text in texts { builder.string(text) }
            builder.endList()
        }
    }

    /// What the attributes hold after an edit of the text.
    private static func edited(
        _ document: AttributeDocument, _ replacements: [(String, String)]
    ) throws -> (values: [String: String], changes: [String]) {
        var text = String(decoding: document.before.source, as: UTF8.self)
        for (old, new) in replacements {
            let range = try #require(text.firstRange(of: old), "\(old) is not in \(text)")
            text.replaceSubrange(range, with: new)
        }
        let (edit, changes) = try document.edit(to: Array(text.utf8))
        var values: [String: String] = [:]
        for change in edit.changes {
            guard case .set(.stored(let bytes)) = change.operation else { continue }
            let graph = try JavaGraph(bytes)
            var writer = JSONWriter()
            var json = PlainJSON(of: graph)
            try json.write(graph.content(0), to: &writer)
            values[change.path] = String(decoding: writer.bytes, as: UTF8.self)
        }
        return (values, changes.map(\.description))
    }

    /// The text of an attribute's value.
    private static func shown(_ document: AttributeDocument, _ name: String) throws -> String {
        String(decoding: try #require(document.before.root[name]).text, as: UTF8.self)
    }

    /// Whatever stands at the same byte of the other stream: nothing, a value as long, or one of another class.
    @Test(arguments: [
        ["xx", "dark"], ["dark"], ["light", "dark"], ["a", "b", "dark"], [String(repeating: "y", count: 60)],
    ]) func aValueBecomesACopyWhereverItStood(_ texts: [String]) throws {
        let theme = try Self.stream { $0.string("dark") }
        let others = try Self.stream { builder in
            builder.beginList(count: Int32(texts.count))
            for text in texts { builder.string(text) }
            builder.endList()
        }
        let document = try Self.document([("theme", theme), ("list", others)])
        let value = try Self.shown(document, "theme")
        let (values, changes) = try Self.edited(
            document, [(#""items":["#, #""items":["# + value + ","), ("\"theme\":" + value, "\"theme\":null")])
        let list = "[" + (["dark"] + texts).map { "\"\($0)\"" }.joined(separator: ",") + "]"
        #expect(values == ["['list']": list, "['theme']": "null"], "\(values) \(changes)")
    }

    @Test func twoValuesChangePlaces() throws {
        for (one, other) in [("dark", "late"), ("a", "something longer")] {
            let document = try Self.document([
                ("one", try Self.stream { $0.string(one) }), ("two", try Self.stream { $0.string(other) }),
            ])
            let (first, second) = (try Self.shown(document, "one"), try Self.shown(document, "two"))
            let (values, changes) = try Self.edited(
                document, [("\"one\":" + first, "\"one\":" + second), ("\"two\":" + second, "\"two\":" + first)])
            #expect(values == ["['one']": "\"\(other)\"", "['two']": "\"\(one)\""], "\(values)")
            #expect(changes == ["one: \"\(one)\" → \"\(other)\" (a copy)", "two: \"\(other)\" → \"\(one)\" (a copy)"])
        }
    }

    /// Classes that could not be made of their text, and objects that are one in several places.
    @Test func identityAndClassesAreKept() throws {
        let vectors = try JavaGraph(Fixtures.bytes("java-streams/lists.ser"))
        let vector = try #require(
            vectors.contents.compactMap { $0 }.first { vectors.className(of: $0) == "java.util.Vector" })
        let shared = try Self.stream { builder in
            builder.beginList(count: 2)
            let inner = builder.beginList(count: 0)
            builder.endList()
            builder.reference(inner)
            builder.endList()
        }
        let document = try Self.document([
            ("v", try vectors.stream(of: [vector])), ("pair", shared), ("list", try Self.list("x")),
        ])
        let (v, pair) = (try Self.shown(document, "v"), try Self.shown(document, "pair"))
        let (values, _) = try Self.edited(
            document, [(try Self.shown(document, "list"), #"{"class":"java.util.ArrayList","items":[\#(v),\#(pair)]}"#)]
        )
        let list = try #require(values["['list']"])
        #expect(list.hasSuffix(#",[[],{"@ref":"$[1][0]"}]]"#), "\(list)")
    }

    @Test func aNewAttributeTakesThemToo() throws {
        let vectors = try JavaGraph(Fixtures.bytes("java-streams/lists.ser"))
        let vector = try #require(
            vectors.contents.compactMap { $0 }.first { vectors.className(of: $0) == "java.util.Vector" })
        let document = try Self.document([("v", try vectors.stream(of: [vector])), ("list", try Self.list("x"))])
        let v = try Self.shown(document, "v")
        let plain = try Self.edited(document, [("{\"list\":", "{\"n\":\(v),\"list\":")]).values["['n']"]
        let inside = try Self.edited(document, [("{\"list\":", "{\"n\":[1,\(v)],\"list\":")])
        #expect(inside.values["['n']"] == "[1,\(plain ?? "")]", "\(inside)")
        #expect(inside.changes == ["n: nothing → a list of 2 (a copy)"])
    }

    @Test(arguments: [
        (#"{"long":"#, #"{"n":{"class":"java.lang.String","value":"x","bytes":[4,1234]},"long":"#),
        (#"{"long":"#, #"{"n":[{"class":"java.lang.Integer","value":5,"bytes":[4,4]}],"long":"#),
        (#"{"long":"#, #"{"n":{"class":"java.util.ArrayList","bytes":[5,6],"items":[]},"long":"#),
        (#""v":{"#, #""v":{"class":"java.lang.String","value":"x","bytes":[4,1234]},"w":{"#),
        // Changed and moved: nobody could tell whose bytes they are.
        (#""v":{"#, #""v":[{"class":"java.lang.Long","value":"7","bytes":[4,78]}],"w":{"#),
    ]) func bytesThatNoValueHasAreRefused(_ old: String, _ new: String) throws {
        let document = try Self.document([
            ("v", try Self.stream { $0.string("dark") }), ("long", try Self.stream { $0.box(.long(5)) }),
        ])
        do {
            let outcome = try Self.edited(document, [(old, new)])
            Issue.record("\(outcome)")
        } catch let error as DocumentError {
            #expect(error.description.contains("bytes at which no value of this document is"), "\(error)")
        }
    }

    /// An id of this attribute that an object which was moved here has as well leads to neither.
    @Test func anIdThatTwoObjectsHaveIsRefused() throws {
        func shared(_ count: Int32) throws -> [UInt8] {
            try Self.stream { builder in
                builder.beginList(count: count)
                let inner = builder.beginList(count: 1)
                builder.box(.int(count))
                builder.endList()
                for _ in 1..<count { builder.reference(inner) }
                builder.endList()
            }
        }
        let document = try Self.document([("one", try shared(2)), ("two", try shared(3))])
        let one = try Self.shown(document, "one")
        let two = try Self.shown(document, "two")
        #expect(one.contains(#"{"ref":1}"#) && two.contains(#"{"ref":1}"#), "\(one) \(two)")
        // The object alone, and with one more reference.
        let start = try #require(two.firstRange(of: #""items":["#))
        var longer = two
        longer.replaceSubrange(start, with: #""items":["# + one + ",")
        let (values, _) = try Self.edited(document, [("\"two\":" + two, "\"two\":" + longer)])
        #expect(values["['two']"] == #"[[[2],{"@ref":"$[0][0]"}],[3],{"@ref":"$[1]"},{"@ref":"$[1]"}]"#, "\(values)")
        longer.replaceSubrange(try #require(longer.firstRange(of: one)), with: one + #",{"ref":1}"#)
        do {
            Issue.record("\(try Self.edited(document, [("\"two\":" + two, "\"two\":" + longer)]))")
        } catch let error as DocumentError {
            #expect(error.description.contains("refers to an id that an object of this attribute has"), "\(error)")
        }
    }
}
