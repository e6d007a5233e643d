import JavaSerialization
import Sessions
import Terminal

/// Flattens a JSON value into lines of a tree, with an explicit stack and a bound on their number. Classes that Jackson named
/// stand in front of the values, as for Java streams, and their wrappers do not show.
struct JSONTree {
    let reveal: Bool
    /// Milliseconds since 1970, for what is wrong with a token now.
    let now: Int64
    /// Most lines; a closing line says how much is missing.
    var maximumLines = 20_000

    private var nodes: [TreeText.Node] = []
    private var work: [Item] = []

    init(reveal: Bool, now: Int64) {
        self.reveal = reveal
        self.now = now
    }

    private struct Item {
        let depth: Int
        var label: StyledText
        /// Whether the name, or that of something around it, is one of a secret.
        let isSecret: Bool
        let node: JSONNode
    }

    /// The lines of `node`, with `label` in front of the first.
    mutating func lines(of node: JSONNode, label: StyledText, name: String, depth: Int) -> [TreeText.Node] {
        nodes = []
        work = [Item(depth: depth, label: label, isSecret: SecretPolicy.isSecret(name: name), node: node)]
        while let item = work.popLast() {
            guard nodes.count < maximumLines else {
                let more = StyledText("… more than \(maximumLines) lines; get PATH shows a part", .warning)
                nodes.append(TreeText.Node(depth: depth, content: more))
                break
            }
            write(item)
        }
        work = []
        return nodes
    }

    private mutating func write(_ item: Item) {
        let value = JacksonValue(item.node)
        var line = item.label
        if value.node.kind != .string || !isPlainString(value) { line.append(Self.type(value)) }
        switch value.node.value {
        case .null: line.append("null", .literal)
        case .bool(let bool): line.append(bool ? "true" : "false", .literal)
        case .number(let number): line.append(Self.number(number, value))
        case .string(let string):
            if let token = token(in: string, item) {
                return nodes += JWTTree(now: now, reveal: reveal).nodes(of: token, label: line, depth: item.depth)
            }
            line.append(text(string, isSecret: item.isSecret, isWord: value.className != nil))
        case .array(let array):
            line.append("  \(array.count) element\(array.count == 1 ? "" : "s")", .faint)
            push(array, item)
        case .object: line.append(members(of: value, item), .faint)
        }
        nodes.append(TreeText.Node(depth: item.depth, content: line))
    }

    /// Texts are known by their quotes.
    private func isPlainString(_ value: JacksonValue) -> Bool {
        value.className == nil || value.className == "java.lang.String"
    }

    /// The class without its package; of numbers none, as in trees of Java streams.
    private static func type(_ value: JacksonValue) -> StyledText {
        guard let name = value.className else {
            switch value.node.kind {
            case .array: return StyledText("JSON array", .type)
            case .object: return StyledText("JSON object", .type)
            default: return StyledText()
            }
        }
        let isNumber = value.node.kind == .number && value.epochMilliseconds == nil
        if isNumber || value.node.kind == .bool { return StyledText() }
        var text = StyledText(JavaWords.shortName(ShortName.of(name)), .type)
        if SuspectClasses.isSuspect(name) { text.append(" (known from attacks)", .failure) }
        if value.node.kind != .object, value.node.kind != .array { text.append(" ") }
        return text
    }

    private static func number(_ number: JSONNumber, _ value: JacksonValue) -> StyledText {
        if let time = value.epochMilliseconds { return StyledText(RFC3339.text(milliseconds: time), .string) }
        return StyledText(number.text, .number)
    }

    /// What `text` says, in quotes unless its class says what it is.
    private func text(_ string: JSONString, isSecret: Bool, isWord: Bool) -> StyledText {
        let text = string.lossyText
        if !reveal, !text.isEmpty, let shown = isSecret ? SecretPolicy.mask : SecretPolicy.masked(text) {
            guard shown == SecretPolicy.mask else { return JavaWords.quoted(shown) }
            var mask = StyledText(shown, .masked)
            mask.append("  \(text.count) characters; --reveal shows them", .faint)
            return mask
        }
        var line = StyledText(isWord ? "" : "\"", .string)
        line.append(bytes: string.bytes, .string)
        line.append(isWord ? "" : "\"", .string)
        return line
    }

    /// A token that may be shown: one that no name around it makes a secret.
    private func token(in string: JSONString, _ item: Item) -> JWT? {
        guard reveal || !item.isSecret, JWT.looksLikeToken(string.bytes) else { return nil }
        return try? JWT.decode(string.bytes)
    }

    private mutating func push(_ array: JSONArray, _ item: Item) {
        for (index, element) in Array(array.prefix(maximumLines)).enumerated().reversed() {
            var label = StyledText("[\(index)]", .name)
            label.append("  ")
            work.append(Item(depth: item.depth + 1, label: label, isSecret: item.isSecret, node: element))
        }
    }

    /// How many members there are; they become the next lines.
    private mutating func members(of value: JacksonValue, _ item: Item) -> String {
        let members = value.members
        for member in members.prefix(maximumLines).reversed() {
            var label = StyledText(bytes: member.name.bytes, .name)
            label.append("  ")
            let isSecret = item.isSecret || SecretPolicy.isSecret(name: member.name.lossyText)
            work.append(Item(depth: item.depth + 1, label: label, isSecret: isSecret, node: member.value))
        }
        let duplicates = value.node.object?.duplicateNames.count ?? 0
        let count = "  \(members.count) member\(members.count == 1 ? "" : "s")"
        return count + (duplicates > 0 ? ", \(duplicates) of them named twice: Java takes the last" : "")
    }
}
