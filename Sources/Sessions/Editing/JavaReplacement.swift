import JavaSerialization

/// Plain JSON in the place of a value of a Java stream, or beside some: the class that stands there stays.
///
/// Text and numbers are read as what stands there is; a list, set, map or array gets the elements and entries of the JSON. What would be of
/// another class is refused: only who says so can mean it.
struct JavaReplacement {
    let graph: JavaGraph
    /// As deep as collections can be changed.
    private static let mostDepth = 16

    /// How a part of a collection is made.
    private enum Part {
        /// With the others, of the type that scalars stand for.
        case plain(type: String?)
        case made(GraphEditor.Value)
    }

    init(in graph: JavaGraph) { self.graph = graph }

    /// What the JSON stands for where nothing stands.
    func value(_ json: JSONNode, _ descriptor: String?, _ way: String) throws(EditError) -> GraphEditor.Value {
        try value(json, of: try scalar(json, beside: PlainNeighbours(), descriptor, way), way)
    }

    private func value(_ json: JSONNode, of part: Part, _ way: String) throws(EditError) -> GraphEditor.Value {
        switch part {
        case .made(let value): value
        case .plain(let type): try made(json, type, way)
        }
    }

    // MARK: In the place of a value

    /// What the JSON stands for where `node` stands.
    func value(_ json: JSONNode, like node: JavaNode, _ way: String, depth: Int = 0) throws(EditError)
        -> GraphEditor.Value
    {
        if json.isNull { return (graph, nil) }
        if json.saysItsClass { return try made(json, nil, way) }
        if let text = json.scalarText, isText(json, like: node) {
            return try NewValue.text(text).object(like: node, in: graph, nil, way)
        }
        if let kept = try collection(json, like: node, way, depth) { return kept }
        let new = try made(json, nil, way)
        try graph.requireSameClass(new, as: node, way)
        return new
    }

    /// Whether a scalar is read as text is. A number is no `String`.
    private func isText(_ json: JSONNode, like node: JavaNode) -> Bool {
        switch try? graph.value(of: node).content {
        case .enumConstant, .string: json.kind == .string
        default: graph.isWrittenAsText(node)
        }
    }

    private func made(_ json: JSONNode, _ descriptor: String?, _ way: String) throws(EditError) -> GraphEditor.Value {
        try NewValue.placing(json.document.source, way) { () throws(DocumentError) in
            var builder = JSONValueBuilder(beside: graph)
            let made = try builder.build(json, type: descriptor)
            try builder.check(made, StandIns())
            return made
        }
    }

    /// The collection that stands there with other elements; nil where JSON of this form stands for none of its class.
    private func collection(
        _ json: JSONNode, like node: JavaNode, _ way: String, _ depth: Int
    ) throws(EditError) -> GraphEditor.Value? {
        guard let form = graph.plainForm(of: node), json.kind == form.kind else { return nil }
        guard depth < Self.mostDepth else {
            throw EditError("\(way) is too deep to be changed by plain JSON: write typed JSON")
        }
        switch form {
        case .primitives(let type): return try array(json, of: type, way)
        case .sequence(let items):
            let type = graph.itemTypes(of: node).elements.last
            let elements = try elements(json.array.map { Array($0) } ?? [], of: items, type, way, depth)
            let (own, copy) = try graph.apart(node, way)
            return try own.changed(way) { editor throws(JavaEditError) in
                try editor.setElements(elements, of: copy)
            }
        case .map(let map):
            guard let members = try PlainMembers(json, way) else { return nil }
            let (own, copy) = try graph.apart(node, way)
            let entries = try entries(members, of: map, node, as: own.keys(of: copy), way, depth)
            return try own.changed(way) { editor throws(JavaEditError) in try editor.setEntries(entries, of: copy) }
        }
    }

