import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// What was changed in typed JSON, as changes of the graph.
struct TypedDocumentTests {
    private static let item = [
        ClassShape(
            "demo.Item", uid: 7, flags: 2,
            fields: [
                .init("price", "D"), .init("qty", "I"), .init("name", "Ljava/lang/String;"),
                .init("next", "Ldemo/Item;"), .init("when", "Ljava/util/Date;"),
            ])
    ]
    private static let color = [
        ClassShape("demo.Color", uid: 0, flags: 18), ClassShape("java.lang.Enum", uid: 0, flags: 18),
    ]

    private static func add(
        _ name: String, to builder: inout JavaStreamBuilder, next: (inout JavaStreamBuilder) -> Void = { $0.null() }
    ) {
        builder.beginObject(item)
        builder.primitive(.double(2.5))
        builder.primitive(.int(1))
        builder.string(name)
        next(&builder)
        builder.date(0)
    }

    /// A map with a list of items, a set, a sorted map, arrays, a constant, a shared map and a map that holds itself.
    private static func sample() throws -> JavaGraph {
        var builder = JavaStreamBuilder()
        builder.beginMap(.linked, count: 9)
        builder.string("items")
        builder.beginList(count: 3)
        add("a", to: &builder)
        add("b", to: &builder)
        add("c", to: &builder) { add("d", to: &$0) }
        builder.endList()
        builder.string("set")
        builder.beginSet(.hashed, count: 2)
        builder.string("x")
        builder.string("y")
        builder.endSet()
        builder.string("sorted")
        builder.beginTreeMap(count: 2)
        builder.box(.int(1))
        builder.string("one")
        builder.box(.int(5))
        builder.string("five")
        builder.endMap(.hashed)
        builder.string("ints")
        builder.array(of: .int, [1, 2, 3].flatMap { JavaPrimitive.int($0).bytes })
        builder.string("bytes")
        builder.array(of: .byte, [1, 2, 3])
        builder.string("color")
        builder.enumConstant(color, "RED")
        builder.string("shared")
        builder.beginList(count: 2)
        let shared = builder.beginMap(.hashed, count: 1)
        builder.string("n")
        builder.box(.long(1))
        builder.endMap(.hashed)
        builder.reference(shared)
        builder.endList()
        builder.string("cycle")
        let cycle = builder.beginMap(.linked, count: 2)
        builder.string("self")
        builder.reference(cycle)
        builder.string("n")
        builder.box(.int(1))
        builder.endMap(.linked)
        builder.string("null")
        builder.null()
        builder.endMap(.linked)
        return try builder.graph()
    }

