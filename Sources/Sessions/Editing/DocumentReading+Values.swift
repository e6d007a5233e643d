import JavaSerialization

/// What the values of a document stand for: objects of the graph that it was printed from, or new ones.
extension DocumentReading {
    /// What a value of the document stands for.
    mutating func value(_ json: JSONNode, _ path: Int) throws(DocumentError) -> DocumentValue {
        guard json.kind == .object else { return json.isNull ? .null : .new(json.index) }
        if let copy = moved.places[json.index] { return .copy(copy) }
        if let id = json.onlyMember("ref") {
            let copy = id.number?.int64.flatMap { moved.numbered[$0] }
            guard let number = id.number?.int64, let found = edited.numbered[number] ?? printed.numbered[number] else {
                if let copy { return .copy(copy) }
                throw fail("refers to an id that no object has", json, path)
            }
            guard copy == nil || !references.isNew(number) else {
                throw fail(
                    "refers to an id that an object of this attribute has, and one that was moved here: write the object itself",
                    json, path)
            }
            return edited.numbered[number] == nil ? .node(try node(found, path)) : try value(found, path)
        }
        if let place = json.onlyMember("at") {
            guard let offset = place.number?.int64.flatMap({ Int(exactly: $0) }), printed.values[offset] != nil,
                let node = nodes[offset]
            else { throw fail("refers to a byte at which no object of this document begins", json, path) }
            return .node(node)
        }
        if let mark = json.onlyMember("$masked") {
            guard let range = mark.maskedRange, let before = printed.masked[range.offset],
                before == json || before.onlyMember("$masked") == nil, let node = nodes[range.offset],
                graph.byteRange(of: node).count == range.count
            else { throw fail("stands for no value that is masked in this document", json, path) }
            return .node(node)
        }
        guard json["class"]?.string != nil, json["bytes"] != nil else { return .new(json.index) }
        return try existing(json, path)
    }

    /// An object with `bytes`: that of the graph, unless it is one without parts whose text was changed.
    private mutating func existing(_ json: JSONNode, _ path: Int) throws(DocumentError) -> DocumentValue {
        let node = try node(json, path)
        let offset = graph.byteRange(of: node).lowerBound
        let after = try TypedMembers(json)
        if let mark = after["masked"] {
            // Nothing may be said beside the mark that would be passed over.
            let isMark = mark.bool == true && Set(after.names).subtracting(TypedMembers.head) == ["masked"]
            guard isMark, let before = printed.masked[offset], before == json || before.onlyMember("$masked") != nil
            else {
                throw fail("is masked: to give it a new value, write one without 'masked' and 'bytes'", json, path)
            }
            return .node(node)
        }
        guard let before = printed.values[offset] else {
            throw fail("is masked in this document: a new value has no 'bytes'", json, path)
        }
        let old = try TypedMembers(before)
        try requireSameHead(after, old, path)
        // Of others the parts are looked at one by one.
        guard try isLeaf(node, json, path) else { return .node(node) }
        return try changedLeaf(after, old, path) ? .new(json.index) : .node(node)
    }

    /// The node of the graph that an object with `bytes` stands for.
    private func node(_ json: JSONNode, _ path: Int) throws(DocumentError) -> JavaNode {
        guard let mark = json["bytes"], let range = mark.byteRange, let node = nodes[range.offset],
            printed.values[range.offset] != nil || printed.masked[range.offset] != nil,
            graph.byteRange(of: node).count == range.count
        else {
            throw fail(
                "has bytes at which no value of this document is: a new one has none, nor has one that was changed and moved to "
                    + "another attribute", json, path)
        }
        return node
    }

    private func isLeaf(_ node: JavaNode, _ json: JSONNode, _ path: Int) throws(DocumentError) -> Bool {
        switch try content(node, json, path) {
        case .string, .box, .bigInteger, .bigDecimal, .text, .locale, .pattern, .date, .timestamp, .calendar,
            .enumConstant, .classObject, .classDescription, .opaque, .blockData, .reset:
            true
        default: false
        }
    }

    func content(_ node: JavaNode, _ json: JSONNode, _ path: Int) throws(DocumentError) -> JavaValue.Content {
        do throws(JavaStreamError) {
            return try graph.value(of: node).content
        } catch {
            throw fail("cannot be read: \(error)", json, path)
        }
    }

    /// Whether the text of a value without parts is another. Of two forms of the same, the one that was changed counts.
    private mutating func changedLeaf(
        _ after: TypedMembers, _ before: TypedMembers, _ path: Int
    ) throws(DocumentError) -> Bool {
        let names = Set(after.names).union(before.names).subtracting(TypedMembers.head)
        for name in names where before[name] != nil && after[name] == nil {
            throw fail("has no '\(name)' any more: change it, or leave the value as it was", after.node, path)
        }
        let changed = names.filter { after[$0] != before[$0] }
        guard !changed.isEmpty else { return false }
        let exact: Set<String> = ["bits", "code", "epochMillis", "unscaled", "scale", "signum", "magnitude"]
        if changed == ["value"] {
            builder.unheeded[after.node.index] = exact
        } else if !changed.contains("value") {
            builder.unheeded[after.node.index] = ["value"]
        }
        return true
    }

    /// The members that say what the object is, and not what it holds.
    func requireSameHead(_ after: TypedMembers, _ before: TypedMembers, _ path: Int) throws(DocumentError) {
        let head = [
            "class", "wireClass", "suspect", "suid", "bytes", "unordered", "record", "externalizable", "copies",
        ]
        for name in head where after[name] != before[name] {
            throw fail(
                "has another '\(name)', which cannot be changed: a new value without 'bytes' can take its place",
                after[name] ?? after.node, path)
        }
    }
}
