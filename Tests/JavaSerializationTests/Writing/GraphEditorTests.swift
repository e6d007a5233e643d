import TestSupport
import Testing

@testable import JavaSerialization

/// Edits of streams that the JDK wrote: what is put in and taken out again leaves what was there.
struct GraphEditorTests {
    private static func value(_ build: (inout JavaStreamBuilder) -> Void) throws -> GraphEditor.Value {
        var builder = JavaStreamBuilder()
        build(&builder)
        let graph = try builder.graph()
        return (graph, graph.content(0))
    }

    private static func streams() throws -> [(name: String, bytes: [UInt8])] {
        let values = try Fixtures.names(in: "jdk-values/jdk-17").filter { $0.hasSuffix(".ser") }
        return try values.map { ($0, try Fixtures.bytes("jdk-values/jdk-17/" + $0)) }
            + JavaStreamFixture.all().map { ($0.name, $0.bytes) }
            + FixtureStreams.stored().enumerated().filter { $0.offset % 10 == 0 }.map(\.element)
    }

    /// Lists, sets, queues, maps and arrays of objects, in the order of the stream, with the number of their elements.
    private static func collections(in graph: JavaGraph) -> [(node: JavaNode, count: Int, isMap: Bool)] {
        GraphPairing.reached(in: graph).compactMap { node in
            switch try? graph.value(of: node).content {
            case .sequence(let sequence): (node, sequence.elements.count, false)
            case .map(let map): (node, map.keys.count, true)
            case .array where graph.elementType(of: node) == nil: (node, graph.elementCount(of: node), false)
            default: nil
            }
        }
    }

    /// At the first, a middle and the last place of every collection of every fixture: put in, read anew, taken out, and as before.
    @Test func whatIsPutInAndTakenOutLeavesNoTrace() throws {
        let element = try Self.value { $0.string("put in by a test") }
        let other = try Self.value { $0.box(.long(-77)) }
        var done: [String: Int] = [:]
        var refusals: [String: Int] = [:]
        for (name, bytes) in try Self.streams() where bytes.count < 40_000 {
            let graph = try JavaGraph(bytes)
            let collections = Self.collections(in: graph)
            for (number, collection) in collections.enumerated() {
                for place in Set([0, collection.count / 2, collection.count]) {
                    var editor = GraphEditor(of: graph)
                    // A copy of what several collections stand around would be another collection.
                    editor.changesShared = true
                    do throws(JavaEditError) {
                        if collection.isMap {
                            try editor.insert(key: element, other, in: collection.node)
                        } else {
                            try editor.insert(element, at: place, in: collection.node)
                        }
                    } catch {
                        refusals[error.description, default: 0] += 1
                        continue
                    }
                    let changed = try JavaGraph(editor.encoded())
                    let found = Self.collections(in: changed)
                    try #require(found.count == collections.count, "\(name) \(number)")
                    #expect(found[number].count == collection.count + 1, "\(name) \(number)")
                    let here = try Self.position(of: "put in by a test", in: found[number].node, of: changed)
                    let position = try #require(here, "\(name) \(number)")
                    var back = GraphEditor(of: changed)
                    back.changesShared = true
                    try back.remove(at: position, from: found[number].node)
                    let restored = try back.encoded()
                    if restored != bytes {
                        let anew = try JavaGraph(restored)
                        let difference = GraphPairing.difference(graph, graph.contents, anew, anew.contents)
                        let isCapacity = difference?.contains("Hash") == true || difference == "bytes of blockData"
                        #expect(isCapacity, "\(name) \(number): \(difference ?? "bytes")")
                    }
                    done[graph.className(of: collection.node), default: 0] += 1
                }
            }
        }
        let classes = [
            "java.util.ArrayList", "java.util.LinkedList", "java.util.HashMap", "java.util.LinkedHashMap",
            "java.util.HashSet", "java.util.TreeMap", "java.util.TreeSet", "java.util.Vector", "java.util.ArrayDeque",
            "java.util.concurrent.ConcurrentHashMap", "java.util.Hashtable", "java.util.CollSer",
            "java.util.Collections$UnmodifiableMap", "[Ljava.lang.Object;",
        ]
        for name in classes { #expect(done[name, default: 0] > 0, "nothing was put into \(name): \(done)") }
        #expect(refusals.keys.allSatisfy { !$0.isEmpty } && refusals.count > 3, "\(refusals)")
    }

    private static func position(of text: String, in node: JavaNode, of graph: JavaGraph) throws -> Int? {
        let items: JavaItems
        switch try graph.value(of: node).content {
        case .sequence(let sequence): items = sequence.elements
        case .map(let map): items = map.keys
        default: items = graph.elements(of: node)
        }
        return items.indices.first { items[$0].flatMap { graph.text(of: $0) } == text }
    }

    /// Every primitive field and every reference of an object takes a new value, and nothing else changes.
    @Test func setsFields() throws {
        let fixture = try JavaStreamFixture("pojo")
        let graph = try JavaGraph(fixture.bytes)
        var changes = 0
        for node in GraphPairing.reached(in: graph) where graph.kind(of: node) == .object {
            for data in graph.classData(of: node) where data.hasFields {
                for field in graph.fields(of: data.javaClass) {
                    guard case .primitive(let old)? = graph.value(of: field, in: data) else { continue }
                    var editor = GraphEditor(of: graph)
                    let new = Self.another(than: old)
                    try editor.set(field, in: data, to: new)
                    let written = try editor.encoded()
                    let differing = zip(written, fixture.bytes).count { $0 != $1 }
                    #expect(written.count == fixture.bytes.count && (1...8).contains(differing))
                    #expect(throws: JavaEditError.self) {
                        try editor.set(field, in: data, to: Self.ofAnotherType(than: old))
                    }
                    changes += 1
                }
            }
        }
        #expect(changes >= 8, "\(changes)")
    }