    private static func typed(_ graph: JavaGraph) throws -> String {
        var writer = JSONWriter()
        var typed = try TypedJSON(of: graph, roots: graph.contents)
        try typed.write(graph.content(0), to: &writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private static func plain(_ graph: JavaGraph) throws -> String {
        var writer = JSONWriter()
        var json = PlainJSON(of: graph)
        try json.write(graph.content(0), to: &writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private static func document(_ graph: JavaGraph, _ edit: (String) -> String) throws -> TypedDocument {
        let before = try typed(graph)
        let after = edit(before)
        #expect(after != before, "the test edits nothing")
        return try TypedDocument(
            graph: graph, before: JSONReader.read(Array(before.utf8)).root,
            after: JSONReader.read(Array(after.utf8)).root, path: "a")
    }

    private static func edited(
        _ graph: JavaGraph, _ edit: (String) -> String
    ) throws -> (changes: [String], graph: JavaGraph) {
        let document = try document(graph, edit)
        var editor = GraphEditor(of: graph)
        try document.apply(to: &editor)
        return (document.changes.map(\.description), try JavaGraph(editor.encoded()))
    }

    /// One replacement in the text, the change that it is, and what is otherwise in plain JSON: nothing else.
    @Test(
        arguments: [
            (#""value":"a""#, #""value":"é""#, #"a.items[0].name: "a" → "é""#, #""name":"a""#, #""name":"é""#),
            (
                #""class":"int","value":1"#, #""class":"int","value":-7"#, "a.items[0].qty: 1 → -7", #""qty":1"#,
                #""qty":-7"#
            ),
            (
                #""value":"2.5","bits""#, #""value":"3.5","bits""#, "a.items[0].price: 2.5 → 3.5", #""price":2.5"#,
                #""price":3.5"#
            ),
            (
                #""bits":"4004000000000000""#, #""bits":"4008000000000000""#, "a.items[0].price: 2.5 → 2.5",
                #""price":2.5"#, #""price":3.0"#
            ),
            (
                #""epochMillis":"0""#, #""epochMillis":"1000""#,
                "a.items[0].when: 1970-01-01T00:00:00Z → 1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z",
                "1970-01-01T00:00:01Z"
            ),
            (
                #""value":"1970-01-01T00:00:00Z""#, #""value":"1970-01-01T00:00:02Z""#,
                "a.items[0].when: 1970-01-01T00:00:00Z → 1970-01-01T00:00:02Z", "1970-01-01T00:00:00Z",
                "1970-01-01T00:00:02Z"
            ),
            (
                #""items":[1,2,3]"#, #""items":[1,2,3,4]"#, "a.ints[3]: nothing → 4", "[1,2,3]",
                "[1,2,3,4]"
            ),
            (
                #""base64":"AQID""#, #""base64":"AQI=""#, "a.bytes: byte[] of about 3 bytes → byte[] of about 3 bytes",
                "AQID", "AQI="
            ),
            (
                #""value":"1""#, #""value":"2""#, "a.shared[0].n: 1 → 2", #"{"n":1}"#, #"{"n":2}"#
            ),
        ])
    func changesAPlace(_ old: String, _ new: String, _ change: String, _ plain: String, _ after: String) throws {
        let graph = try Self.sample()
        let result = try Self.edited(graph) { $0.replacing(old, with: new, maxReplacements: 1) }
        #expect(result.changes == [change])
        #expect(
            try Self.plain(result.graph) == Self.plain(graph).replacing(plain, with: after, maxReplacements: 1))
    }

    // MARK: Elements and entries

    /// The text of each of the members `items` or `entries` behind `"name"`.
    private static func parts(_ text: String, _ name: String, _ member: String) throws -> [String] {
        let root = try JSONReader.read(Array(text.utf8)).root
        for entry in root["entries"]?.array.map({ Array($0) }) ?? [] {
            let halves = entry.array.map { Array($0) } ?? []
            guard halves[0]["value"]?.string?.text == name, let items = halves[1][member]?.array else { continue }
            return items.map { String(decoding: $0.document.source[$0.sourceRange], as: UTF8.self) }
        }
        return []
    }

    private static func changing(
        _ name: String, _ member: String, _ text: String, _ body: (inout [String]) -> Void
    ) throws -> String {
        let before = try parts(text, name, member)
        var after = before
        body(&after)
        return text.replacing(before.joined(separator: ","), with: after.joined(separator: ","))
    }

    private static let newItem =
        #"{"class":"demo.Item","classes":[{"name":"demo.Item","fields":{"price":1.5,"qty":9,"#
        + #""name":"new","next":NEXT,"when":"2026-01-31T12:00:00Z"}}]}"#

    @Test(
        arguments: [
            (["0", "1", "2", "N"], ["a.items[3]: nothing → a Item"], "abcn"),
            (["N", "0", "1", "2"], ["a.items[0]: nothing → a Item"], "nabc"),
            (["0", "N", "1", "2"], ["a.items[1]: nothing → a Item"], "anbc"),
            (["1", "2"], ["a.items[0]: a Item → nothing"], "bc"), (["0", "2"], ["a.items[1]: a Item → nothing"], "ac"),
            (["0", "1"], ["a.items[2]: a Item → nothing"], "ab"), ([], nil, ""),
            (["2", "0", "1"], ["a.items: the order of 3 → another order"], "cab"),
            (["0", "N", "2"], ["a.items[1]: a Item → a Item"], "anc"),
            (["0", "1", "2", "0"], ["a.items[3]: nothing → a Item"], "abca"),
        ] as [([String], [String]?, String)])
    func changesAList(_ order: [String], _ changes: [String]?, _ names: String) throws {
        let graph = try Self.sample()
        let result = try Self.edited(graph) { text in
            (try? Self.changing("items", "items", text) { items in
                let old = items
                items = order.map { word in
                    Int(word).map { old[$0] } ?? Self.newItem.replacing("NEXT", with: "null")
                }
            }) ?? text
        }
        if let changes { #expect(result.changes == changes) } else { #expect(result.changes.count == 3) }
        let plain = try Self.plain(result.graph)
        let list = plain.prefix(upTo: try #require(plain.firstRange(of: #""set""#)).lowerBound)
        let shown = list.split(separator: #""name":""#).dropFirst().map { String($0.prefix(1)) }.joined()
        #expect(shown.replacing("d", with: "") == (names == "abca" ? "abc" : names))
        let rest = plain.suffix(from: try #require(plain.firstRange(of: #""set""#)).lowerBound)
        #expect(try Self.plain(graph).hasSuffix(rest))
        guard names == "abca", let map = result.graph.content(0),
            case .map(let entries) = try result.graph.value(of: map).content,
            let items = entries.values[0], case .sequence(let sequence) = try result.graph.value(of: items).content
        else { return }
        #expect(sequence.elements[0] == sequence.elements[3])
    }

    /// A new object may hold objects that are there, which stay what they are.
    @Test func aNewObjectHoldsOldOnes() throws {
        let graph = try Self.sample()
        let result = try Self.edited(graph) { text in
            (try? Self.changing("items", "items", text) { items in
                items[0] = Self.newItem.replacing(
                    "NEXT", with: items[0].replacing(#""value":"a""#, with: #""value":"A""#))
            }) ?? text
        }
        #expect(result.changes == ["a.items[0]: a Item → a Item", #"a.items[0].next.name: "a" → "A""#])
        let plain = try Self.plain(result.graph)
        #expect(
            plain.contains(#""name":"new","next":{"@class":"demo.Item","price":2.5,"qty":1,"name":"A""#), "\(plain)")
    }

    @Test(
        arguments: [
            ("set", "items", #"["z",0]"#, ["a.set[0]: nothing → \"z\"", "a.set[1]: \"y\" → nothing"], #"["z","x"]"#),
            ("set", "items", #"[1]"#, nil, #"["y"]"#), ("set", "items", #"["x",1]"#, nil, #"["x","y"]"#),
            (
                "sorted", "entries", #"[[3,"three"],0,1]"#, ["a.sorted[#0]: nothing → \"three\""],
                #"{"@entries":[[1,"one"],[3,"three"],[5,"five"]]}"#
            ),
            ("sorted", "entries", "[1]", ["a.sorted[#0]: \"one\" → nothing"], #"{"@entries":[[5,"five"]]}"#),
            (
                "cycle", "entries", #"[0,["m",null],1]"#, ["a.cycle.m: nothing → null"],
                #"{"self":{"@ref":"$.cycle"},"m":null,"n":1}"#
            ),
            ("cycle", "entries", #"[0]"#, ["a.cycle.n: 1 → nothing"], #"{"self":{"@ref":"$.cycle"}}"#),
        ] as [(String, String, String, [String]?, String)])
    func changesSetsAndMaps(
        _ name: String, _ member: String, _ after: String, _ changes: [String]?, _ shown: String
    ) throws {
        let graph = try Self.sample()
        let result = try Self.edited(graph) { text in
            (try? Self.changing(name, member, text) { items in
                let old = items
                let wanted = (try? JSONReader.read(Array(after.utf8)).root.array.map { Array($0) }) ?? []
                items = wanted.map { node in
                    let word = String(decoding: node.document.source[node.sourceRange], as: UTF8.self)
                    return Int(word).map { old[$0] } ?? (node.kind == .string ? "\"\(word)\"" : word)
                }
            }) ?? text
        }
        if let changes { #expect(result.changes.sorted() == changes.sorted()) }
        let plain = try Self.plain(result.graph)
        #expect(plain.contains("\"\(name)\":\(shown)"), "\(plain)")
    }

    /// A reference takes the object to another place, and null leaves it.
    @Test func referencesKeepIdentity() throws {
        let graph = try Self.sample()
        let result = try Self.edited(graph) {
            $0.replacing(#""null"},null"#, with: #""null"},{"ref":1}"#)
                .replacing(
                    #"[{"class":"java.lang.String","value":"null","bytes""#,
                    with: #"[{"class":"java.lang.String","value":"null","bytes""#
                )
                .replacing(#/("value":"null","bytes":\[\d+,\d+\]\}),null/#) { $0.output.1 + #",{"ref":1}"# }
        }
        #expect(result.changes == ["a.null: null → the object 1"])
        #expect(try Self.plain(result.graph).hasSuffix(#""null":{"@ref":"$.shared[0]"}}"#))
    }

    // MARK: What is refused

    @Test(arguments: [
        (#""class":"java.util.LinkedHashMap""#, #""class":"java.util.HashMap""#, "another 'class'"),
        (#""suid":"7""#, #""suid":"8""#, "another 'suid' of a class"),
        (#""flags":2"#, #""flags":3"#, "another 'flags'"),
        (#""unordered":true"#, #""unordered":false"#, "another 'unordered'"),
        (#""length":3"#, #""length":4"#, "another 'length'"),
        (#""bytes":[4,"#, #""bytes":[5,"#, "no value of this document"),
        (#","name":{"class""#, #","nam":{"class""#, "name is missing"), (#""qty":{"#, #""x":1,"qty":{"#, "a field 'x'"),
        (#""class":"int","value":1"#, #""class":"int","value":1.5"#, "'1.5' is no int"),
        (#""class":"int","value":1"#, #""class":"long","value":1"#, "of the type int"),
        (#""next":null"#, #""next":"x""#, "Item"), (#""next":null"#, #""next":{"ref":99}"#, "an id that no object has"),
        (#""value":5"#, #""value":1"#, "are equal"), (#""ref":1"#, #""$masked":[4,5]"#, "stands for no value"),
        (#""class":"java.util.HashSet""#, #""class":"java.util.HashSet","size":5"#, "another 'size'"),
        (#""enum":"RED""#, #""enum":"BLUE""#, "only the application knows"),
    ])
    func refuses(_ old: String, _ new: String, _ reason: String) throws {
        let graph = try Self.sample()
        let error = #expect(throws: DocumentError.self) {
            try Self.document(graph) { $0.replacing(old, with: new, maxReplacements: 1) }
        }
        #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
    }

    /// Two texts of one object contradict each other; without its range one of them is an object of its own.
    @Test func oneObjectHasOneContent() throws {
        let graph = try Self.sample()
        let copied: (String, Bool) -> String = { text, isNew in
            (try? Self.changing("items", "items", text) { items in
                var copy = items[0].replacing(#""value":1"#, with: #""value":2"#)
                if isNew {
                    copy = copy.replacing(#/,"bytes":\[\d+,\d+\]/#, with: "").replacing(
                        #/"bytes":\[\d+,\d+\],/#, with: "")
                }
                items.append(copy)
            }) ?? text
        }
        let error = #expect(throws: DocumentError.self) { try Self.document(graph) { copied($0, false) } }
        #expect(error?.description.contains("is the same object as a.items[0]") == true, "\(String(describing: error))")
        let result = try Self.edited(graph) { copied($0, true) }
        #expect(result.changes == ["a.items[3]: nothing → a Item"])
        #expect(try Self.plain(result.graph).contains(#""qty":2,"name":"a""#))
    }

    /// A masked value stays what it is wherever it is put, and can be given a new one.
    @Test func maskedValuesAreKept() throws {
        var builder = JavaStreamBuilder()
        builder.beginMap(.linked, count: 2)
        builder.string("password")
        builder.string("hunter2")
        builder.string("name")
        builder.string("x")
        builder.endMap(.linked)
        let graph = try builder.graph()
        var writer = JSONWriter()
        var typed = try TypedJSON(of: graph, roots: graph.contents)
        typed.reveal = false
        try typed.write(graph.content(0), to: &writer)
        let before = try MaskedMarks.marked(writer.bytes)
        let text = String(decoding: before, as: UTF8.self)
        #expect(text.contains(#"{"$masked":["#) && !text.contains("hunter2"))
        for (after, shown) in [
            (text.replacing(#""value":"x""#, with: #""value":"y""#), #"{"password":"hunter2","name":"y"}"#),
            (text.replacing(#/\{"\$masked":\[\d+,\d+\]\}/#, with: #""new""#), #"{"password":"new","name":"x"}"#),
        ] {
            let document = try TypedDocument(
                graph: graph, before: JSONReader.read(before).root, after: JSONReader.read(Array(after.utf8)).root,
                path: "a")
            #expect(document.changes.count == 1)
            var editor = GraphEditor(of: graph)
            try document.apply(to: &editor)
            var plain = JSONWriter()
            let edited = try JavaGraph(editor.encoded())
            var json = PlainJSON(of: edited)
            json.reveal = true
            try json.write(edited.content(0), to: &plain)
            #expect(String(decoding: plain.bytes, as: UTF8.self) == shown)
        }
    }

    @Test func depthCostsNoStackAndLittleTime() throws {
        let depth = 20_000
        let text = String(repeating: "[", count: depth) + "1" + String(repeating: "]", count: depth)
        let (made, _) = try NewValue.json(Array(text.utf8)).object(like: nil, in: JavaGraph(), nil, "")
        let result = try Self.edited(made) { $0.replacing(#""value":1"#, with: #""value":2"#) }
        #expect(result.changes.count == 1)
        #expect(try Self.plain(result.graph).contains("[2]"))
    }
}
