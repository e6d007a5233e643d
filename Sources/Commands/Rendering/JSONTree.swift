import JavaSerialization
import Sessions
import Terminal

/// Flattens a JSON value into lines of a tree, with an explicit stack and a bound on their number. Classes that Jackson named
/// stand in front of the values, as for Java streams, and their wrappers do not show.
struct JSONTree {
    private let rendering: ValueRendering
    private var reveal: Bool { rendering.reveal }
    /// Most lines; a closing line says how much is missing.
    var maximumLines = 20_000

    private var nodes: [TreeText.Node] = []
    private var work: [Item] = []
    /// For each container the one around it, and what leads from there: ways are put together only when one is named.
    private var ways: [(parent: Int, step: String)] = []

    init(rendering: ValueRendering) { self.rendering = rendering }

    private struct Item {
        let depth: Int
        var label: StyledText
        /// Whether the name, or that of something around it, is one of a secret.
        let isSecret: Bool
        let node: JSONNode
        /// The container around it, and the step that leads from there.
        var parent = -1
        let step: String
    }

    /// The lines of `node`, with `label` in front of the first.
    mutating func lines(of node: JSONNode, label: StyledText, name: String, depth: Int) -> [TreeText.Node] {
        nodes = []
        work = [Item(depth: depth, label: label, isSecret: SecretPolicy.isSecret(name: name), node: node, step: name)]
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
        case .number where !reveal && item.isSecret && SecretPolicy.canBeSecret(value):
            line.append(SecretPolicy.mask, .masked)
        case .number(let number): line.append(Self.number(number, value))
        case .string(let string):
            if let token = FoundTokens.token(in: string.bytes) { return write(token, in: string, line, item) }
            line.append(text(string, isSecret: item.isSecret, isWord: !isPlainString(value)))
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
        if let time = value.epochMilliseconds { return StyledText(JavaValue.isoText(epochMillis: time), .string) }
        return StyledText(number.text, .number)
    }

    /// What `text` says, in quotes unless its class says what it is.
    private func text(_ string: JSONString, isSecret: Bool, isWord: Bool) -> StyledText {
        let text = EscapedName.text(of: string.bytes)
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

    /// What a token says, unless the name of it, or of something around it, is that of a secret.
    private mutating func write(_ token: JWT, in string: JSONString, _ start: StyledText, _ item: Item) {
        rendering.tokens.note(token, at: way(to: item))
        guard reveal || !item.isSecret else {
            var line = start
            line.append(FoundTokens.mask(string.bytes.count))
            return nodes.append(TreeText.Node(depth: item.depth, content: line))
        }
        nodes += JWTTree(now: rendering.now, reveal: reveal).nodes(of: token, label: start, depth: item.depth)
    }

    /// Such as `cart.items[0]`; of a long way its beginning and end.
    private func way(to item: Item) -> String {
        var steps = [item.step]
        var index = item.parent
        while index >= 0, index < ways.count {
            steps.append(ways[index].step)
            index = ways[index].parent
        }
        guard steps.count > 24 else { return steps.reversed().joined() }
        return steps.suffix(12).reversed().joined() + " … " + steps.prefix(12).reversed().joined()
    }

    private mutating func push(_ array: JSONArray, _ item: Item) {
        ways.append((item.parent, item.step))
        for (index, element) in Array(array.prefix(maximumLines)).enumerated().reversed() {
            var label = StyledText("[\(index)]", .name)
            label.append("  ")
            work.append(
                Item(
                    depth: item.depth + 1, label: label, isSecret: item.isSecret, node: element, parent: ways.count - 1,
                    step: "[\(index)]"))
        }
    }

    /// How many members there are; they become the next lines.
    private mutating func members(of value: JacksonValue, _ item: Item) -> String {
        let members = value.members
        let pairName = value.node.object.flatMap { SecretPolicy.pairName(of: $0) }
        let isKey = value.node.object.map { PrivateKeyText.isKey($0) } ?? false
        ways.append((item.parent, item.step))
        for member in members.prefix(maximumLines).reversed() {
            let name = maskedName(member.name)
            var label = name.map { StyledText($0, .name) } ?? StyledText(bytes: member.name.bytes, .name)
            label.append("  ")
            let plain = member.name.lossyText
            let isSecret =
                (item.isSecret || SecretPolicy.isSecret(name: plain)
                    || SecretPolicy.isSecret(member: member.name, ofPair: pairName)
                    || isKey && PrivateKeyText.isPrivate(plain, member.value))
                && !SecretPolicy.isPublic(field: plain, of: value.className ?? "")
            work.append(
                Item(
                    depth: item.depth + 1, label: label, isSecret: isSecret, node: member.value, parent: ways.count - 1,
                    step: Self.step(name ?? EscapedName.text(of: member.name.bytes))))
        }
        let duplicates = value.node.object?.duplicateNames.count ?? 0
        let count = "  \(members.count) member\(members.count == 1 ? "" : "s")"
        return count + (duplicates > 0 ? ", \(duplicates) of them named twice: Java takes the last" : "")
    }

    /// The name with masks in place of the secrets in it; nil where there is none.
    private func maskedName(_ name: JSONString) -> String? { reveal ? nil : SecretPolicy.masked(name.lossyText) }

    /// A member as a step of a path.
    private static func step(_ name: String) -> String {
        let isPlain = !name.isEmpty && name.utf8.allSatisfy { $0 != 0x2E && $0 != 0x5B && $0 != 0x27 && $0 > 0x20 }
        return isPlain ? "." + name : "['" + name.replacing("'", with: "''") + "']"
    }
}
