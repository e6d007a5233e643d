import JavaSerialization
import Sessions
import TestSupport
import Testing

/// Values set and removed by their paths, in streams that real systems wrote.
struct JavaPathEditTests {
    /// A list with a number, a map, an array and null.
    private static func sample() throws -> JavaGraph {
        var builder = JavaStreamBuilder()
        builder.beginMap(.linked, count: 5)
        builder.string("count")
        builder.box(.int(7))
        builder.string("names")
        builder.beginList(count: 2)
        builder.string("ann")
        builder.string("bob")
        builder.endList()
        builder.string("bytes")
        builder.array(of: .byte, [1, 2, 3])
        builder.string("price")
        builder.bigDecimal(scale: 2, signum: 1, magnitude: [4, 0xD2])
        builder.string("none")
        builder.null()
        builder.endMap(.linked)
        return try builder.graph()
    }

    private static func plain(_ bytes: [UInt8]) throws -> String {
        let graph = try JavaGraph(bytes)
        var writer = JSONWriter()
        var json = PlainJSON(of: graph)
        try json.write(graph.content(0), to: &writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private static func steps(_ path: String) throws -> [AttributePath.Step] { try AttributePath("a" + path).steps }

    private static let before =
        #"{"count":7,"names":["ann","bob"],"bytes":{"$base64":"AQID"},"price":12.34,"none":null}"#

    @Test(arguments: [
        (".count", NewValue.text("8"), #""count":8"#), (".names[0]", .text("eve"), #"["eve","bob"]"#),
        (".names[2]", .text("eve"), #"["ann","bob","eve"]"#), (".names[1]", .null, #"["ann",null]"#),
        (".bytes[1]", .text("-1"), #""Af8D""#), (".bytes", .bytes([9]), #""CQ==""#),
        (".price", .text("0.50"), #""price":0.50"#), (".none", .text("x"), #""none":"x""#),
        (".none", .text("5", type: .long), #""none":5"#), (".new", .text("9"), #""none":null,"new":9"#),
    ]) func sets(_ path: String, _ value: NewValue, _ expected: String) throws {
        let graph = try Self.sample()
        #expect(try Self.plain(graph.bytes) == Self.before)
        let edit = JavaPathEdit(graph: graph, content: 0)
        let after = try Self.plain(try edit.applying(.set(value), at: Self.steps(path)))
        #expect(after.contains(expected), "\(after)")
    }

    @Test(arguments: [
        (".count", #"{"names""#), (".names[0]", #"["bob"]"#), (".bytes[0]", #""AgM=""#), (".none", #"12.34}"#),
    ]) func removes(_ path: String, _ expected: String) throws {
        let after = try Self.plain(
            try JavaPathEdit(graph: Self.sample(), content: 0).applying(.remove, at: Self.steps(path)))
        #expect(after.contains(expected), "\(after)")
    }

    @Test(arguments: [
        (".count", NewValue.text("x"), "-2147483648 to 2147483647"), (".count.x", .text("1"), "no x"),
        (".names[3]", .text("x"), "it has 2 elements"), (".bytes[4]", .text("1"), "it has 3 elements"),
        (".bytes[0]", .text("300"), "-128 to 127"), (".bytes[0]", .null, "of the type byte"),
        (".names", .text("x"), "java.util.ArrayList"), (".none.x", .text("1"), "is null"),
    ]) func saysWhyNot(_ path: String, _ value: NewValue, _ reason: String) throws {
        let edit = JavaPathEdit(graph: try Self.sample(), content: 0)
        let error = #expect(throws: EditError.self) { try edit.applying(.set(value), at: Self.steps(path)) }
        #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
    }

    /// A set has each element once, and keeps its order.
    @Test func anElementOfASetIsPutWhereItBelongs() throws {
        var builder = JavaStreamBuilder()
        builder.beginSet(.linked, count: 2)
        builder.string("a")
        builder.string("b")
        builder.endSet()
        let edit = JavaPathEdit(graph: try builder.graph(), content: 0)
        #expect(try Self.plain(edit.applying(.set(.text("c")), at: Self.steps("[0]"))) == #"["c","b"]"#)
        #expect(throws: EditError.self) { try edit.applying(.set(.text("b")), at: Self.steps("[0]")) }
        let sets = try JavaGraph(Fixtures.bytes("java-streams/comparators.ser"))
        let queue = try JavaGraph(Fixtures.bytes("jdk-values/jdk-17/queues.ser"))
        var refused = 0
        for graph in [sets, queue] {
            for content in 0..<graph.contentCount {
                let edit = JavaPathEdit(graph: graph, content: content)
                if (try? edit.applying(.set(.text("zzz", type: .string)), at: Self.steps("[0]"))) == nil {
                    refused += 1
                }
            }
        }
        #expect(refused > 0)
    }

    /// Without steps the whole value changes, and others of the stream do not.
    @Test func setsAWholeAttribute() throws {
        var builder = JavaStreamBuilder()
        builder.string("one")
        builder.box(.long(2))
        let graph = try builder.graph()
        let written = try JavaPathEdit(graph: graph, content: 1).applying(.set(.text("3")), at: [])
        let after = try JavaGraph(written)
        let node = try #require(after.content(1))
        #expect(after.content(0).flatMap { after.text(of: $0) } == "one")
        guard case .box(.long(3)) = try after.value(of: node).content else {
            Issue.record("not 3")
            return
        }
    }

    // MARK: Shared objects

    /// Two places with one map, and a map that holds itself.
    private static func shared() throws -> JavaGraph {
        var builder = JavaStreamBuilder()
        builder.beginList(count: 3)
        let map = builder.beginMap(.linked, count: 1)
        builder.string("n")
        builder.box(.int(1))
        builder.endMap(.linked)
        builder.reference(map)
        let cycle = builder.beginMap(.linked, count: 2)
        builder.string("self")
        builder.reference(cycle)
        builder.string("n")
        builder.box(.int(1))
        builder.endMap(.linked)
        builder.endList()
        return try builder.graph()
    }

    @Test(arguments: [
        ("[0].n", #"[{"n":2},{"n":1},"#), ("[1].n", #"[{"n":1},{"n":2},"#),
        // Every way to it leads through this place, so that it stays one object with itself.
        ("[2].n", #"{"self":{"@ref":"$[2]"},"n":2}]"#),
        // A turn of the cycle that was walked leads into what was there: no other way leads to the change.
        ("[2].self.n", #"{"self":{"self":{"self":{"@ref":"$[2].self.self"},"n":1},"n":2},"n":1}]"#),
        (
            "[2].self.self.n",
            #"{"self":{"self":{"self":{"self":{"@ref":"$[2].self.self.self"},"n":1},"n":2},"n":1},"n":1}]"#
        ),
    ]) func changesASharedObjectAtThePathAlone(_ path: String, _ expected: String) throws {
        let edit = JavaPathEdit(graph: try Self.shared(), content: 0)
        let after = try Self.plain(try edit.applying(.set(.text("2")), at: Self.steps(path)))
        #expect(after.contains(expected), "\(after)")
    }

    @Test(arguments: [
        ("[0].n", #"[{"n":2},{"@ref":"$[0]"},"#), ("[1].n", #"[{"n":2},{"@ref":"$[0]"},"#),
        ("[2].self.self.n", #"{"self":{"@ref":"$[2]"},"n":2}]"#),
    ]) func changesASharedObjectForAll(_ path: String, _ expected: String) throws {
        let edit = JavaPathEdit(graph: try Self.shared(), content: 0, changesShared: true)
        let after = try Self.plain(try edit.applying(.set(.text("2")), at: Self.steps(path)))
        #expect(after.contains(expected), "\(after)")
    }

    /// A string that stands in two places is one object of the stream.
    @Test(arguments: [(false, #"["b","a"]"#), (true, #"["b","b"]"#)])
    func changesASharedString(_ isForAll: Bool, _ expected: String) throws {
        var builder = JavaStreamBuilder()
        builder.beginList(count: 2)
        builder.reference(builder.string("a"))
        builder.endList()
        let edit = JavaPathEdit(graph: try builder.graph(), content: 0, changesShared: isForAll)
        let after = try Self.plain(try edit.applying(.set(.text("b")), at: Self.steps("[0]")))
        #expect(after == expected)
    }

    // MARK: Lists and keys

    @Test(arguments: [
        (AttributeEdit.Operation.insert(.text("eve")), ".names[0]", #"["eve","ann","bob"]"#),
        (.insert(.text("eve")), ".names[1]", #"["ann","eve","bob"]"#),
        (.insert(.text("eve")), ".names[2]", #"["ann","bob","eve"]"#),
        (.append(.text("eve")), ".names", #"["ann","bob","eve"]"#),
        (.append(.text("-1")), ".bytes", #""AQID/w==""#), (.insert(.text("-1")), ".bytes[0]", #""/wECAw==""#),
        (.rename("total"), ".count", #"{"total":7,"names""#),
        (.rename("5", key: .text("5", type: .integer)), ".count", #"[5,7]"#),
        (.rename("count2"), ".none", #""count2":null}"#),
    ]) func insertsAppendsAndRenames(
        _ operation: AttributeEdit.Operation, _ path: String, _ expected: String
    ) throws {
        let edit = JavaPathEdit(graph: try Self.sample(), content: 0)
        let after = try Self.plain(try edit.applying(operation, at: Self.steps(path)))
        #expect(after.contains(expected), "\(after)")
    }

    @Test(arguments: [
        (AttributeEdit.Operation.insert(.text("eve")), ".names[9]", "nothing can be put at 9: its places are 0 to 2"),
        (.append(.text("eve")), ".count", "is no list"), (.rename("names"), ".count", "has this key already"),
        (.rename("x"), ".names[0]", "is no entry of a map"),
        (.insert(.text("1")), ".bytes[4]", "nothing can be put at 4: its places are 0 to 3"),
        (.rename("x", key: .text("x", type: .integer)), ".count", "'x' is no int"),
        (.append(.text("300")), ".bytes", "-128 to 127"), (.set(.text("x")), ".names[0].x", "no object of its own"),
    ]) func refuses(_ operation: AttributeEdit.Operation, _ path: String, _ reason: String) throws {
        let edit = JavaPathEdit(graph: try Self.sample(), content: 0)
        let error = #expect(throws: EditError.self) { try edit.applying(operation, at: Self.steps(path)) }
        #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
    }

    // MARK: What a JVM would not read

    /// Collections of these classes fail or end at a null.
    @Test(arguments: [("immutable", 14), ("queues", 14), ("concurrent", 2), ("properties", 2)])
    func nullIsRefusedWhereNoneCanStand(_ file: String, _ expected: Int) throws {
        let graph = try JavaGraph(Fixtures.bytes("jdk-values/jdk-17/\(file).ser"))
        var refused = 0
        for content in 0..<graph.contentCount {
            for place in ["[#0]", "[0]"] {
                let edit = JavaPathEdit(graph: graph, content: content)
                let steps = try Self.steps(place)
                do throws(EditError) {
                    _ = try edit.applying(.set(.null), at: steps)
                } catch {
                    refused += error.description.contains("cannot hold null") ? 1 : 0
                }
            }
        }
        #expect(refused >= expected, "\(refused)")
    }

    /// The same with a queue that has room for so many elements.
    private static func bounded(_ graph: JavaGraph, _ queue: JavaNode, _ capacity: Int32) throws -> JavaGraph {
        var editor = GraphEditor(of: graph)
        editor.leave()
        for data in graph.classData(of: queue) {
            for field in graph.fields(of: data.javaClass) where field.name == "capacity" {
                try editor.set(field, in: data, to: .int(capacity))
            }
        }
        return try JavaGraph(editor.encoded())
    }

    /// A JVM that finds more elements than a queue has room for does not read it.
    @Test func aFullQueueTakesNoMore() throws {
        let graph = try JavaGraph(Fixtures.bytes("jdk-values/jdk-17/queues.ser"))
        var full = 0
        for content in 0..<graph.contentCount {
            guard let node = graph.content(content), graph.className(of: node).contains("LinkedBlocking") else {
                continue
            }
            guard case .sequence(let sequence) = try graph.value(of: node).content else { continue }
            let bounded = try Self.bounded(graph, node, Int32(max(1, sequence.elements.count)))
            let steps = try Self.steps("[0]")
            let insertion = { () throws(EditError) -> [UInt8] in
                try JavaPathEdit(graph: bounded, content: content).applying(.insert(.text("9")), at: steps)
            }
            if sequence.elements.count == 0 {
                _ = try insertion()
                continue
            }
            let error = #expect(throws: EditError.self) { try insertion() }
            #expect(
                error?.description.contains("it has no room for more than 2") == true, "\(String(describing: error))")
            full += 1
        }
        #expect(full == 2)
    }
}
