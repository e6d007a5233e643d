import JavaSerialization

/// Keys of maps.
extension JavaPathEdit {
    /// Sets the value of the key that a step stands for, of a class that is told; adds the entry where there is none.
    mutating func setEntry(
        _ value: NewValue, _ type: NewValueType, _ step: AttributePath.Step, _ owner: JavaNode, _ way: String
    ) throws(EditError) {
        let entry = try entry(type, step, owner, way)
        if let index = entry.index { return try set(.entry(index, of: entry.map, owner), to: value, way) }
        try insert(key: entry.key, value, entry.map, owner, way)
    }

    /// The key that a step stands for where its class is told, and which entry of a map has it.
    fileprivate func entry(
        _ type: NewValueType, _ step: AttributePath.Step, _ owner: JavaNode, _ way: String
    ) throws(EditError) -> (map: JavaMap, key: GraphEditor.Value, index: Int?) {
        guard case .map(let map)? = try? graph.value(of: owner).content else {
            throw EditError("\(way) is no entry of a map: only these have keys, of which --key-type says the class")
        }
        guard let text = step.keyText else {
            throw EditError("\(way): a key of a class that is told is written as text or a number")
        }
        let descriptor = graph.itemTypes(of: owner).elements.last
        let key = try type.value(text).object(beside: map.keys, in: graph, descriptor, way)
        return (map, key, editor.position(of: key, among: map.keys, in: owner))
    }

    /// Puts an entry into a map.
    mutating func insert(
        key: GraphEditor.Value, _ value: NewValue, _ map: JavaMap, _ owner: JavaNode, _ way: String
    ) throws(EditError) {
        let new = try object(value, beside: map.values, graph.itemTypes(of: owner).values.last, way)
        try change(way) { editor throws(JavaEditError) in try editor.insert(key: key, new, in: owner) }
    }

    /// A new key of a class of which others are there, or of the map's own type; text where nothing says of which. Nil where the step
    /// stands for none.
    func key(
        _ step: AttributePath.Step, of map: JavaMap, _ descriptor: String?, _ way: String
    ) throws(EditError) -> GraphEditor.Value? {
        switch step {
        case .null: return (graph, nil)
        case .number(let number): return try key(String(number), of: map, descriptor, way, isNumber: true)
        case .name(let text), .quoted(let text): return try key(text, of: map, descriptor, way)
        default: return nil
        }
    }

    /// - Parameter option: what says of a constant that nobody knows that it exists.
    private func key(
        _ text: String, of map: JavaMap, _ descriptor: String?, _ way: String, isNumber: Bool = false,
        option: String = "--key-type enum"
    ) throws(EditError) -> GraphEditor.Value? {
        var refusal: EditError?
        for like in kinds(of: map.keys) {
            if let type = EnumPlace(like: like, in: graph, descriptor) {
                do throws(EditError) {
                    try type.require(text, in: graph, way, option: option)
                    return try NewValue.constant(text).object(like: like, in: graph, descriptor, way)
                } catch {
                    refusal = error
                }
            } else if let type = keyType(like, descriptor), !isNumber || type != .string,
                let key = try? NewValue.text(text, type: type).object(like: nil, in: graph, nil, way)
            {
                return key
            }
        }
        if let refusal { throw refusal }
        return nil
    }

    /// A key of each class that occurs, strings first: text is rather one of these. A single nil for a map without keys.
    private func kinds(of keys: JavaItems) -> [JavaNode?] {
        var kinds: [JavaNode] = []
        for case let key? in keys
        where !kinds.contains(where: {
            graph.kind(of: $0) == graph.kind(of: key) && graph.className(of: $0) == graph.className(of: key)
        }) {
            kinds.insert(key, at: graph.kind(of: key) == .string ? 0 : kinds.count)
        }
        return kinds.isEmpty ? [nil] : kinds
    }

    private func keyType(_ like: JavaNode?, _ descriptor: String?) -> JavaValueType? {
        if let like { return JavaValueType(className: (try? graph.value(of: like).className) ?? "") }
        return descriptor.map { JavaValueType(className: JavaTypeName.source($0)) } ?? .string
    }

    // MARK: Renaming

    /// - Parameter key: what the name stands for, where that is told.
    mutating func rename(
        _ place: JavaPlace, to name: String, _ key: NewValue?, _ way: String
    ) throws(EditError) {
        guard case .entry(let index, let map, let owner) = place else {
            throw EditError("\(way) is no entry of a map: only these and whole attributes have names of their own")
        }
        let new = try newKey(name, key, map, graph.itemTypes(of: owner).elements.last, way)
        try change(way) { editor throws(JavaEditError) in try editor.setKey(index, of: owner, to: new) }
    }

    private func newKey(
        _ name: String, _ key: NewValue?, _ map: JavaMap, _ descriptor: String?, _ way: String
    ) throws(EditError) -> GraphEditor.Value {
        if let key { return try key.object(beside: map.keys, in: graph, descriptor, way) }
        guard let new = try self.key(name, of: map, descriptor, way, option: "--type enum") else {
            throw EditError(
                "\(way): '\(name)' cannot be a key beside those of this map; --type says of which class it is")
        }
        return new
    }
}

extension AttributePath.Step {
    /// What it says of a key; nil for null, positions and fields of a class.
    fileprivate var keyText: String? {
        switch self {
        case .name(let text), .quoted(let text): text
        case .number(let number): String(number)
        default: nil
        }
    }
}

extension AttributePath {
    /// What stands at the path where its last step is the key of a Java map, of a class that is told; nil where there is no such entry.
    public func value(ofKey type: NewValueType, in attributes: [SessionAttribute]) -> PathValue? {
        var owner = self
        guard let step = owner.steps.popLast(), let (graph, node) = (try? owner.value(in: attributes))?.object,
            let entry = try? JavaPathEdit(graph: graph, content: 0).entry(type, step, node, ""),
            let index = entry.index
        else { return nil }
        return .java(graph, entry.map.values[index])
    }
}

extension PathValue {
    /// The object of a Java stream that it is.
    fileprivate var object: (graph: JavaGraph, node: JavaNode)? {
        switch self {
        case .java(let graph, let node?): return (graph, node)
        case .attribute(let attribute):
            guard case .java(let graph, let node?) = attribute.value.decoded() else { return nil }
            return (graph, node)
        default: return nil
        }
    }
}
