import JavaSerialization
import Sessions
import Terminal

/// Flattens values of a Java stream into lines of a tree, with an explicit stack and a bound on their number.
///
/// What occurs again is shown once and then named by the way that leads to it, so cycles end and shared graphs stay small.
struct JavaTree {
    let graph: JavaGraph
    let reveal: Bool
    /// Most lines; a closing line says how much is missing.
    var maximumLines = 20_000

    private var nodes: [TreeText.Node] = []
    /// The line at which a node was written.
    private var seen: [JavaNode: Int] = [:]
    /// For each line the one above it in the tree, and what leads from there: ways are put together only when one is named.
    private var ways: [(parent: Int, step: String)] = []
    private var work: [Item] = []
    private let rendering: ValueRendering
    private var problems: RenderingProblems { rendering.problems }

    init(graph: JavaGraph, rendering: ValueRendering) {
        self.graph = graph
        self.rendering = rendering
        reveal = rendering.reveal
    }

    /// One line to be written: what stands in front, the value, and the way to it.
    private struct Item {
        let depth: Int
        let label: StyledText
        let name: String
        /// Whether the name, or that of something around it, is one of a secret.
        let isSecret: Bool
        let value: Value
        let parent: Int
        let step: String
    }

    private enum Value {
        case node(JavaNode?)
        case primitive(JavaPrimitive)
        case text(StyledText)
    }

    /// The lines of `node`, with `label` in front of the first.
    mutating func lines(of node: JavaNode?, label: StyledText, name: String, depth: Int) -> [TreeText.Node] {
        nodes = []
        ways = []
        work = [
            Item(
                depth: depth, label: label, name: name, isSecret: SecretPolicy.isSecret(name: name), value: .node(node),
                parent: -1, step: name)
        ]
        while let item = work.popLast() {
            guard nodes.count < maximumLines else {
                nodes.append(
                    TreeText.Node(
                        depth: depth,
                        content: StyledText("… more than \(maximumLines) lines; get PATH shows a part", .warning)))
                break
            }
            write(item)
        }
        work = []
        return nodes
    }

    private mutating func write(_ item: Item) {
        var line = item.label
        switch item.value {
        case .text(let text): line.append(text)
        case .primitive(let primitive):
            let isMasked = !reveal && item.isSecret && SecretPolicy.canBeSecret(primitive)
            line.append(isMasked ? StyledText(SecretPolicy.mask, .masked) : JavaWords.primitive(primitive))
        case .node(nil): line.append("null", .literal)
        case .node(let node?):
            guard let first = seen[node] else { return writeNode(node, item) }
            line.append("↑ same as ", .faint)
            line.append(way(to: first), .faint)
        }
        append(line, item)
    }

    private mutating func append(_ line: StyledText, _ item: Item) {
        nodes.append(TreeText.Node(depth: item.depth, content: line))
        ways.append((item.parent, item.step))
    }

    /// Such as `cart.items[0]`; of a long way its beginning and end.
    private func way(to line: Int) -> String {
        var steps: [String] = []
        var index = line
        while index >= 0, index < ways.count {
            if !ways[index].step.isEmpty { steps.append(ways[index].step) }
            index = ways[index].parent
        }
        if steps.isEmpty { return "the top" }
        guard steps.count > 24 else { return steps.reversed().joined() }
        return steps.suffix(12).reversed().joined() + " … " + steps.prefix(12).reversed().joined()
    }

    private func wayTo(_ item: Item) -> String {
        item.parent < 0 ? item.step : way(to: item.parent) + item.step
    }

    private mutating func writeNode(_ node: JavaNode, _ item: Item) {
        var line = item.label
        do {
            let value = try graph.value(of: node)
            if case .string = value.content, let token = graph.text(of: node).flatMap({ FoundTokens.token(in: $0) }) {
                return write(token, of: node, item)
            }
            if !reveal, let mask = mask(node, value, isSecret: item.isSecret) {
                line.append(mask)
            } else {
                let words = JavaWords(graph: graph, node: node, value: value, reveal: reveal)
                line.append(words.summary(isSecret: item.isSecret))
                let children = words.children()
                if !children.isEmpty {
                    seen[node] = nodes.count
                    push(children, below: item, line: nodes.count)
                }
            }
        } catch {
            line.append("! \(error)", .failure)
            problems.note(wayTo(item), "\(error)")
        }
        append(line, item)
    }

    /// What a token says, unless the name of it, or of something around it, is that of a secret.
    private mutating func write(_ token: JWT, of node: JavaNode, _ item: Item) {
        rendering.tokens.note(token, at: wayTo(item))
        var line = item.label
        guard reveal || !item.isSecret else {
            line.append(FoundTokens.mask(graph.text(of: node)?.count ?? 0))
            return append(line, item)
        }
        for line in JWTTree(now: rendering.now, reveal: reveal).nodes(of: token, label: line, depth: item.depth) {
            nodes.append(line)
            ways.append((item.parent, item.step))
        }
    }

    private mutating func push(_ children: [JavaWords.Child], below item: Item, line: Int) {
        // Room for a line each: what would never be written is not prepared.
        for child in children.prefix(maximumLines).reversed() {
            let value: Value
            switch child.value {
            case .reference(let node): value = .node(node)
            case .primitive(let primitive): value = .primitive(primitive)
            case .text(let text): value = .text(StyledText(text))
            }
            let isSecret =
                (item.isSecret || SecretPolicy.isSecret(name: child.name))
                && !SecretPolicy.isPublic(field: child.name, of: child.owner)
            work.append(
                Item(
                    depth: item.depth + 1, label: child.label, name: child.name, isSecret: isSecret, value: value,
                    parent: line,
                    step: child.path))
        }
    }

    /// What stands in the place of a value that looks secret.
    private func mask(_ node: JavaNode, _ value: JavaValue, isSecret: Bool) -> StyledText? {
        if isSecret, SecretPolicy.isNumeric(node, value, of: graph) { return StyledText(SecretPolicy.mask, .masked) }
        switch value.content {
        case .string:
            guard let bytes = graph.wtf8(of: node), !bytes.isEmpty else { return nil }
            let text = EscapedName.text(of: bytes)
            guard let shown = isSecret ? SecretPolicy.mask : SecretPolicy.masked(text) else { return nil }
            guard shown == SecretPolicy.mask else { return JavaWords.quoted(shown) }
            var mask = StyledText(SecretPolicy.mask, .masked)
            mask.append("  \(text.count) characters; --reveal shows them", .faint)
            return mask
        case .array where graph.elementType(of: node) == .char:
            return graph.characters(of: node).flatMap { SecretPolicy.masked($0.text) }.map { JavaWords.quoted($0) }
        case .array where graph.elementType(of: node) == .byte:
            let isMasked = SecretPolicy.isSecretData(Array(graph.bytes[graph.elementBytes(of: node)]))
            return isMasked ? StyledText(SecretPolicy.mask, .masked) : nil
        case .blockData:
            // The first bytes alone are shown, and a stream begins with names.
            let data = Array(graph.bytes[graph.payload(of: node)])
            return isSecret || SecretPolicy.holdsSecretStream(data) ? StyledText(SecretPolicy.mask, .masked) : nil
        case .text(let text), .pattern(let text, _):
            if isSecret { return StyledText(SecretPolicy.mask, .masked) }
            return SecretPolicy.masked(EscapedName.text(of: text.wtf8)).map { StyledText($0, .string) }
        default: return nil
        }
    }
}
