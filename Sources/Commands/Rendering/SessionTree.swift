import Sessions
import Terminal

/// A session as a tree for people: what it is, what is wrong with it, its attributes.
struct SessionTree {
    let rendering: ValueRendering
    let now: Int64

    /// The session's own fields, in the order of interest; those without a value are left out.
    private static let fields: [SessionField] = [
        .format, .principal, .created, .accessed, .idle, .interval, .expires, .ttl, .size, .key,
    ]

    /// All lines, with `title` (the id) at `depth`.
    func nodes(of session: Session, depth: Int = 0) -> [TreeText.Node] {
        var nodes = [TreeText.Node(depth: depth, content: StyledText(bytes: session.id, .identifier))]
        for field in Self.fields { nodes += node(field, of: session, depth: depth + 1) }
        for meaning in session.securityMeanings {
            let text = rendering.reveal ? meaning.value : SecretPolicy.masked(meaning.value) ?? meaning.value
            nodes.append(line(depth + 1, meaning.name, StyledText(text), wraps: true))
        }
        rendering.tokens.removeAll()
        let attributes = attributes(of: session, depth: depth + 1)
        // A session that is a token itself has shown what it says.
        for (path, token) in rendering.tokens.all where session.format != JWTFormat.name {
            nodes.append(line(depth + 1, "token", FoundTokens.line(path, token)))
        }
        // The line of the authentication names the roles already.
        let isTold = session.authentication != nil
        for detail in session.details where !isTold || detail.name != "roles" {
            nodes.append(line(depth + 1, detail.name, text(of: detail)))
        }
        for finding in session.findings {
            var text = StyledText("! \(finding.code)  ", .warning)
            text.append(finding.message)
            nodes.append(TreeText.Node(depth: depth + 1, content: text, wraps: true))
        }
        return nodes + attributes
    }

    /// Times are stored in milliseconds; people get the date as well.
    private func text(of detail: SessionDetail) -> StyledText {
        var text = StyledText(rendering.shown(detail.value, detail.name))
        if detail.name.hasSuffix("Time"), let time = Int64(detail.value) {
            text.append("  " + RFC3339.text(milliseconds: time), .faint)
        }
        return text
    }

    private func node(_ field: SessionField, of session: Session, depth: Int) -> [TreeText.Node] {
        if field == .format {
            var text = StyledText(session.format)
            if let variant = session.variant { text.append(" (\(variant))") }
            return [line(depth, "format", text)]
        }
        // A value from a file has no key.
        if field == .key, session.key.isEmpty || session.key == session.id { return [] }
        if case .missing = session.value(of: field, now: now) { return [] }
        return [line(depth, field.name, FieldText.styled(field, of: session, now: now, rendering))]
    }

    private func attributes(of session: Session, depth: Int) -> [TreeText.Node] {
        guard let attributes = session.attributes else { return [] }
        var title = StyledText("attributes", .name)
        title.append("  \(attributes.count)", .faint)
        var nodes = [TreeText.Node(depth: depth, content: title)]
        for attribute in attributes { nodes += rendering.nodes(of: attribute, depth: depth + 1) }
        return nodes
    }

    private func line(_ depth: Int, _ name: String, _ value: StyledText, wraps: Bool = false) -> TreeText.Node {
        var text = StyledText(name, .name)
        text.append("  ")
        text.append(value)
        return TreeText.Node(depth: depth, content: text, wraps: wraps)
    }
}
