import Sessions
import Terminal

/// A JSON Web Token as a tree: header, claims with their times as dates, and what is wrong with it.
struct JWTTree {
    let now: Int64
    /// Show claims that look secret.
    let reveal: Bool

    func nodes(of token: JWT, label: StyledText, depth: Int) -> [TreeText.Node] {
        var title = label
        title.append(token.isEncrypted ? "encrypted JWT" : "JWT", .type)
        title.append("  the signature was not checked", .faint)
        var nodes = [TreeText.Node(depth: depth, content: title)]
        for finding in token.findings(now: now) { nodes.append(line(of: finding, depth: depth + 1)) }
        nodes.append(TreeText.Node(depth: depth + 1, content: StyledText("header", .name)))
        for member in token.headerMembers { nodes += lines(of: member, depth: depth + 2) }
        nodes.append(TreeText.Node(depth: depth + 1, content: payloadTitle(token)))
        for member in token.claimMembers { nodes += lines(of: member, depth: depth + 2) }
        return nodes
    }

    private func payloadTitle(_ token: JWT) -> StyledText {
        var title = StyledText("payload", .name)
        switch token.payload {
        case .json: break
        case .token: title.append("  another token", .faint)
        case .bytes(let bytes, let reason): title.append("  \(bytes.count) bytes: \(reason)", .warning)
        case .encrypted: title.append("  encrypted: only who has the key can read it", .faint)
        }
        return title
    }

    private func line(of finding: JWTFinding, depth: Int) -> TreeText.Node {
        var text = StyledText("! \(finding.code.rawValue)  ", finding.severity == .error ? .failure : .warning)
        if let name = finding.name {
            text.append(bytes: name.bytes, .name)
            text.append(": ")
        }
        text.append(finding.message)
        return TreeText.Node(depth: depth, content: text)
    }

    private func lines(of member: JWTMember, depth: Int) -> [TreeText.Node] {
        var text = StyledText(bytes: member.name.bytes, .name)
        text.append("  ")
        text.append(!reveal && member.looksSecret ? StyledText(SecretPolicy.mask, .masked) : Self.value(member.value))
        if let date = member.date?.text { text.append("  \(date)", .string) }
        if let meaning = member.meaning { text.append("  \(meaning)", .faint) }
        return [TreeText.Node(depth: depth, content: text)]
    }

    /// A JSON value in one line.
    private static func value(_ node: JSONNode) -> StyledText {
        switch node.value {
        case .string(let string):
            var text = StyledText("\"", .string)
            text.append(bytes: string.bytes, .string)
            text.append("\"", .string)
            return text
        case .number(let number): return StyledText(number.text, .number)
        case .bool, .null, .array, .object:
            var writer = JSONWriter()
            writer.value(node)
            return StyledText(bytes: writer.takeBytes(), .literal)
        }
    }
}
