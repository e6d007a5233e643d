import JavaSerialization

extension DocumentReading {
    /// Looks at the content of one object of the graph.
    mutating func look(_ visit: Visit) throws(DocumentError) {
        try requireSameHead(visit.after, visit.before, visit.path)
        let handled = try lookAtParts(visit)
        let names = Set(visit.after.names).union(visit.before.names).subtracting(handled).subtracting(TypedMembers.head)
        for name in names.sorted() where visit.after[name] != visit.before[name] {
            throw fail(
                "has another '\(name)', which cannot be changed here", visit.after[name] ?? visit.after.node, visit.path
            )
        }
        for name in names { try requireSameReferences(visit.after[name], visit.path) }
        guard visit.before["length"] != nil || visit.after["length"] != nil else { return }
        try requireLength(visit)
    }

    /// In what cannot be changed a reference may not lead to something new either.
    mutating func requireSameReferences(_ json: JSONNode?, _ path: Int) throws(DocumentError) {
        guard let json, json.kind == .object || json.kind == .array else { return }
        for index in json.index..<Int(json.row.next) where json.document.rows[index].kind == .object {
            let node = JSONNode(document: json.document, index: index)
            guard node.onlyMember("ref") != nil, case .new = try value(node, path) else { continue }
            throw fail("refers to a new object where nothing can be changed", node, path)
        }
    }

    /// The length says nothing of its own: it may be left as it was, or be that of the elements.
    private func requireLength(_ visit: Visit) throws(DocumentError) {
        let length = visit.after["length"]
        if length == visit.before["length"] { return }
        var items = visit.after["items"]?.array.map { Int64($0.count) }
        if let type = graph.elementType(of: visit.node) {
            items = Int64(try builder.elements(visit.after, type, visit.path).count / type.size)
        }
        guard let number = length?.number?.int64, number == items else {
            throw fail(
                "has another 'length', which is that of its elements: change these", length ?? visit.after.node,
                visit.path)
        }
    }

    /// Looks at what an object is known to hold, and says which members tell it.
    private mutating func lookAtParts(_ visit: Visit) throws(DocumentError) -> Set<String> {
        switch try content(visit.node, visit.after.node, visit.path) {
        case .array: return try lookAtArray(visit)
        case .sequence(let sequence): return try look(visit, at: sequence)
        case .map(let map): return try look(visit, at: map)
        case .entry:
            try lookAtField("key", as: "key", of: visit)
            try lookAtField("value", as: "entryValue", of: visit)
            return ["key", "entryValue"]
        case .reference:
            try lookAtField("value", as: "referent", of: visit)
            return ["referent"]
        case .atomic: return try lookAtAtomic(visit)
        case .throwable(let throwable): return try look(visit, at: throwable)
        case .proxy:
            try lookAtField("h", as: "handler", of: visit)
            return ["handler"]
        case .bits(let words): return try lookAtBits(visit, words)
        case .object: return try lookAtClasses(visit)
        case .externalizable:
            guard let data = graph.classData(of: visit.node).last else { return [] }
            try lookAtAnnotation(visit.after["annotation"], visit.before["annotation"], data.annotation, visit)
            return ["annotation"]
        default: return []
        }
    }

    // MARK: Single parts

    /// The declared field of this name that is nearest to the class itself.
    private func field(_ name: String, of node: JavaNode) -> (JavaField, JavaClassData)? {
        for data in graph.classData(of: node).reversed() where data.hasFields {
            if let field = graph.fields(of: data.javaClass).first(where: { $0.name == name }) { return (field, data) }
        }
        return nil
    }

    /// A member that tells what a field refers to.
    private mutating func lookAtField(
        _ name: String, as member: String, of visit: Visit
    ) throws(DocumentError) {
        guard let json = visit.after[member], let (field, data) = field(name, of: visit.node),
            case .reference(let current)? = graph.value(of: field, in: data)
        else { return try requireSame(member, visit) }
        let path = builder.paths.adding(.name(member), to: visit.path)
        try place(json, visit.before[member], current, path, type: nil) { .field(field, data, $0) }
    }

    func requireSame(_ member: String, _ visit: Visit) throws(DocumentError) {
        guard visit.after[member] != visit.before[member] else { return }
        throw fail(
            "has another '\(member)', which cannot be changed here", visit.after[member] ?? visit.after.node, visit.path
        )
    }

    /// A part that has to stay the object that it is; what is inside of it may change.
    mutating func lookAtPart(_ member: String, _ current: JavaNode?, of visit: Visit) throws(DocumentError) {
        guard let json = visit.after[member] else { return try requireSame(member, visit) }
        let path = builder.paths.adding(.name(member), to: visit.path)
        guard try take(json, path, type: nil) == DocumentValue(current) else {
            throw fail("cannot be another object", json, path)
        }
    }

