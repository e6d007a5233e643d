import JavaSerialization
import TestSupport

@testable import Sessions

/// Typed JSON of fixture values with one thing in it changed, as somebody might.
struct EditedDocument {
    let graph: JavaGraph
    let content: Int
    let before: JSONDocument
    let after: [UInt8]

    /// Whether an object in it is referred to by a number.
    static func isNumbered(_ json: [UInt8]) -> Bool { String(decoding: json, as: UTF8.self).contains(#""id":"#) }

    /// Whether two texts have the same parts, in a sorted collection that puts them in order.
    static func areSortedAnew(_ one: String, _ other: String) -> Bool {
        let isSorted = one.contains("java.util.Tree") || one.contains("SkipList")
        return isSorted && one.sorted() == other.sorted()
    }

    /// What a stream says that was printed anew: places and lengths follow from all else, as the classes of immutable collections do.
    static func withoutPlaces(_ json: [UInt8]) -> String {
        String(decoding: json, as: UTF8.self).replacing(#/,?"(bytes":\[\d+,\d+\]|length":\d+)/#, with: "")
            .replacing(#/"size":\{"class":"int","value":\d+\}/#, with: "")
            .replacing(#/(ImmutableCollections\$[A-Z][a-z]+)(12|1|N)/#) { $0.output.1 }
    }

    static func typed(_ graph: JavaGraph, _ content: Int) throws -> [UInt8] {
        var writer = JSONWriter()
        var typed = try TypedJSON(of: graph, roots: [graph.content(content)])
        try typed.write(graph.content(content), to: &writer)
        return writer.bytes
    }

    /// The stream with the change made.
    func encoded() throws -> [UInt8] {
        let document = try TypedDocument(
            graph: graph, content: content, before: before.root, after: JSONReader.read(after).root, path: "a")
        var editor = GraphEditor(of: graph)
        try document.apply(to: &editor)
        return try editor.encoded()
    }

    /// Some changes of a value: text and numbers that are others, and elements and entries at the first, a middle and the last place of
    /// each list that are gone.
    static func all(of graph: JavaGraph, _ content: Int, _ random: inout SeededRandom) throws -> [EditedDocument] {
        guard let node = graph.content(content), graph.kind(of: node).isObject else { return [] }
        let text = try typed(graph, content)
        let document = try JSONReader.read(text)
        var edited: [EditedDocument] = []
        func add(_ range: Range<Int>, _ new: String) {
            let after = text[..<range.lowerBound] + Array(new.utf8) + text[range.upperBound...]
            edited.append(EditedDocument(graph: graph, content: content, before: document, after: Array(after)))
        }
        for index in 0..<document.nodeCount where document.rows[index].kind == .object {
            let node = JSONNode(document: document, index: index)
            if let value = node["value"] {
                switch node["class"]?.string?.text {
                case "java.lang.String": add(value.sourceRange.lowerBound..<value.sourceRange.lowerBound, "zz")
                case "java.lang.Integer", "int", "java.lang.Short": add(value.sourceRange, "77")
                default: break
                }
            }
            for name in ["items", "entries"] {
                guard let parts = node[name]?.array.map({ Array($0) }), !parts.isEmpty else { continue }
                for place in Set([0, parts.count / 2, parts.count - 1]) { add(removing(place, parts), "") }
            }
        }
        return (0..<min(40, edited.count)).map { _ in edited[Int(random.next() % UInt64(edited.count))] }
    }

    private static func removing(_ place: Int, _ parts: [JSONNode]) -> Range<Int> {
        func range(_ node: JSONNode) -> Range<Int> {
            let quote = node.kind == .string ? 1 : 0
            return node.sourceRange.lowerBound - quote..<node.sourceRange.upperBound + quote
        }
        let own = range(parts[place])
        if place + 1 < parts.count { return own.lowerBound..<range(parts[place + 1]).lowerBound }
        return (place > 0 ? range(parts[place - 1]).upperBound : own.lowerBound)..<own.upperBound
    }
}
