import JavaSerialization

/// Makes Java values of the JSON that Jackson writes with default typing as `@class`: the objects that it would read of it.
///
/// What is open is kept in an array, so that the depth of the JSON costs no stack.
struct JacksonReader {
    /// A list, set, map or array that is open.
    struct Level {
        enum Kind {
            case collection(CollectionClass, JavaStreamBuilder.Handle)
            case array
        }

        let kind: Kind
        var elements: JSONArray.Iterator?
        var members: [JSONObject.Member]
        /// The type of the elements where the name of the array says it; else they are of any.
        let type: JavaValueType?
        var next = 0
    }

    var builder = JavaStreamBuilder()
    private(set) var losses: [ValueProblem] = []
    private let name: [UInt8]
    private var levels: [Level] = []

    /// - Parameter name: the attribute's, for people.
    init(name: [UInt8]) { self.name = name }

    /// The stream of a value.
    mutating func stream(of root: JSONNode) throws(ValueProblem) -> [UInt8] {
        try write(root, type: nil)
        while let level = levels.last {
            guard let part = nextPart() else {
                if case .collection(let type, let handle) = level.kind { builder.end(type, handle) }
                levels.removeLast()
                continue
            }
            if case .collection(let type, _) = level.kind, part.isNull, !type.holdsNull {
                throw problem(type.rawValue, "null stands in a \(type.rawValue), which cannot hold it")
            }
            try write(part, type: level.type)
        }
        try requireOrder()
        return builder.bytes
    }

    /// Goes on to the next element or entry, whose key is written; nil behind the last.
    private mutating func nextPart() -> JSONNode? {
        let last = levels.count - 1
        let index = levels[last].next
        if levels[last].elements != nil {
            guard let node = levels[last].elements?.next() else { return nil }
            levels[last].next += 1
            return node
        }
        guard index < levels[last].members.count else { return nil }
        levels[last].next += 1
        let member = levels[last].members[index]
        builder.string(wtf8: member.name.bytes)
        return member.value
    }

    // MARK: Values

    private mutating func write(_ node: JSONNode, type: JavaValueType?) throws(ValueProblem) {
        if let type { return node.isNull ? builder.null() : try write(node, as: type) }
        let value = JacksonValue(node)
        guard let name = value.className else { return try write(plain: node) }
        guard !value.node.isNull else { return builder.null() }
        if try writeScalar(value.node, name) { return }
        try open(value, name)
    }

    private mutating func write(plain node: JSONNode) throws(ValueProblem) {
        switch node.value {
        case .null: builder.null()
        case .bool(let value): builder.box(.boolean(value))
        case .string(let text): builder.string(wtf8: text.bytes)
        case .number(let number): try write(number, node)
        case .array, .object:
            throw problem(
                "",
                "it is a JSON \(node.kind) that names no class, so that only the application knows what it stands for")
        }
    }

    /// `UntypedObjectDeserializer`: the smallest of Integer, Long and BigInteger, or a Double.
    private mutating func write(_ number: JSONNumber, _ node: JSONNode) throws(ValueProblem) {
        guard node.text.isFraction else {
            if let value = number.int64 {
                if let small = Int32(exactly: value) { builder.box(.int(small)) } else { builder.box(.long(value)) }
                return
            }
            return try write(node, as: .bigInteger)
        }
        guard number.double.isFinite else {
            throw problem("java.lang.Double", "it is a number that no java.lang.Double can hold")
        }
        builder.box(.double(number.double))
    }

    /// Opens a list, set, map or array.
    private mutating func open(_ value: JacksonValue, _ name: String) throws(ValueProblem) {
        if let type = CollectionClass.standing(for: name) {
            if type.rawValue != name { losses.append(problem(name, "the \(name) becomes a \(type.rawValue)")) }
            guard type.isMap == (value.node.kind == .object), value.node.isContainer else {
                throw problem(name, "a \(name) cannot be made of a JSON \(value.node.kind)")
            }
            return try open(value, type)
        }
        guard value.node.kind == .array, try openArray(value.node, name) else { throw refusal(ofClass: name) }
    }

    private mutating func open(_ value: JacksonValue, _ type: CollectionClass) throws(ValueProblem) {
        // A member that names the class is none of a map inside of a wrapper.
        let members =
            !type.isMap ? [] : value.isWrapper ? value.node.object.map { Array($0) } ?? [] : value.members
        let array = value.node.array
        let count = array?.count ?? members.count
        guard type.canHold(count), let number = Int32(exactly: count) else {
            throw problem(type.rawValue, "a \(type.rawValue) cannot hold \(count) values")
        }
        guard Set(members.map(\.name)).count == members.count else {
            throw problem(type.rawValue, "the \(type.rawValue) has a key twice")
        }
        let handle = builder.begin(type, count: number)
        levels.append(
            Level(kind: .collection(type, handle), elements: array?.makeIterator(), members: members, type: nil))
    }

    /// Opens an array of objects; false for other classes.
    mutating func openArray(_ node: JSONNode, _ shapes: [ClassShape], type: JavaValueType?) {
        builder.beginArray(shapes, count: node.array?.count ?? 0)
        levels.append(Level(kind: .array, elements: node.array?.makeIterator(), members: [], type: type))
    }

    // MARK: Problems

    /// Sorted collections are read as they are written, without a look at the order (`TreeMap.buildFromSorted`).
    private func requireOrder() throws(ValueProblem) {
        let graph: JavaGraph
        do throws(JavaStreamError) {
            graph = try builder.graph()
        } catch {
            throw problem("", "it is no value of Java: \(error)")
        }
        for type in [CollectionClass.treeSet, .treeMap] where !graph.isSorted(objectsOf: type.rawValue) {
            throw problem(
                type.rawValue, "the elements or keys of a \(type.rawValue) are not in their natural order, or have none"
            )
        }
    }

    /// What is the matter with the value at the place.
    func problem(_ className: String, _ reason: String) -> ValueProblem {
        ValueProblem(path: place, className: className, reason: reason)
    }

    /// That a class is not among those that can be made.
    func refusal(ofClass name: String) -> ValueProblem {
        let isPlatform = ["java.", "javax.", "sun.", "jdk.", "["].contains { name.hasPrefix($0) }
        return problem(
            name,
            isPlatform
                ? "of a \(name) it is not certain what Jackson reads of its JSON"
                : "\(name) is a class of the application, whose form in a stream only the application knows")
    }

    /// The way to the value that is being read.
    private var place: String {
        var paths = DocumentPaths(root: EscapedName.text(of: name))
        var path = DocumentPaths.start
        for level in levels { path = paths.adding(step(level), to: path) }
        return paths.text(of: path)
    }

    private func step(_ level: Level) -> AttributePath.Step {
        let index = max(level.next - 1, 0)
        guard index < level.members.count else { return .number(Int64(index)) }
        let text = EscapedName.text(of: level.members[index].name.bytes)
        return .key(SecretPolicy.masked(text) ?? text)
    }
}
