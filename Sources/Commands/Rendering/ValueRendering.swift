import JavaSerialization
import Sessions
import Terminal

/// How attribute values are written.
struct ValueRendering {
    /// Show values that look secret.
    let reveal: Bool
    /// Milliseconds since 1970, for what is wrong with a token now.
    let now: Int64
    /// JSON that keeps everything (docs/json.md).
    var typed = false
    /// Asked while a large value is written; true leaves out the rest of it.
    let isInterrupted: () -> Bool
    /// What could not be decoded on the way.
    let problems = RenderingProblems()
    /// The tokens that were met on the way in trees.
    let tokens = FoundTokens()

    init(_ context: CommandContext, reveal: Bool) {
        self.init(reveal: reveal, now: context.clock(), isInterrupted: context.isInterrupted)
    }

    init(reveal: Bool, now: Int64, isInterrupted: @escaping () -> Bool) {
        self.reveal = reveal
        self.now = now
        self.isInterrupted = isInterrupted
    }

    /// Values of one Java stream as JSON, each with the name it is known by; what cannot be understood is null and noted.
    func writeJSON(_ nodes: [JavaNode?], of graph: JavaGraph, name: String, to writer: inout JSONWriter) {
        AttributeJSON(self).write(nodes, of: graph, name: name, to: &writer)
    }

    /// The lines of `attribute` in a tree.
    func nodes(of attribute: SessionAttribute, depth: Int) -> [TreeText.Node] {
        var label = StyledText(bytes: attribute.name, .name)
        label.append("  ")
        return nodes(of: attribute, label: label, depth: depth)
    }

    private func nodes(of attribute: SessionAttribute, label start: StyledText, depth: Int) -> [TreeText.Node] {
        let name = EscapedName.text(of: attribute.name)
        var label = start
        switch attribute.value.decoded() {
        case .java(let graph, let node): return nodes(of: node, in: graph, label: label, name: name, depth: depth)
        case .jwt(let token):
            tokens.note(token, at: name)
            return JWTTree(now: now, reveal: reveal).nodes(of: token, label: label, depth: depth)
        case .json(let document):
            return nodes(of: document.root, label: label, name: name, depth: depth)
        case .text(let text):
            let shown = shown(text, name)
            label.append(shown == SecretPolicy.mask ? StyledText(shown, .masked) : JavaWords.quoted(shown))
        case .bytes(let bytes):
            label.append(shown(bytes, name))
        case .opaque(let bytes, let reason):
            label.append(shown(bytes, name))
            label.append("  kept unread: \(reason)", .warning)
        case .undecodable(let bytes, let reason):
            problems.note("attribute '\(name)'", reason)
            label.append(shown(bytes, name))
            label.append("  ! \(reason)", .failure)
        }
        return [TreeText.Node(depth: depth, content: label)]
    }

    /// The lines of a value of a Java stream.
    func nodes(
        of node: JavaNode?, in graph: JavaGraph, label: StyledText = StyledText(), name: String, depth: Int
    ) -> [TreeText.Node] {
        var tree = JavaTree(graph: graph, rendering: self)
        return tree.lines(of: node, label: label, name: name, depth: depth)
    }

    /// The lines of a value of JSON.
    func nodes(
        of node: JSONNode, label: StyledText = StyledText(), name: String, depth: Int
    ) -> [TreeText.Node] {
        var tree = JSONTree(rendering: self)
        return tree.lines(of: node, label: label, name: name, depth: depth)
    }

    func isMasked(_ text: String, _ name: String) -> Bool {
        !reveal && (SecretPolicy.isSecret(name: name) || SecretPolicy.masked(text) != nil)
    }

    /// The text with masks in place of what is secret.
    func shown(_ text: String, _ name: String) -> String {
        reveal ? text : SecretPolicy.masked(text, named: name) ?? text
    }

    /// Bytes that say nothing of themselves, judged as in JSON.
    func isMasked(_ bytes: [UInt8], _ name: String) -> Bool {
        guard !reveal else { return false }
        return SecretPolicy.isSecret(name: name) || SecretPolicy.holdsSecretWord(bytes)
            || SecretPolicy.isSecretData(bytes)
    }

    private func shown(_ bytes: [UInt8], _ name: String) -> StyledText {
        isMasked(bytes, name) ? StyledText(SecretPolicy.mask, .masked) : Self.summary(of: bytes)
    }

    private static func summary(of bytes: [UInt8]) -> StyledText {
        StyledText(
            "\(bytes.count) bytes  " + Hexadecimal.encode(bytes.prefix(32)) + (bytes.count > 32 ? "…" : ""), .faint)
    }
}
