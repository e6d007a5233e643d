/// The members of an object of typed JSON by name; none may be there twice.
struct TypedMembers {
    let node: JSONNode
    private let values: [String: JSONNode]

    init(_ node: JSONNode) throws(DocumentError) {
        var values: [String: JSONNode] = [:]
        if let object = node.object {
            for member in object where values.updateValue(member.value, forKey: member.name.lossyText) != nil {
                throw DocumentError("the member '\(member.name.lossyText)' is there twice", at: member.value)
            }
        }
        self.node = node
        self.values = values
    }

    private init(_ node: JSONNode, _ values: [String: JSONNode]) {
        self.node = node
        self.values = values
    }

    subscript(_ name: String) -> JSONNode? { values[name] }

    var names: [String] { values.keys.sorted() }

    /// The class that the object says; nil where it is none of typed JSON.
    var className: String? { values["class"]?.string?.lossyText }

    /// Those without some.
    func without(_ names: Set<String>) -> TypedMembers {
        TypedMembers(node, values.filter { !names.contains($0.key) })
    }

    /// With one more.
    func adding(_ name: String, _ value: JSONNode?) -> TypedMembers {
        var values = values
        values[name] = value
        return TypedMembers(node, values)
    }

    /// Refuses members that say nothing in an object of this kind.
    func require(only known: Set<String>) throws(DocumentError) {
        for (name, value) in values.sorted(by: { $0.key < $1.key })
        where !known.contains(name) && !Self.head.contains(name) {
            throw DocumentError("'\(name)' says nothing in a new \(className ?? "value"): leave it out", at: value)
        }
    }

    /// What every value may have beside its content.
    static let head: Set<String> = [
        "class", "id", "wireClass", "suspect", "suid", "bytes", "unordered", "record", "length",
    ]

    func integer(_ name: String) -> Int64? {
        guard let value = values[name] else { return nil }
        return value.number?.int64 ?? value.string?.text.flatMap { Int64($0) }
    }
}

extension JSONNode {
    /// The text of a string, number or truth value; nil for others, and for text that is no Unicode.
    var scalarText: String? {
        switch value {
        case .string(let text): text.text
        case .number(let number): number.text
        case .bool(let value): value ? "true" : "false"
        default: nil
        }
    }

    /// The number in an object that has nothing else than this member.
    func onlyMember(_ name: String) -> JSONNode? {
        guard let object, object.count == 1 else { return nil }
        return object.last(named: JSONString(name))
    }
}