    private static func another(than value: JavaPrimitive) -> JavaPrimitive {
        switch value {
        case .byte(let value): .byte(value ^ 1)
        case .char(let value): .char(value ^ 1)
        case .double(let value): .double(Double(bitPattern: value.bitPattern ^ 1))
        case .float(let value): .float(Float(bitPattern: value.bitPattern ^ 1))
        case .int(let value): .int(value ^ 1)
        case .long(let value): .long(value ^ 1)
        case .short(let value): .short(value ^ 1)
        case .boolean(let value): .boolean(!value)
        }
    }

    private static func ofAnotherType(than value: JavaPrimitive) -> JavaPrimitive {
        if case .int = value { return .long(1) }
        return .int(1)
    }

    /// What is set in one of several places that share an object changes there alone.
    @Test func aSharedObjectStaysInItsOtherPlaces() throws {
        var builder = JavaStreamBuilder()
        builder.beginList(count: 3)
        let shared = builder.string("shared")
        builder.reference(shared)
        builder.box(.int(1))
        builder.endList()
        let graph = try builder.graph()
        let list = try #require(graph.content(0))
        guard case .sequence(let sequence) = try graph.value(of: list).content else { return }
        var editor = GraphEditor(of: graph)
        try editor.set(0, of: sequence.elements, below: list, to: Self.value { $0.string("mine") })
        let changed = try JavaGraph(editor.encoded())
        guard case .sequence(let items) = try changed.value(of: #require(changed.content(0))).content else { return }
        #expect(items.elements.prefix(2).map { $0.flatMap { changed.text(of: $0) } } == ["mine", "shared"])
        #expect(throws: JavaEditError.self) { try editor.set(3, of: sequence.elements, below: list, to: (graph, nil)) }
    }

    /// What an application could not have put there is refused by its type.
    @Test func valuesFitTheTypeOfTheirPlace() throws {
        let graph = try JavaGraph(JavaStreamFixture("array-strings").bytes)
        let arrays = GraphPairing.reached(in: graph).filter { graph.className(of: $0) == "[Ljava.lang.String;" }
        let array = try #require(arrays.first { graph.elementCount(of: $0) > 0 })
        var editor = GraphEditor(of: graph)
        let (text, number) = (try Self.value { $0.string("x") }, try Self.value { $0.box(.int(1)) })
        #expect(throws: JavaEditError.self) { try editor.set(0, ofArray: array, to: number) }
        #expect(throws: JavaEditError.self) { try editor.insert(number, at: 0, in: array) }
        try editor.set(0, ofArray: array, to: text)
        try editor.set(0, ofArray: array, to: (graph, nil))
        #expect(text.graph.fits(try #require(text.node), "Ljava/lang/CharSequence;"))
        #expect(!text.graph.fits(try #require(text.node), "Ljava/lang/Number;"))
        #expect(number.graph.fits(try #require(number.node), "Ljava/lang/Number;"))
        #expect(!number.graph.fits(try #require(number.node), "Ljava/lang/Long;"))
        #expect(!number.graph.fits(try #require(number.node), "[I"))
    }

    @Test func keysStayUniqueAndSorted() throws {
        let graph = try JavaGraph(JavaStreamFixture("maps").bytes)
        for (node, _, isMap) in Self.collections(in: graph) where isMap {
            guard case .map(let map) = try graph.value(of: node).content, let key = map.keys.first else { continue }
            var editor = GraphEditor(of: graph)
            #expect(throws: JavaEditError.self) { try editor.insert(key: (graph, key), (graph, nil), in: node) }
        }
    }

    @Test func arraysOfPrimitivesGrowAndShrink() throws {
        var builder = JavaStreamBuilder()
        builder.array(of: .int, [0, 0, 0, 1, 0, 0, 0, 2])
        let graph = try builder.graph()
        let array = try #require(graph.content(0))
        var editor = GraphEditor(of: graph)
        try editor.set(1, of: array, to: .int(7))
        #expect(try editor.encoded().suffix(12) == [0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 7])
        try editor.setElements(of: array, to: [0, 0, 0, 9])
        #expect(try editor.encoded().suffix(8) == [0, 0, 0, 1, 0, 0, 0, 9])
        #expect(throws: JavaEditError.self) { try editor.set(1, of: array, to: .int(7)) }
        #expect(throws: JavaEditError.self) { try editor.setElements(of: array, to: [1, 2, 3]) }
    }
}