    private func array(_ json: JSONNode, of type: PrimitiveType, _ way: String) throws(EditError) -> GraphEditor.Value {
        var bytes: [UInt8] = []
        if type == .char, let text = json.string {
            bytes = JSONValueBuilder.units(text).flatMap { JavaPrimitive.char($0).bytes }
        } else {
            bytes = try NewValue.placing(json.document.source, way) { () throws(DocumentError) in
                let builder = JSONValueBuilder(beside: graph)
                var bytes: [UInt8] = []
                for item in json.array.map({ Array($0) }) ?? [] {
                    bytes += try builder.primitive(item, type, DocumentPaths.start).bytes
                }
                return bytes
            }
        }
        var builder = JavaStreamBuilder()
        builder.array(of: type, bytes)
        return try builder.value(way)
    }

    // MARK: Elements

    private func elements(
        _ parts: [JSONNode], of items: JavaItems, _ descriptor: String?, _ way: String, _ depth: Int
    ) throws(EditError) -> [GraphEditor.Value] {
        let neighbours = PlainNeighbours(items, in: graph)
        var ways: [Part] = []
        for (index, part) in parts.enumerated() {
            let place = AttributePath.text(of: [.number(Int64(index))], behind: way)
            let like = index < items.count && !items.isRepetition ? items[index] : nil
            ways.append(try self.part(part, beside: neighbours, like, descriptor, place, depth))
        }
        return try values(parts, ways, way)
    }

    /// What the JSON stands for as one more of some values.
    func value(
        _ json: JSONNode, beside items: JavaItems, _ descriptor: String?, _ way: String
    ) throws(EditError) -> GraphEditor.Value {
        try value(json, of: try part(json, beside: PlainNeighbours(items, in: graph), nil, descriptor, way, 0), way)
    }

    /// - Parameter like: what stands at the same position.
    private func part(
        _ json: JSONNode, beside neighbours: PlainNeighbours, _ like: JavaNode?, _ descriptor: String?, _ way: String,
        _ depth: Int
    ) throws(EditError) -> Part {
        if json.isNull || json.saysItsClass { return .plain(type: nil) }
        guard json.isContainer else { return try scalar(json, beside: neighbours, descriptor, way) }
        for case let node? in [like, neighbours.collection] {
            if let kept = try collection(json, like: node, way, depth + 1) { return .made(kept) }
        }
        if !neighbours.hasCollections, let other = neighbours.object {
            throw EditError(way, beside: graph.shownClass(of: other), no: "plain JSON")
        }
        return .plain(type: nil)
    }

    private func scalar(
        _ json: JSONNode, beside neighbours: PlainNeighbours, _ descriptor: String?, _ way: String
    ) throws(EditError) -> Part {
        if let like = neighbours.scalar, let text = json.scalarText, isText(json, like: like) {
            if let type = graph.scalarType(of: like) { return .plain(type: type) }
            return .made(try NewValue.text(text).object(like: like, in: graph, descriptor, way))
        }
        // What stands there shows of which class new ones are; where there are several, any will do.
        if let other = neighbours.scalar
            ?? (neighbours.hasCollections || neighbours.hasScalars ? nil : neighbours.object)
        {
            throw EditError(way, beside: graph.shownClass(of: other), no: "such plain JSON")
        }
        guard neighbours.isEmpty, let descriptor else { return .plain(type: nil) }
        if let text = json.string?.text, EnumPlace(like: nil, in: graph, descriptor) != nil {
            return .made(try NewValue.text(text).object(like: nil, in: graph, descriptor, way))
        }
        let isString = JavaTypeName.source(descriptor) == JavaValueType.string.className
        return .plain(type: isString && json.kind != .string ? nil : descriptor)
    }

    /// All that is made of plain JSON in one graph, so that thousands of elements are not thousands of graphs.
    private func values(_ parts: [JSONNode], _ ways: [Part], _ way: String) throws(EditError) -> [GraphEditor.Value] {
        guard let first = parts.first else { return [] }
        let made = try NewValue.placing(first.document.source, way) { () throws(DocumentError) in
            var builder = JSONValueBuilder(beside: graph)
            for (part, way) in zip(parts, ways) {
                guard case .plain(let type) = way else { continue }
                try builder.add(part, path: DocumentPaths.start, type: type)
            }
            let made = try builder.finish(first)
            try builder.check((made, nil), StandIns())
            return made
        }
        var next = 0
        return ways.map { way in
            if case .made(let value) = way { return value }
            defer { next += 1 }
            return (made, made.content(next))
        }
    }

