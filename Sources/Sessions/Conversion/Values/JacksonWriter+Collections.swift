import JavaSerialization

extension JacksonWriter {
    /// Opens a value that has parts.
    mutating func open(_ node: JavaNode, _ value: JavaValue) throws(ValueProblem) {
        switch value.content {
        case .array: try openArray(node, value.className)
        case .sequence(let sequence):
            guard !sequence.isApplicationClass, let type = try type(of: value, sequence.comparator), !type.isMap else {
                throw refusal(ofClass: value.className)
            }
            if type == .unmodifiableSet { loseOrder(sequence, value.className) }
            try open(node, sequence.elements, start: "[\"\(type.rawValue)\",[", end: "]]", depth: 2)
        case .map(let map):
            guard !map.isApplicationClass, map.defaults == nil, let type = try type(of: value, map.comparator),
                type.isMap
            else { throw refusal(ofClass: value.className) }
            if case .primitive(.boolean(true)) = graph.fieldValue("accessOrder", of: node) {
                lose(
                    value.className, "the \(value.className) keeps the order of access, and its JSON that of insertion")
            }
            try open(
                node, keys: map.keys, map.values, start: "{\"\(JacksonValue.classMember)\":\"\(type.rawValue)\"",
                end: "}",
                depth: 1)
        case .proxy, .lambda, .opaque:
            throw problem(value.className, "what is there is no value that JSON could hold")
        default: throw refusal(ofClass: value.className)
        }
    }

    /// The class that stands in JSON for a collection's.
    private mutating func type(
        of value: JavaValue, _ comparator: JavaNode?
    ) throws(ValueProblem) -> CollectionClass? {
        let name = value.className
        guard let type = CollectionClass.standing(for: name) else { return nil }
        guard comparator == nil else {
            throw problem(name, "the \(name) has a comparator, and its JSON only the natural order")
        }
        try require(type.rawValue)
        if type.rawValue != name { lose(name, "the \(name) becomes a \(type.rawValue)") }
        return type
    }

    /// Jackson reads the elements into a `HashSet`.
    private mutating func loseOrder(_ sequence: JavaSequence, _ name: String) {
        guard sequence.isOrdered, sequence.elements.count > 1 else { return }
        lose(name, "the elements of the \(name) have an order, which Jackson does not keep")
    }

    private mutating func openArray(_ node: JavaNode, _ name: String) throws(ValueProblem) {
        if let type = graph.elementType(of: node) { return try write(node, of: type, name) }
        let isTyped = TextShapes.arrays[name] != nil
        guard isTyped || name == "[Ljava.lang.Object;" else { throw refusal(ofClass: name) }
        try require(name)
        try open(
            node, graph.elements(of: node), isTyped: isTyped, start: "[\"\(name)\",[", end: "]]", depth: 2)
    }

    private mutating func write(_ array: JavaNode, of type: PrimitiveType, _ name: String) throws(ValueProblem) {
        try require(name)
        output += Array("[\"\(name)\",".utf8)
        switch type {
        case .byte: output += Array("\"\(Base64.encode(Array(graph.bytes[graph.elementBytes(of: array)])))\"".utf8)
        case .char: output += strings.quoted(graph.characters(of: array)?.wtf8 ?? [])
        default:
            output.append(UInt8(ascii: "["))
            for index in 0..<graph.elementCount(of: array) {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                output += graph.primitiveElement(index, of: array).map { text(of: $0) } ?? []
            }
            output.append(UInt8(ascii: "]"))
        }
        output.append(UInt8(ascii: "]"))
    }
}
