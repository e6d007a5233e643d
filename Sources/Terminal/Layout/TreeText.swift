/// Writes nodes as a tree with guides, one line each, from a flat walk: nothing here follows the depth of the tree by
/// calling itself.
///
///     user
///     ├─ name  "Ann"
///     └─ roles
///        └─ [0]  "ADMIN"
///
/// Indentation stops at `maximumDepth`; deeper nodes stand at that depth with their own in front, as `[depth 1000]`.
package struct TreeText {
    /// A node for `write(_:)`, which finds out by itself which node is the last of its parent.
    package struct Node: Sendable {
        let depth: Int
        let content: StyledText

        package init(depth: Int, content: StyledText) {
            self.depth = depth
            self.content = content
        }
    }

    private let maximumDepth: Int
    private let width: Int?
    private let palette: Palette
    private let sink: OutputSink
    /// For each depth above the next line's, whether a line goes on down to a later sibling.
    private var isOpen: [Bool] = []
    /// The guides of the line before, and its depth: a sibling has the same.
    private var guides = ""
    private var guidesDepth = 0

    /// - Parameters:
    ///   - width: lines are cut to this many columns; nil for whole lines.
    ///   - maximumDepth: where indentation stops.
    package init(width: Int?, palette: Palette, sink: OutputSink, maximumDepth: Int = 32) {
        self.maximumDepth = max(1, maximumDepth)
        self.width = width
        self.palette = palette
        self.sink = sink
    }

    /// Writes one node. Depth 0 is a root; a node deeper than its predecessor by more than one is drawn one below it.
    package mutating func line(depth: Int, isLast: Bool, _ content: StyledText) {
        let drawn = min(max(0, depth), maximumDepth, isOpen.count)
        isOpen.removeSubrange(drawn...)
        if drawn != guidesDepth {
            guides = isOpen.dropFirst().reduce(into: "") { $0 += $1 ? "│  " : "   " }
            guidesDepth = drawn
        }
        let branch = drawn == 0 ? "" : isLast ? "└─ " : "├─ "
        isOpen.append(!isLast)
        var text = StyledText()
        if depth > maximumDepth { text.append("[depth \(depth)] ", .faint) }
        text.append(content)
        let room = width.map { max(8, $0 - 3 * drawn) }
        let shown = text.truncated(to: room ?? .max).painted(by: palette)
        sink.write(palette.paint(guides + branch, .faint) + shown + "\n")
    }

    /// Writes a whole list of nodes in the order of the walk.
    package mutating func write(_ nodes: [Node]) {
        for (node, isLast) in zip(nodes, lastSiblings(nodes)) {
            guard sink.wantsMore else { return }
            line(depth: node.depth, isLast: isLast, node.content)
        }
    }

    /// For each node whether no sibling follows: found from the end, where a depth is seen again until a smaller one
    /// ends it.
    private func lastSiblings(_ nodes: [Node]) -> [Bool] {
        var isLast = [Bool](repeating: true, count: nodes.count)
        var isSeen: [Bool] = []
        for index in nodes.indices.reversed() {
            let depth = min(max(0, nodes[index].depth), maximumDepth)
            if depth < isSeen.count {
                isLast[index] = !isSeen[depth]
                isSeen.removeSubrange((depth + 1)...)
            } else {
                isSeen.append(contentsOf: repeatElement(false, count: depth + 1 - isSeen.count))
            }
            isSeen[depth] = true
        }
        return isLast
    }
}
