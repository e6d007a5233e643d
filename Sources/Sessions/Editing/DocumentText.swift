/// Values of typed JSON in a few words, for people.
enum DocumentText {
    private static let mostCharacters = 60

    static func short(_ node: JSONNode?) -> String {
        guard let node else { return "nothing" }
        switch node.value {
        case .null: return "null"
        case .bool(let value): return value ? "true" : "false"
        case .number(let number): return cut(number.text)
        case .string(let text): return quoted(text)
        case .array(let array): return "a list of \(array.count)"
        case .object: return object(node)
        }
    }

    private static func object(_ node: JSONNode) -> String {
        if node.isMasked { return SecretPolicy.mask }
        if let id = node.onlyMember("ref") { return "the object \(id.scalarText ?? "")" }
        guard let name = node["class"]?.string?.lossyText else {
            return "a map of \(node.object?.count ?? 0)"
        }
        if let constant = node["enum"] { return constant.string?.lossyText ?? "" }
        if let value = node["value"], value.kind == .string, name == "java.lang.String" { return short(value) }
        if let value = node["value"], let text = value.scalarText { return cut(text) }
        for (member, unit) in [
            ("base64", "bytes"), ("string", "characters"), ("items", "items"), ("entries", "entries"),
        ] {
            guard let parts = node[member] else { continue }
            if member == "string" { return short(parts) }
            let count = parts.array?.count ?? (parts.string?.bytes.count ?? 0) / 4 * 3
            return "\(ShortName.of(name)) of \(member == "base64" ? "about " : "")\(count) \(unit)"
        }
        if let time = node["epochMillis"]?.scalarText { return time }
        return "a " + ShortName.of(name)
    }

    private static func quoted(_ text: JSONString) -> String {
        var writer = JSONWriter()
        writer.string(cut(text.lossyText))
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private static func cut(_ text: String) -> String {
        text.count > mostCharacters ? text.prefix(mostCharacters) + "…" : text
    }
}
