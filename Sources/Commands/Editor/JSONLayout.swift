import Sessions

/// JSON for people who change it: what fits on a line stands on one, and all else in lines two spaces deeper each level.
struct JSONLayout {
    /// Bytes of a line, its indentation among them.
    private static let width = 100
    /// Deeper lines stay there.
    private static let deepest = 40

    private enum Step {
        case value(JSONNode, depth: Int, isLast: Bool)
        case text(String)
    }

    private var lines: [UInt8] = []
    private var steps: [Step] = []

    /// The text of a document that has no white space of its own, with an end of line behind it.
    static func text(of document: JSONDocument) -> [UInt8] {
        var layout = JSONLayout()
        layout.steps = [.value(document.root, depth: 0, isLast: true)]
        while let step = layout.steps.popLast() { layout.take(step) }
        return layout.lines
    }

    private mutating func take(_ step: Step) {
        switch step {
        case .text(let text): lines += Array(text.utf8)
        case .value(let node, let depth, let isLast):
            let end = isLast ? "\n" : ",\n"
            let isShort = node.sourceRange.count + 2 * depth <= Self.width
            if !isShort, let array = node.array, array.count > 0 {
                open("[", "]" + end, depth)
                push(array.map { ([], $0) }, depth + 1)
            } else if !isShort, let object = node.object, object.count > 0 {
                open("{", "}" + end, depth)
                push(object.map { (Self.name($0.name), $0.value) }, depth + 1)
            } else {
                lines += Self.text(of: node) + Array(end.utf8)
            }
        }
    }

    private mutating func open(_ start: String, _ end: String, _ depth: Int) {
        lines += Array((start + "\n").utf8)
        steps.append(.text(Self.indentation(depth) + end))
    }

    private mutating func push(_ parts: [(name: [UInt8], value: JSONNode)], _ depth: Int) {
        for (index, part) in parts.enumerated().reversed() {
            steps.append(.value(part.value, depth: depth, isLast: index == parts.count - 1))
            steps.append(.text(Self.indentation(depth) + String(decoding: part.name, as: UTF8.self)))
        }
    }

    private static func indentation(_ depth: Int) -> String { String(repeating: "  ", count: min(depth, deepest)) }

    private static func name(_ name: JSONString) -> [UInt8] {
        var writer = JSONWriter()
        writer.string(name)
        return writer.takeBytes() + Array(": ".utf8)
    }

    private static func text(of node: JSONNode) -> [UInt8] {
        var writer = JSONWriter()
        writer.value(node)
        return writer.takeBytes()
    }
}
