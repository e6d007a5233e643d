import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Typed JSON of every value of the fixtures, read back as it was printed: nothing changes.
struct TypedDocumentFixtureTests {
    /// How many values of a graph were read back; those whose typed JSON cannot be written are left out.
    static func readBack(_ graph: JavaGraph, _ name: String) throws -> Int {
        var count = 0
        for reveal in [true, false] {
            for content in 0..<graph.contentCount {
                guard let typed = try? typed(graph, [content], reveal)?[0] else { continue }
                let before = try JSONReader.read(try MaskedMarks.marked(typed)).root
                let after = try JSONReader.read(try reveal ? indented(typed) : MaskedMarks.marked(typed)).root
                let document = try TypedDocument(
                    graph: graph, content: content, before: before, after: after, path: "a")
                try expectNothing(document, graph, "\(name) \(content)")
                count += 1
            }
            try readBackTogether(graph, name, reveal)
        }
        return count
    }

    private static func expectNothing(_ document: TypedDocument, _ graph: JavaGraph, _ name: String) throws {
        #expect(document.changes == [], "\(name)")
        var editor = GraphEditor(of: graph)
        try document.apply(to: &editor)
        #expect(try editor.encoded() == graph.bytes, "\(name)")
    }

    /// All values of a stream with one space of numbers.
    private static func readBackTogether(_ graph: JavaGraph, _ name: String, _ reveal: Bool) throws {
        let contents = (0..<graph.contentCount).filter { graph.content($0).map { graph.kind(of: $0).isObject } ?? true }
        guard let values = try? typed(graph, contents, reveal) else { return }
        let members = zip(contents, values).map { "\"a\($0)\":" + String(decoding: $1, as: UTF8.self) }
        let text = try MaskedMarks.marked(Array(("{" + members.joined(separator: ",") + "}").utf8))
        let root = try JSONReader.read(text).root
        let document = try TypedDocument(
            graph: graph, roots: contents.map { .init(name: "a\($0)", content: $0) }, before: root, after: root)
        try expectNothing(document, graph, name)
    }

    /// Each value by itself, by one writer; nil where one is no object.
    private static func typed(_ graph: JavaGraph, _ contents: [Int], _ reveal: Bool) throws -> [[UInt8]]? {
        let nodes = contents.map { graph.content($0) }
        guard nodes.allSatisfy({ node in node.map { graph.kind(of: $0).isObject } ?? true }) else { return nil }
        var typed = try TypedJSON(of: graph, roots: nodes)
        typed.reveal = reveal
        var values: [[UInt8]] = []
        for node in nodes {
            var writer = JSONWriter()
            try typed.write(node, to: &writer)
            values.append(writer.bytes)
        }
        return values
    }

    private static func indented(_ json: [UInt8]) throws -> [UInt8] {
        var writer = JSONWriter(layout: .indented)
        writer.value(try JSONReader.read(json).root)
        return writer.bytes
    }

    @Test(arguments: ["java-streams", "jdk-values/jdk-17", "jdk-values/jdk-25"])
    func streams(_ folder: String) throws {
        var count = 0
        for name in try Fixtures.names(in: folder) where name.hasSuffix(".ser") {
            guard let graph = try? JavaGraph(Fixtures.bytes(folder + "/" + name)) else { continue }
            do {
                count += try Self.readBack(graph, name)
            } catch {
                Issue.record("\(name): \(error)")
            }
        }
        #expect(count > 100, "\(count)")
    }

    @Test func storedAttributes() throws {
        var count = 0
        for store in try FixtureStore.all() {
            for part in [FixtureStore.Part.main, .big] {
                guard let stored = try? StoredFixture(store, part, now: 0) else { continue }
                var seen: Set<ObjectIdentifier> = []
                for attribute in stored.sessions.values.flatMap({ $0.attributes ?? [] }) {
                    guard case .java(let graph, _) = attribute.value.decoded(),
                        seen.insert(ObjectIdentifier(graph)).inserted
                    else { continue }
                    count += try Self.readBack(graph, "\(store) \(EscapedName.text(of: attribute.name))")
                }
            }
        }
        #expect(count > 2000, "\(count)")
    }

    /// What was changed in the text is in the graph, and nothing else: printed anew, it is the text.
    @Test(arguments: ["java-streams", "jdk-values/jdk-17"])
    func editedStreams(_ folder: String) throws {
        var random = SeededRandom(seed: 11)
        var (made, refused) = (0, 0)
        for name in try Fixtures.names(in: folder) where name.hasSuffix(".ser") {
            guard let graph = try? JavaGraph(Fixtures.bytes(folder + "/" + name)) else { continue }
            for content in 0..<graph.contentCount {
                for edit in (try? EditedDocument.all(of: graph, content, &random)) ?? [] {
                    guard let bytes = try? edit.encoded() else {
                        refused += 1
                        continue
                    }
                    let again = try EditedDocument.typed(JavaGraph(bytes), content)
                    // Who is written first has a number; an object that went may have been that.
                    guard !EditedDocument.isNumbered(again), !EditedDocument.isNumbered(edit.after) else { continue }
                    let (one, other) = (EditedDocument.withoutPlaces(again), EditedDocument.withoutPlaces(edit.after))
                    #expect(one == other || EditedDocument.areSortedAnew(one, other), "\(name)")
                    made += 1
                }
            }
        }
        #expect(made > 200 && refused < made, "\(made) \(refused)")
    }
}
