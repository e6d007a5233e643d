import Sessions

/// Why a line is none of an export; nothing of its content.
struct LineFault: Error, Hashable {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}

extension SessionLine {
    /// A session with its keys in Base64 is longer than what they hold.
    static let limits = JSONLimits(bytes: longest, nodes: 64_000_000)
    /// The longest line in bytes.
    static let longest = 1 << 30

    /// Reads a line, without its end. The bytes are foreign.
    init(_ bytes: [UInt8]) throws(LineFault) {
        let root: JSONNode
        do throws(SessionError) {
            root = try JSONReader.read(bytes, limits: Self.limits).root
        } catch {
            throw LineFault("it is no JSON: \(error)")
        }
        guard root.kind == .object else { throw LineFault("it is no object") }
        switch root[Self.mark]?.string?.text {
        case nil: self = .session(try Self.session(root))
        case "export": self = .beginning(try Self.origin(root))
        case "end": self = .end(lines: Int(clamping: try Self.number(root, "lines")))
        default: throw LineFault("a newer program has written it")
        }
    }

    private static func origin(_ node: JSONNode) throws(LineFault) -> ExportOrigin {
        guard try number(node, "version") == version else { throw LineFault("a newer program has written it") }
        return ExportOrigin(
            identity: try text(node, "identity"), source: try text(node, "source"), version: try text(node, "program"),
            began: try number(node, "began"))
    }

    private static func session(_ node: JSONNode) throws(LineFault) -> KeptSession {
        guard let keys = node["keys"]?.array else { throw LineFault("it has no keys") }
        var states: [KeyState] = []
        for key in keys { states.append(try state(key)) }
        guard let own = states.first, own.role == .session else {
            throw LineFault("the first of its keys is not the session's own")
        }
        return KeptSession(
            id: try id(node["id"]), key: own.key, format: try text(node, "format"),
            variant: try optional(node["variant"]), states: states, result: [])
    }

    private static func state(_ node: JSONNode) throws(LineFault) -> KeyState {
        let name = try text(node, "role")
        guard let role = GroupedKey.Role(rawValue: name) else { throw LineFault("a key has an unknown role") }
        guard let end = node["expires"] else { throw LineFault("a key does not say when it expires") }
        let expiry = end.isNull ? nil : end.number?.int64
        guard end.isNull || expiry != nil else { throw LineFault("a key does not say when it expires") }
        return KeyState(
            key: try bytes(node["key"], "a key"), role: role, content: try content(node), expiresAt: expiry)
    }

    private static func content(_ node: JSONNode) throws(LineFault) -> KeyState.Content {
        let isShared = node["shared"]?.bool ?? false
        switch (node["type"]?.string?.text, isShared) {
        case ("none", false): return .missing
        case ("string", false): return .string(try bytes(node["value"], "a string"))
        case ("hash", false):
            return .hash(
                try list(node, "fields") { field throws(LineFault) in
                    let pair = try pair(field)
                    return StoredField(try bytes(pair.0, "a field"), try bytes(pair.1, "a value"))
                })
        case ("set", false):
            return .set(try list(node, "members") { member throws(LineFault) in try bytes(member, "a member") })
        case ("set", true):
            return .shared(
                try list(node, "members") { member throws(LineFault) in
                    SharedMember(try bytes(member, "a member"), .inside)
                })
        case ("zset", true):
            return .shared(
                try list(node, "members") { member throws(LineFault) in
                    let pair = try pair(member)
                    guard let score = pair.1.string?.text, Double(score) != nil else {
                        throw LineFault("a member has no score")
                    }
                    return SharedMember(try bytes(pair.0, "a member"), .scored(Array(score.utf8)))
                })
        default: throw LineFault("a key is of an unknown type")
        }
    }

    // MARK: The parts

    private static func list<Element>(
        _ node: JSONNode, _ name: String, _ read: (JSONNode) throws(LineFault) -> Element
    ) throws(LineFault) -> [Element] {
        guard let array = node[name]?.array else { throw LineFault("a key has no \(name)") }
        var elements: [Element] = []
        for element in array { elements.append(try read(element)) }
        return elements
    }

    private static func pair(_ node: JSONNode) throws(LineFault) -> (JSONNode, JSONNode) {
        var iterator = node.array?.makeIterator()
        guard node.array?.count == 2, let one = iterator?.next(), let other = iterator?.next() else {
            throw LineFault("a key has an entry that is no pair")
        }
        return (one, other)
    }

    private static func bytes(_ node: JSONNode?, _ what: String) throws(LineFault) -> [UInt8] {
        guard let text = node?.string else { throw LineFault("\(what) is no text in Base64") }
        do throws(SessionError) {
            return try Base64.decode(text.bytes)
        } catch {
            throw LineFault("\(what) is not in Base64: \(error)")
        }
    }

    /// Text, or bytes that are none.
    private static func id(_ node: JSONNode?) throws(LineFault) -> [UInt8] {
        if let text = node?.string { return text.bytes }
        return try bytes(node?[JSONWriter.base64Name], "the id")
    }

    private static func text(_ node: JSONNode, _ name: String) throws(LineFault) -> String {
        guard let text = node[name]?.string?.text else { throw LineFault("it has no \(name)") }
        return text
    }

    private static func optional(_ node: JSONNode?) throws(LineFault) -> String? {
        guard let node, !node.isNull else { return nil }
        guard let text = node.string?.text else { throw LineFault("a name is no text") }
        return text
    }

    private static func number(_ node: JSONNode, _ name: String) throws(LineFault) -> Int64 {
        guard let number = node[name]?.number?.int64 else { throw LineFault("it has no \(name)") }
        return number
    }
}
