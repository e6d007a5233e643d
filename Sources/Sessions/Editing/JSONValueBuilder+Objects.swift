import JavaSerialization

extension JSONValueBuilder {
    /// An object of a class that the graph describes, by its fields.
    mutating func writeFields(
        _ members: TypedMembers, _ name: String, _ path: Int
    ) throws(DocumentError) -> JavaStreamBuilder.Handle {
        guard let classes = members["classes"]?.array else {
            throw fail("cannot be made of a \(name); \(Self.makeable)", members.node, path)
        }
        try members.require(only: ["classes"])
        let written = Array(classes)
        let described = try self.described(name, members, written, path)
        guard let shapes = graph.shapes(of: described), !graph.isKnown(described),
            graph.flags(of: described) & 0x0C == 0
        else { throw fail("cannot be made: \(name) is more than its fields; \(Self.makeable)", members.node, path) }
        var own: [Step] = []
        var next = 0
        for (class_, shape) in zip(Self.chain(of: described, in: graph), shapes.reversed()) {
            let data = next < written.count ? try TypedMembers(written[next]) : nil
            guard let data, data["name"]?.string?.lossyText == shape.name else {
                if shape.fields.isEmpty, !shape.isAnnotated { continue }
                throw fail("has no fields of \(shape.name)", data?.node ?? members.node, path)
            }
            next += 1
            own += try steps(data, shape, class_, path)
        }
        if next < written.count {
            throw fail("has fields of a class that is none of \(name)", written[next], path)
        }
        let handle = builder.beginObject(shapes)
        steps += own.reversed()
        return handle
    }

    /// The version stands at the class itself, which is the last.
    private func described(
        _ name: String, _ members: TypedMembers, _ written: [JSONNode], _ path: Int
    ) throws(DocumentError) -> JavaClass {
        guard members["suid"] == nil, let last = written.last, last["name"]?.string?.lossyText == name else {
            return try description(of: name, members, path)
        }
        guard last["suid"] != nil else { return try description(of: name, members, path) }
        var inner = try TypedMembers(last)
        inner = inner.adding("class", members["class"])
        return try description(of: name, inner, path)
    }

    /// A class and its superclasses, the topmost first.
    private static func chain(of described: JavaClass, in graph: JavaGraph) -> [JavaClass] {
        var chain: [JavaClass] = []
        var next: JavaClass? = described
        while let described = next {
            chain.append(described)
            next = graph.superclass(of: described)
        }
        return chain.reversed()
    }

    /// What one class writes of an object: primitives, other fields, and what it may write itself.
    private mutating func steps(
        _ data: TypedMembers, _ shape: ClassShape, _ described: JavaClass, _ path: Int
    ) throws(DocumentError) -> [Step] {
        try check(data, shape, path)
        let fields = try self.fields(data, shape, path)
        var steps: [Step] = []
        for field in shape.fields {
            guard let value = fields[field.name] else {
                throw fail("has no field \(field.name) of \(shape.name)", data["fields"] ?? data.node, path)
            }
            let way = paths.adding(.name(field.name), to: path)
            if let type = PrimitiveType(rawValue: field.typeCode) {
                steps.append(.primitive(try primitive(value, type, way)))
            } else {
                steps.append(.value(value, path: way, type: field.typeDescriptor))
            }
        }
        guard shape.isAnnotated else { return steps }
        return steps + (try annotation(data, shape, described, path)) + [.endAnnotation]
    }

    private func check(_ data: TypedMembers, _ shape: ClassShape, _ path: Int) throws(DocumentError) {
        let known: Set<String> = ["name", "suid", "flags", "customWrite", "fields", "annotation"]
        for name in data.names where !known.contains(name) {
            throw fail("cannot be made with '\(name)' of \(shape.name)", data[name] ?? data.node, path)
        }
        if let suid = data["suid"], suid.scalarText != String(shape.serialVersionUID) {
            throw fail(
                "cannot be made: \(shape.name) has the version \(shape.serialVersionUID) in this stream", suid, path)
        }
        if let flags = data["flags"], flags.number?.int64 != Int64(shape.flags) {
            throw fail("cannot be made: \(shape.name) has the flags \(shape.flags) in this stream", flags, path)
        }
    }

    private func fields(
        _ data: TypedMembers, _ shape: ClassShape, _ path: Int
    ) throws(DocumentError) -> [String: JSONNode] {
        var fields: [String: JSONNode] = [:]
        let declared = Set(shape.fields.map(\.name))
        for member in data["fields"]?.object.map({ Array($0) }) ?? [] {
            let name = member.name.lossyText
            guard declared.contains(name) else {
                throw fail("has a field \(name), which \(shape.name) has not", member.value, path)
            }
            guard fields.updateValue(member.value, forKey: name) == nil else {
                throw fail("has the field \(name) twice", member.value, path)
            }
        }
        return fields
    }

    /// What a class writes behind its fields. Where nothing is said of it, there has to be an object of which it wrote nothing.
    private mutating func annotation(
        _ data: TypedMembers, _ shape: ClassShape, _ described: JavaClass, _ path: Int
    ) throws(DocumentError) -> [Step] {
        guard let items = data["annotation"] else {
            if graph.hasBareObject(of: described) { return [] }
            throw fail("cannot be made: what \(shape.name) writes behind its fields only it knows", data.node, path)
        }
        guard let items = items.array else { throw fail("has an annotation that is no array", items, path) }
        var steps: [Step] = []
        for item in items {
            if let data = item.onlyMember("blockdata") {
                steps.append(.block(try bytes(data, path)))
            } else {
                steps.append(.value(item, path: path, type: nil))
            }
        }
        return steps
    }
}