    // MARK: Entries

    /// - Parameter keys: those of the map, in a graph of its own.
    private func entries(
        _ members: PlainMembers, of map: JavaMap, _ node: JavaNode, as keys: [GraphEditor.Value], _ way: String,
        _ depth: Int
    ) throws(EditError) -> [(key: GraphEditor.Value, value: GraphEditor.Value)] {
        let types = graph.itemTypes(of: node)
        let known = graph.namedKeys(of: map)
        let neighbours = PlainNeighbours(map.values, in: graph)
        var wanted: [GraphEditor.Value] = []
        var ways: [Part] = []
        for (index, key) in members.keys.enumerated() {
            let place = AttributePath.text(of: [key.step(index)], behind: way)
            let value = members.values[index]
            guard let old = key.name.flatMap({ known[ExactText($0)] }), old < keys.count else {
                wanted.append(try self.key(key, beside: map.keys, types.elements.last, place))
                ways.append(try part(value, beside: neighbours, nil, types.values.last, place, depth))
                continue
            }
            wanted.append(keys[old])
            if let like = map.values[old] {
                ways.append(try entry(value, like: like, place, depth))
            } else {
                ways.append(try part(value, beside: neighbours, nil, types.values.last, place, depth))
            }
        }
        return zip(wanted, try values(members.values, ways, way)).map { (key: $0, value: $1) }
    }

    /// The value of an entry that is there.
    private func entry(_ json: JSONNode, like node: JavaNode, _ way: String, _ depth: Int) throws(EditError) -> Part {
        if json.isNull || json.saysItsClass { return .plain(type: nil) }
        if json.scalarText != nil, isText(json, like: node), let type = graph.scalarType(of: node) {
            return .plain(type: type)
        }
        return .made(try value(json, like: node, way, depth: depth + 1))
    }

    /// A new key of the class of those that are there.
    private func key(
        _ key: PlainMembers.Key, beside others: JavaItems, _ descriptor: String?, _ way: String
    ) throws(EditError) -> GraphEditor.Value {
        switch key {
        case .value(let json): return try value(json, beside: others, descriptor, way)
        case .name(let name):
            if let text = name.text {
                return try NewValue.text(text).object(beside: others, in: graph, descriptor, way)
            }
            var builder = JavaStreamBuilder()
            builder.string(wtf8: name.bytes)
            return try builder.value(way)
        }
    }
}

/// The members of a JSON object that stands for a map, by their names or as `{"@entries": [[key, value], …]}`.
private struct PlainMembers {
    enum Key {
        case name(JSONString)
        case value(JSONNode)

        /// The text of the key; nil where it is none.
        var name: String? {
            switch self {
            case .name(let name): name.text
            case .value(let json): json.scalarText
            }
        }

        func step(_ index: Int) -> AttributePath.Step { name.map { .key($0) } ?? .position(index) }
    }

    private(set) var keys: [Key] = []
    private(set) var values: [JSONNode] = []

    /// Nil where the object stands for something else.
    init?(_ json: JSONNode, _ way: String) throws(EditError) {
        guard let object = json.object else { return nil }
        for name in ["$base64", "$masked", "ref", "at"] where json.onlyMember(name) != nil { return nil }
        if json["@class"] != nil || json["@ref"] != nil { return nil }
        guard let entries = json.onlyMember("@entries") else {
            if let name = object.duplicateNames.first {
                throw EditError("\(way) has the key '\(name.lossyText)' twice")
            }
            for member in object {
                keys.append(.name(member.name))
                values.append(member.value)
            }
            return
        }
        guard let pairs = entries.array else { throw EditError("\(way) has entries that are no array") }
        for pair in pairs {
            guard let halves = pair.array.map({ Array($0) }), halves.count == 2 else {
                throw EditError("\(way) has an entry that is no pair of key and value")
            }
            keys.append(.value(halves[0]))
            values.append(halves[1])
        }
    }
}
