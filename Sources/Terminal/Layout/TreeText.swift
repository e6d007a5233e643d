/// Writes nodes as a tree with guides, one line each, from a flat walk: nothing here follows the depth of the tree by
/// calling itself.
///
///     user
///     ├─ name  "Ann"
///     └─ roles
///        └─ [0]  "ADMIN"
///
/// Indentation stops at `maximumDepth`, earlier on a narrow terminal; deeper nodes stand at that depth with their own in
/// front, as `[depth 1000]`.
package struct TreeText {
    /// A node for `write(_:)`, which finds out by itself which node is the last of its parent.
    package struct Node: Sendable {
        let depth: Int
        let content: StyledText
        /// Whether what does not fit goes on in further lines instead of being cut.
        let wraps: Bool

        package init(depth: Int, content: StyledText, wraps: Bool = false) {
            self.depth = depth
            self.content = content
            self.wraps = wraps
        }
    }

    private let maximumDepth: Int
    private let width: Int?
    private let palette: Palette
    private let sink: OutputSink
    /// The columns that guides leave to the content.
    private static let leastRoom = 12

    /// For each depth above the next line's, whether a line goes on down to a later sibling.
    private var isOpen: [Bool] = []
    /// The guides of the line before, and its depth: a sibling has the same.
    private var guides = ""
    private var guidesDepth = 0

    /// - Parameters:
    ///   - width: lines are cut or wrapped to this many columns; nil for whole lines.
    ///   - maximumDepth: where indentation stops.
    package init(width: Int?, palette: Palette, sink: OutputSink, maximumDepth: Int = 32) {
        let deepest = width.map { ($0 - Self.leastRoom) / 3 } ?? maximumDepth
        self.maximumDepth = max(1, min(maximumDepth, deepest))
        self.width = width
        self.palette = palette
        self.sink = sink
    }

    /// Writes one node. Depth 0 is a root; a node deeper than its predecessor by more than one is drawn one below it.
    ///
    /// With `wraps` what does not fit goes on in further lines, below the guides that go on.
    package mutating func line(depth: Int, isLast: Bool, _ content: StyledText, wraps: Bool = false) {
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
        let room = width.map { max(8, $0 - 3 * drawn) } ?? .max
        guard wraps, text.columns > room else {
            return sink.write(
                palette.paint(guides + branch, .faint) + text.truncated(to: room).painted(by: palette) + "\n")
        }
        writeWrapped(text, room, branch: branch, below: drawn == 0 ? "" : isLast ? "   " : "│  ")
    }

    private func writeWrapped(_ text: StyledText, _ room: Int, branch: String, below: String) {
        let hanging = 2
        let others = guides + below + String(repeating: " ", count: hanging)
        for (index, line) in text.wrapped(to: room, hanging: hanging).enumerated() {
            sink.write(palette.paint(index == 0 ? guides + branch : others, .faint) + line.painted(by: palette) + "\n")
        }
    }

    /// Writes a whole list of nodes in the order of the walk.
    package mutating func write(_ nodes: [Node]) {
        for (node, isLast) in zip(nodes, lastSiblings(nodes)) {
            guard sink.wantsMore else { return }
            line(depth: node.depth, isLast: isLast, node.content, wraps: node.wraps)
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
