import JavaSerialization

extension DocumentReading {
    /// The classes of an object, as typed JSON writes them, with their fields.
    mutating func lookAtClasses(_ visit: Visit) throws(DocumentError) -> Set<String> {
        guard let before = visit.before["classes"]?.array.map({ Array($0) }) else { return [] }
        let after = visit.after["classes"]?.array.map { Array($0) } ?? []
        let data = graph.writtenClasses(of: visit.node)
        guard after.count == before.count, data.count == before.count else {
            throw fail(
                "has other classes, which cannot be changed", visit.after["classes"] ?? visit.after.node, visit.path)
        }
        let explained = graph.explainedClass(of: visit.node)
        for index in data.indices {
            let (new, old) = (try TypedMembers(after[index]), try TypedMembers(before[index]))
            for name in Set(new.names).union(old.names).subtracting(["fields", "annotation"]).sorted()
            where new[name] != old[name] {
                throw fail(
                    "has another '\(name)' of a class, which cannot be changed", new[name] ?? new.node, visit.path)
            }
            guard data[index].javaClass != explained else {
                try requireSameFields(new, old, visit.path)
                continue
            }
            try lookAtFields(new, old, data[index], visit)
            try lookAtAnnotation(new["annotation"], old["annotation"], data[index].annotation, visit)
        }
        return ["classes"]
    }

    /// What a collection of the platform keeps beside its elements follows from them, and is written when they change.
    private mutating func requireSameFields(
        _ new: TypedMembers, _ old: TypedMembers, _ path: Int
    ) throws(DocumentError) {
        for name in ["fields", "annotation"] {
            guard new[name] == old[name] else {
                let names = "\(new["name"]?.string?.lossyText ?? "its class")"
                throw fail(
                    "has other \(name) of \(names), which follow from its elements: change only these",
                    new[name] ?? new.node, path)
            }
            try requireSameReferences(new[name], path)
        }
    }

    private mutating func lookAtFields(
        _ new: TypedMembers, _ old: TypedMembers, _ data: JavaClassData, _ visit: Visit
    ) throws(DocumentError) {
        var written = Self.fields(new["fields"])
        var printed = Self.fields(old["fields"])
        for field in data.hasFields ? graph.fields(of: data.javaClass) : [] {
            let path = builder.paths.adding(.name(field.name), to: visit.path)
            guard let json = written[field.name]?.popLast() else {
                throw fail("is missing: a field cannot be removed, only be null", new["fields"] ?? new.node, path)
            }
            try look(at: field, data, json, printed[field.name]?.popLast(), path)
        }
        for (name, rest) in written where !rest.isEmpty {
            throw fail("has a field '\(name)', which its class has not", rest[0], visit.path)
        }
    }

    /// The fields by name, the last one first.
    private static func fields(_ node: JSONNode?) -> [String: [JSONNode]] {
        var fields: [String: [JSONNode]] = [:]
        for member in node?.object.map({ Array($0) })?.reversed() ?? [] {
            fields[member.name.lossyText, default: []].append(member.value)
        }
        return fields
    }

    private mutating func look(
        at field: JavaField, _ data: JavaClassData, _ json: JSONNode, _ before: JSONNode?, _ path: Int
    ) throws(DocumentError) {
        switch graph.value(of: field, in: data) {
        case .primitive(let current):
            guard json != before else { return }
            let value = try primitive(json, before, current.type, path)
            set(field, data, value, current, before, json, path)
        case .reference(let current):
            let type = json.kind == .object ? nil : field.typeDescriptor
            try place(json, before, current, path, type: hint(json, current) ?? type) { .field(field, data, $0) }
        case nil: throw fail("was not written by its class", json, path)
        }
    }

    /// A primitive of which one of two forms may have been changed.
    private func primitive(
        _ json: JSONNode, _ before: JSONNode?, _ type: PrimitiveType, _ path: Int
    ) throws(DocumentError) -> JavaPrimitive {
        guard json.kind == .object, let before, before.kind == .object, !json.isMasked else {
            return try builder.primitive(json, type, path)
        }
        let (new, old) = (try TypedMembers(json), try TypedMembers(before))
        guard new.className == type.name else { return try builder.primitive(json, type, path) }
        let changed = new.names.filter { new[$0] != old[$0] }
        if changed == ["value"] { return try builder.primitive(new.without(["bits", "code"]), type, path) }
        return try builder.primitive(changed.contains("value") ? new : new.without(["value"]), type, path)
    }

    /// What a class wrote itself: values can be changed, data and the number of items only their class knows.
    mutating func lookAtAnnotation(
        _ json: JSONNode?, _ before: JSONNode?, _ items: JavaItems, _ visit: Visit
    ) throws(DocumentError) {
        guard let before = before?.array.map({ Array($0) }) else {
            guard let json else { return }
            throw fail("has an annotation, which cannot be added", json, visit.path)
        }
        let after = json?.array.map { Array($0) } ?? []
        guard after.count == before.count, after.count == items.count else {
            throw fail(
                "has another annotation: only its class knows what belongs there", json ?? visit.after.node, visit.path)
        }
        for (index, item) in after.enumerated() {
            if let node = items[index], graph.kind(of: node) == .blockData {
                if item == before[index] { continue }
                throw fail("has other data in its annotation, which only its class knows", item, visit.path)
            }
            let owner = visit.node
            try place(item, before[index], items[index], visit.path, type: nil) {
                .written(index, of: items, below: owner, $0)
            }
        }
    }
}

extension JavaGraph {
    /// The classes of an object that typed JSON shows with their fields.
    func writtenClasses(of node: JavaNode) -> [JavaClassData] {
        let all = classData(of: node)
        guard all.contains(where: { name(of: $0.javaClass) == "java.lang.Throwable" }) else { return all }
        return classData(of: node, below: "java.lang.Throwable").filter { !fields(of: $0.javaClass).isEmpty }
    }
}
