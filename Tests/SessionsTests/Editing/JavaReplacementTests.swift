import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Plain JSON, bytes and text in the place of a value: the class that stands there stays, or the value is refused.
struct JavaReplacementTests {
    private static func steps(_ path: String) throws -> [AttributePath.Step] { try AttributePath("a" + path).steps }

    private static func json(_ text: String) -> NewValue { .json(Array(text.utf8)) }

    private static func applied(
        _ value: NewValue, _ graph: JavaGraph, _ path: String = "", content: Int = 0
    ) throws -> JavaGraph {
        try JavaGraph(JavaPathEdit(graph: graph, content: content, name: "a").applying(.set(value), at: steps(path)))
    }

    private static func plain(_ graph: JavaGraph, _ node: JavaNode?) throws -> String {
        var writer = JSONWriter()
        var json = PlainJSON(of: graph)
        try json.write(node, to: &writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private static func refusal(_ value: NewValue, _ graph: JavaGraph, _ path: String = "", content: Int = 0) -> String
    {
        do {
            let after = try applied(value, graph, path, content: content)
            return "not refused: " + ((try? plain(after, after.content(content))) ?? "")
        } catch {
            return "\(error)"
        }
    }

    /// A map of values of several classes.
    private static func sample() throws -> JavaGraph {
        var builder = JavaStreamBuilder()
        builder.beginMap(.linked, count: 7)
        builder.string("longs")
        builder.beginList(count: 2)
        builder.box(.long(1))
        builder.box(.long(2))
        builder.endList()
        builder.string("set")
        builder.beginSet(.hashed, count: 1)
        builder.string("a")
        builder.endSet()
        builder.string("sorted")
        builder.beginTreeMap(count: 2)
        builder.box(.int(1))
        builder.string("one")
        builder.box(.int(5))
        builder.string("five")
        builder.endMap(.hashed)
        builder.string("text")
        builder.string("x")
        builder.string("bytes")
        builder.array(of: .byte, [1, 2])
        builder.string("ints")
        builder.array(of: .int, [0, 0, 0, 1])
        builder.string("when")
        builder.date(0)
        builder.endMap(.linked)
        return try builder.graph()
    }

    @Test(arguments: [
        (".set", #"["b","c"]"#, "java.util.HashSet", #"["b","c"]"#), (".set", "[]", "java.util.HashSet", "[]"),
        (".longs", "[7]", "java.util.ArrayList", "[7]"),
        (".sorted", #"{"5":"x","3":"y"}"#, "java.util.TreeMap", #"{"@entries":[[3,"y"],[5,"x"]]}"#),
        (".sorted", #"{"@entries":[[9,"x"]]}"#, "java.util.TreeMap", #"{"@entries":[[9,"x"]]}"#),
        (".ints", "[1,-2]", "[I", "[1,-2]"), (".bytes", #"{"$base64":"AQID"}"#, "[B", #"{"$base64":"AQID"}"#),
        (".bytes", "[9]", "[B", #"{"$base64":"CQ=="}"#), (".text", "null", "", "null"), (".set", "null", "", "null"),
        ("", #"{"set":["z"],"new":[1]}"#, "java.util.LinkedHashMap", #"{"set":["z"],"new":[1]}"#),
    ]) func theClassThatStandsThereStays(
        _ path: String, _ json: String, _ name: String, _ shown: String
    ) throws {
        let after = try Self.applied(Self.json(json), Self.sample(), path)
        let value = try JavaPathWalk(graph: after).value(from: after.content(0), steps: Self.steps(path))
        guard case .java(_, let node) = value else {
            Issue.record("no object")
            return
        }
        #expect(node.map { after.className(of: $0) } ?? "" == name)
        #expect(try Self.plain(after, node) == shown)
    }

    /// What is inside of a collection is of the classes that were there.
    @Test func elementsAndEntriesKeepTheirClasses() throws {
        let graph = try Self.sample()
        let after = try Self.applied(Self.json(#"{"set":["z"],"longs":[3],"when":5}"#), graph)
        let names = try ["set", "longs[0]", "when"].map { path -> String in
            let walk = JavaPathWalk(graph: after)
            guard case .java(_, let node?) = try walk.value(from: after.content(0), steps: Self.steps("." + path))
            else {
                return ""
            }
            return after.className(of: node)
        }
        #expect(names == ["java.util.HashSet", "java.lang.Long", "java.util.Date"])
    }

    @Test(arguments: [
        (".set", json(#"{"a":1}"#), "holds a java.util.HashSet, and this would put a java.util.LinkedHashMap there"),
        (".set", json("5"), "json:[…] gives it other elements, --append one more"),
        (".set", json("5"), "--type Integer says so"), (".set", .bytes([1]), "would put a byte[] there"),
        (".text", .bytes([1]), #"json:{"class":"[B","base64":"…"} says so"#),
        (".text", json("5"), "holds a java.lang.String, and this would put a java.lang.Integer there"),
        (".text", json("[1]"), #"json:{"class":"java.util.ArrayList","items":[…]} says so"#),
        (".when", json("[1]"), "holds a java.util.Date"), (".longs", json(#"["x"]"#), "'x' is no long"),
        (".sorted", json("[1]"), "json:{…} gives it other entries"), (".ints", json("[\"x\"]"), "'x' is no int"),
        ("", json(#"{"set":{"a":1}}"#), "a.set holds a java.util.HashSet"),
        (".sorted", json(#"{"x":1}"#), "'x' is no int"), (".set", json(#"["a","a"]"#), "are equal"),
    ]) func whatWouldBeOfAnotherClassIsRefused(_ path: String, _ value: NewValue, _ reason: String) throws {
        let text = Self.refusal(value, try Self.sample(), path)
        #expect(text.contains(reason), "\(text)")
    }

    @Test(arguments: [
        (".set", json(#"{"class":"java.util.ArrayList","items":[]}"#)), (".set", .text("x", type: .string)),
        (".text", json(#"{"class":"[B","base64":"AQ=="}"#)), (".text", .text("5", type: .integer)), (".when", .null),
    ]) func anotherClassCanBeSaid(_ path: String, _ value: NewValue) throws {
        _ = try Self.applied(value, Self.sample(), path)
    }

    /// What `get` prints of a value of the fixtures puts an equal one there, of the same class, and a JVM reads it so; or it is refused.
    @Test func whatWasPrintedIsOfTheSameClassAgain() throws {
        var made: [String: Int] = [:]
        var judge = try JavaJudge()
        var expected: [(name: String, class: String, text: String)] = []
        for folder in ["java-streams", "jdk-values/jdk-17"] {
            for name in try Fixtures.names(in: folder) where name.hasSuffix(".ser") {
                guard let graph = try? JavaGraph(Fixtures.bytes(folder + "/" + name)) else { continue }
                for content in 0..<graph.contentCount {
                    guard let node = graph.content(content), graph.kind(of: node).isObject,
                        let text = try? Self.plain(graph, node),
                        let after = try? Self.applied(Self.json(text), graph, content: content),
                        let new = after.content(content)
                    else { continue }
                    #expect(after.shownClass(of: new) == graph.shownClass(of: node), "\(name) \(content)")
                    #expect(try Self.plain(after, new) == text, "\(name) \(content)")
                    made[graph.shownClass(of: node), default: 0] += 1
                    guard graph.plainForm(of: node) != nil else { continue }
                    try judge.add(after.stream(of: [new]))
                    expected.append((name, graph.shownClass(of: node), text))
                }
            }
        }
        for name in [
            "java.util.ArrayList", "java.util.LinkedList", "java.util.Vector", "java.util.ArrayDeque",
            "java.util.HashSet", "java.util.LinkedHashSet", "java.util.TreeSet", "java.util.HashMap",
            "java.util.LinkedHashMap", "java.util.TreeMap", "java.util.Hashtable", "java.lang.String[]", "int[]",
        ] {
            #expect(made[name, default: 0] > 0, "nothing of \(name): \(made)")
        }
        for (verdict, (name, shown, text)) in zip(try judge.verdicts(), expected) {
            // The JVM knows no classes of the fixtures' applications.
            if case .error(let error) = verdict, error.contains("ClassNotFoundException: demo.") { continue }
            guard case .contents(let contents) = verdict else {
                Issue.record("\(name), \(shown) of \(text): \(verdict)")
                continue
            }
            let seen = contents.items?.first?["object"]?["class"]?.string ?? ""
            #expect(JavaTypeName.source(seen) == shown, "\(name) \(text)")
        }
        #expect(expected.count > 40, "\(made)")
    }

    // MARK: Beside others

    private static let address = [
        ClassShape("demo.Address", uid: 7, flags: 2, fields: [.init("street", "Ljava/lang/String;")])
    ]

    private static func addresses(in set: Bool) throws -> JavaGraph {
        var builder = JavaStreamBuilder()
        if set {
            builder.beginSet(.linked, count: 1)
        } else {
            builder.beginList(count: 1)
        }
        builder.beginObject(address)
        builder.string("a")
        builder.endList()
        return try builder.graph()
    }

    @Test(arguments: [
        (AttributeEdit.Operation.set(json(#"{"street":"x"}"#)), "[1]"), (.append(json(#"{"street":"x"}"#)), ""),
        (.append(json("5")), ""), (.append(json("[1]")), ""), (.append(.text("x")), ""),
        (.set(json(#"[{"street":"x"}]"#)), ""),
    ]) func nothingPlainIsPutBesideAnObject(_ operation: AttributeEdit.Operation, _ path: String) throws {
        let edit = JavaPathEdit(graph: try Self.addresses(in: false), content: 0)
        let error = #expect(throws: EditError.self) { try edit.applying(operation, at: Self.steps(path)) }
        let text = error?.description ?? ""
        #expect(text.contains("beside it stands a demo.Address") && text.contains("typed JSON"), "\(text)")
    }

    @Test(arguments: [
        #"{"class":"demo.Address","classes":[{"name":"demo.Address","suid":"7","fields":{"street":"x"}}]}"#,
        #"{"class":"java.util.HashSet","items":[]}"#, "null",
    ]) func typedJSONIsPutBesideAnObject(_ json: String) throws {
        let edit = JavaPathEdit(graph: try Self.addresses(in: false), content: 0)
        _ = try edit.applying(.append(Self.json(json)), at: [])
    }

    /// Where values of several classes stand, lists and maps are those of plain JSON.
    @Test func collectionsAreNoObjects() throws {
        let graph = try Self.sample()
        let after = try Self.applied(Self.json(#"{"a":1}"#), graph, ".new")
        #expect(try Self.plain(after, after.content(0)).contains(#""new":{"a":1}}"#))
        let list = try Self.applied(Self.json(#"["q"]"#), graph, ".more")
        #expect(try Self.plain(list, list.content(0)).contains(#""more":["q"]}"#))
    }

    @Test func aSetHasNoObjectTwice() throws {
        let graph = try Self.addresses(in: true)
        func typed(_ street: String) -> NewValue {
            Self.json(
                #"{"class":"demo.Address","classes":[{"name":"demo.Address","suid":"7","fields":{"street":"\#(street)"}}]}"#
            )
        }
        let edit = JavaPathEdit(graph: graph, content: 0)
        let error = #expect(throws: EditError.self) { try edit.applying(.append(typed("a")), at: []) }
        #expect(error?.description == "the attribute: it is there already")
        _ = try edit.applying(.append(typed("b")), at: [])
        let list = JavaPathEdit(graph: try Self.addresses(in: false), content: 0)
        _ = try list.applying(.append(typed("a")), at: [])
    }

    // MARK: Equal lists and maps

    private static func emptySet() throws -> JavaGraph {
        var builder = JavaStreamBuilder()
        builder.beginSet(.linked, count: 0)
        builder.endSet()
        return try builder.graph()
    }

    private static let linked = #"{"class":"java.util.LinkedList","items":["q"]}"#

    /// `List.equals`, `Set.equals` and `Map.equals` look at what is in them.
    @Test(arguments: [
        #"[["q"],["q"]]"#, #"[["q"],\#(linked)]"#, #"[{"a":[1]},{"a":[1]}]"#, "[[],[]]", "[[[1],[null]],[[1],[null]]]",
        #"[{"class":"java.util.HashSet","items":["a","b"]},{"class":"java.util.LinkedHashSet","items":["b","a"]}]"#,
    ]) func aSetHasNoEqualListsOrMaps(_ json: String) throws {
        let text = Self.refusal(Self.json(json), try Self.emptySet())
        #expect(text.contains("two of its elements or keys are equal"), "\(text)")
    }

    @Test(arguments: [
        #"[["q"],["r"]]"#, #"[["q"],["q","q"]]"#, #"[["a","b"],["b","a"]]"#, #"[{"a":1},{"a":"1"}]"#,
        #"[["q"],{"class":"java.util.HashSet","items":["q"]}]"#,
        #"[{"class":"[I","items":[1]},{"class":"[I","items":[1]}]"#,
    ]) func othersStandBesideEachOther(_ json: String) throws {
        let after = try Self.applied(Self.json(json), Self.emptySet())
        guard case .sequence(let set)? = try after.content(0).map({ try after.value(of: $0).content }) else {
            throw FixtureError("no set")
        }
        #expect(set.elements.count == 2)
    }

    @Test func anEqualListIsThereAlready() throws {
        let graph = try Self.applied(Self.json(#"[["q"]]"#), Self.emptySet())
        let edit = JavaPathEdit(graph: graph, content: 0)
        let error = #expect(throws: EditError.self) { try edit.applying(.append(Self.json(Self.linked)), at: []) }
        #expect(error?.description.contains("it is there already") == true, "\(String(describing: error))")
    }

    /// Lists that hold each other twice each are more than anybody could walk through.
    @Test func whatStandsInManyPlacesIsNotWalkedThrough() throws {
        var builder = JavaStreamBuilder()
        builder.beginSet(.linked, count: 1)
        let lists = (0..<40).map { builder.beginList(count: $0 < 39 ? 2 : 0) }
        for (index, list) in zip(lists.indices, lists).reversed() {
            builder.endList()
            if index > 0 { builder.reference(list) }
        }
        builder.endSet()
        let edit = JavaPathEdit(graph: try builder.graph(), content: 0)
        _ = try edit.applying(.append(Self.json("[]")), at: [])
    }

    // MARK: Text

    @Test(arguments: [
        ("atomics", 0, NewValue.text("9"), "9"), ("atomics", 1, .text("-9"), "-9"), ("atomics", 1, json("7"), "7"),
        ("atomics", 2, .text("false"), "false"), ("atomics", 2, json("false"), "false"),
    ]) func anAtomicTakesItsValue(_ file: String, _ content: Int, _ value: NewValue, _ shown: String) throws {
        let graph = try JavaGraph(Fixtures.bytes("java-streams/\(file).ser"))
        let after = try Self.applied(value, graph, content: content)
        let (old, new) = (try #require(graph.content(content)), try #require(after.content(content)))
        #expect(after.className(of: new) == graph.className(of: old))
        #expect(try Self.plain(after, new) == shown)
    }

    /// What a message says works: the field that it names can be set.
    @Test(
        arguments: [
            ("atomics", "java.util.concurrent.atomic.AtomicReference", "set a.referent instead", ".referent"),
            ("uuid-locale-misc", "java.net.URI", "only a serialized object (@FILE) can take its place", nil),
            ("uuid-locale-misc", "java.util.Currency", "only a serialized object (@FILE) can take its place", nil),
            ("uuid-locale-misc", "java.io.File", "only a serialized object (@FILE) can take its place", nil),
            ("uuid-locale-misc", "java.util.Locale", "only a serialized object (@FILE) can take its place", nil),
            ("uuid-locale-misc", "java.util.regex.Pattern", "only a serialized object (@FILE) can take its place", nil),
            ("uuid-locale-misc", "java.util.BitSet", "edit changes its bits", nil),
            ("url-inet", "java.net.URL", "only a serialized object (@FILE) can take its place", nil),
            ("string-builders", "java.lang.StringBuilder", "only a serialized object (@FILE) can take its place", nil),
            ("string-builders", "java.lang.StringBuffer", "only a serialized object (@FILE) can take its place", nil),
            ("dates", "java.util.GregorianCalendar", "only a serialized object (@FILE) can take its place", nil),
            ("class-objects", "java.lang.Class", "only a serialized object (@FILE) can take its place", nil),
            ("sql-dates", "java.sql.Date", "only a serialized object (@FILE) can take its place", nil),
            ("pojo", "demo.streams.Kitchen", "set its fields, such as a.", nil),
            ("sets", "java.util.HashSet", "json:[…] gives it other elements", nil),
        ] as [(String, String, String, String?)]) func theMessageSaysWhatWorks(
            _ file: String, _ name: String, _ advice: String, _ path: String?
        ) throws
    {
        let graph = try JavaGraph(Fixtures.bytes("java-streams/\(file).ser"))
        let found = (0..<graph.contentCount).first { graph.content($0).map { graph.shownClass(of: $0) } == name }
        let content = try #require(found, "\((0..<graph.contentCount).map { graph.content($0).map(graph.shownClass) })")
        let edit = JavaPathEdit(graph: graph, content: content, name: "a")
        let error = #expect(throws: EditError.self) { try edit.applying(.set(.text("x")), at: []) }
        let text = error?.description ?? ""
        #expect(text.hasPrefix("a holds a \(name), which plain text cannot stand for: \(advice)"), "\(text)")
        guard let path else { return }
        _ = try Self.applied(.null, graph, path, content: content)
    }

    /// A list of one Integer, a map of one, and an object with fields that are null.
    private static func fields() throws -> JavaGraph {
        let shapes = [
            ClassShape(
                "demo.Order", uid: 7, flags: 2,
                fields: [
                    .init("bytes", "[B"), .init("ints", "[I"), .init("list", "Ljava/util/List;"),
                    .init("number", "Ljava/lang/Number;"), .init("status", "Ldemo/Status;"),
                ])
        ]
        var builder = JavaStreamBuilder()
        builder.beginMap(.linked, count: 2)
        builder.string("hm")
        builder.beginMap(.hashed, count: 1)
        builder.string("a")
        builder.box(.int(1))
        builder.endMap(.hashed)
        builder.string("order")
        builder.beginObject(shapes)
        for _ in 0..<5 { builder.null() }
        builder.endMap(.linked)
        return try builder.graph()
    }

    @Test(arguments: [
        (".hm.z", "'x' is no int", "Beside it stands a java.lang.Integer; --type says of which other class"),
        (".order.bytes", "b64: and hex: put bytes there", "byte[]"),
        (".order.ints", #"json:{"class":"[I","items":[…]} puts one there"#, "int[]"),
        (".order.list", "typed JSON, as get --typed prints it, or a serialized object (@FILE)", "java.util.List"),
        (".order.number", "give the type: Byte, Short, Integer, Long, Float, Double, BigInteger, BigDecimal", "Number"),
        (".order.status", "--type enum writes a constant, where it is an enum", "demo.Status"),
    ]) func theMessageForNothingSaysWhatFits(_ path: String, _ advice: String, _ other: String) throws {
        let text = Self.refusal(.text("x"), try Self.fields(), path)
        #expect(text.contains(advice) && text.contains(other), "\(text)")
        #expect(!text.contains("Float, Double, Character"), "\(text)")
    }

    /// And what it says works.
    @Test(arguments: [
        (".hm.z", NewValue.text("x", type: .string)), (".order.bytes", .bytes([1])),
        (".order.ints", json(#"{"class":"[I","items":[1]}"#)),
        (".order.list", json(#"{"class":"java.util.ArrayList","items":[]}"#)),
        (".order.number", .text("1", type: .long)), (".order.status", .constant("NEW")),
    ]) func whatFitsIsTaken(_ path: String, _ value: NewValue) throws {
        _ = try Self.applied(value, Self.fields(), path)
    }

    @Test(arguments: [
        ("uuid-locale-misc", "java.net.URI", ".string", "only a serialized object as a whole (a=@FILE)"),
        ("big-numbers", "java.math.BigDecimal", ".scale", "a=… sets the object as a whole"),
        ("lists", "java.util.ArrayList", ".size", "a=json:… gives it other content"),
    ]) func aFieldOfThePlatformSaysHowTheObjectIsChanged(
        _ file: String, _ name: String, _ path: String, _ advice: String
    ) throws {
        let graph = try JavaGraph(Fixtures.bytes("java-streams/\(file).ser"))
        let content = try #require(
            (0..<graph.contentCount).first { graph.content($0).map { graph.shownClass(of: $0) } == name })
        let text = Self.refusal(.text("5"), graph, path, content: content)
        #expect(text.contains(advice), "\(text)")
    }

    @Test func theValueOfAnAtomicBooleanIsATruthValue() throws {
        let graph = try JavaGraph(Fixtures.bytes("java-streams/atomics.ser"))
        let after = try Self.applied(.text("true"), graph, ".value", content: 2)
        #expect(try Self.plain(after, after.content(2)) == "true")
        let text = Self.refusal(.text("2"), graph, ".value", content: 2)
        #expect(text.contains("write true or false"), "\(text)")
    }

    @Test func whatIsKeptUnreadHasAName() throws {
        var builder = JavaStreamBuilder()
        builder.beginList(count: 1)
        builder.string("x")
        builder.endList()
        let graph = try builder.graph()
        for node in graph.nodes { #expect(!graph.shownClass(of: node).isEmpty) }
    }
}