    private mutating func lookAtAtomic(_ visit: Visit) throws(DocumentError) -> Set<String> {
        guard let json = visit.after["value"], json != visit.before["value"] else { return [] }
        guard let (field, data) = field("value", of: visit.node), let type = field.primitive,
            case .primitive(let current)? = graph.value(of: field, in: data)
        else { return [] }
        let isBoolean = json.kind == .bool
        guard visit.before["value"]?.kind == json.kind || !isBoolean && visit.before["value"]?.kind != .bool else {
            throw fail("holds a value of another type", json, visit.path)
        }
        let value = isBoolean ? .int(json.bool == true ? 1 : 0) : try builder.primitive(json, type, visit.path)
        set(field, data, value, current, visit.before["value"], json, visit.path)
        return ["value"]
    }

    mutating func set(
        _ field: JavaField, _ data: JavaClassData, _ value: JavaPrimitive, _ current: JavaPrimitive,
        _ before: JSONNode?,
        _ json: JSONNode, _ path: Int
    ) {
        // Bits, and not what numbers compare as.
        guard value.bytes != current.bytes else { return }
        change(path, before, json)
        edits.append(DocumentEdit(operation: .primitive(field, data, value), path: path, json: json))
    }

    private mutating func look(
        _ visit: Visit, at throwable: JavaThrowable
    ) throws(DocumentError) -> Set<String> {
        if let message = visit.after["message"], message != visit.before["message"] {
            guard message.kind == .string || message.isNull else {
                throw fail("has a message that is no text", message, visit.path)
            }
            try lookAtField("detailMessage", as: "message", of: visit)
        }
        try lookAtCause(visit, throwable.cause)
        let items = visit.after["suppressed"]?.array.map { Array($0) } ?? []
        guard items.count == throwable.suppressed.count else {
            throw fail("has other suppressed exceptions: they cannot be added or removed", visit.after.node, visit.path)
        }
        for (index, item) in items.enumerated() {
            let path = builder.paths.adding(.number(Int64(index)), to: visit.path)
            guard try take(item, path, type: nil) == DocumentValue(throwable.suppressed[index]) else {
                throw fail("cannot be another exception", item, path)
            }
        }
        return try lookAtClasses(visit).union(["message", "cause", "suppressed"])
    }

    /// Some classes keep the cause in a field of their own; a throwable that is its own cause has none.
    private mutating func lookAtCause(_ visit: Visit, _ current: JavaNode?) throws(DocumentError) {
        guard let json = visit.after["cause"], let data = graph.classData(of: visit.node).first(where: isThrowable),
            let field = graph.fields(of: data.javaClass).first(where: { $0.name == "cause" }),
            case .reference(let cause)? = graph.value(of: field, in: data), cause == current || cause == visit.node
        else { return try lookAtPart("cause", current, of: visit) }
        let path = builder.paths.adding(.name("cause"), to: visit.path)
        try place(json, visit.before["cause"], current, path, type: nil) { .field(field, data, $0) }
    }

    private func isThrowable(_ data: JavaClassData) -> Bool { graph.name(of: data.javaClass) == "java.lang.Throwable" }

    private mutating func lookAtBits(_ visit: Visit, _ words: JavaNode?) throws(DocumentError) -> Set<String> {
        guard let json = visit.after["bits"], json != visit.before["bits"], let words else { return [] }
        var values: [Int64] = []
        for bit in json.array.map({ Array($0) }) ?? [] {
            guard let number = bit.number?.int64, (0...Int64(Int32.max)).contains(number) else {
                throw fail("has a bit that is no number of one", bit, visit.path)
            }
            let word = Int(number / 64)
            if word >= values.count {
                guard word < 1 << 20 else {
                    throw fail("has a bit beyond what a document may ask for", bit, visit.path)
                }
                values += Array(repeating: 0, count: word + 1 - values.count)
            }
            values[word] |= 1 << (number % 64)
        }
        guard json.kind == .array else { throw fail("has bits that are no array", json, visit.path) }
        let bytes = values.flatMap { JavaPrimitive.long($0).bytes }
        set(bytes, of: words, visit.before["bits"], json, visit.path)
        return ["bits"]
    }

    mutating func set(_ bytes: [UInt8], of array: JavaNode, _ before: JSONNode?, _ json: JSONNode, _ path: Int) {
        guard bytes != Array(graph.bytes[graph.elementBytes(of: array)]) else { return }
        noteElements(before?["items"] ?? before, json["items"] ?? json, path)
        edits.append(DocumentEdit(operation: .bytes(bytes, of: array), path: path, json: json))
    }
}
