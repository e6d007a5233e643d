extension JavaGraph {
    /// What `node` means to people, one level deep.
    ///
    /// ```swift
    /// if case .map(let map) = try graph.value(of: node).content {
    ///     for (key, value) in zip(map.keys, map.values) { … }
    /// }
    /// ```
    ///
    /// - Throws: `JavaStreamError` with `inconsistentValue` and the offset of the object where an object of a known class
    ///   does not hold what that class always writes, such as a map with fewer entries than it says.
    public func value(of node: JavaNode) throws(JavaStreamError) -> JavaValue {
        switch kind(of: node) {
        case .object: return try objectValue(node)
        case .string: return JavaValue("java.lang.String", .string)
        case .array: return JavaValue(presentedName(of: node), .array)
        case .enumConstant:
            guard let name = constantName(of: node) else { break }
            return JavaValue(presentedName(of: node), .enumConstant(name: name))
        case .classObject: return JavaValue("java.lang.Class", .classObject(name: describedName(of: node)))
        case .classDescription:
            guard let described = javaClass(of: node) else { break }
            return JavaValue("java.io.ObjectStreamClass", .classDescription(described))
        case .blockData: return JavaValue("", .blockData)
        case .exception: return JavaValue("", .exception(failure(of: node)?.throwable))
        case .reset: return JavaValue("", .reset)
        case .opaque: break
        }
        return JavaValue(presentedName(of: node), .opaque)
    }

    /// The class whose written data a known object's value shows, so that they need not be shown again: `java.util.HashMap`
    /// for an application's own hash map. Nil where the value shows none.
    public func explainedClass(of node: JavaNode) -> JavaClass? {
        guard kind(of: node) == .object, let described = javaClass(of: node),
            case let facts = facts(of: described), facts.row >= 0, let data = dataRecord(of: node, facts)
        else { return nil }
        return JavaClass(data.classIndex)
    }

    /// The class of `node` by its name in the stream, kept from the first call on; `<proxy>` for dynamic proxies.
    func presentedName(of node: JavaNode) -> String {
        javaClass(of: node).map { describedName($0) } ?? ""
    }

    private func describedName(of node: JavaNode) -> String { presentedName(of: node) }

    private func describedName(_ described: JavaClass) -> String {
        record(described).isProxy ? "<proxy>" : knownName(of: described)
    }

    private func objectValue(_ node: JavaNode) throws(JavaStreamError) -> JavaValue {
        guard let described = javaClass(of: node) else { return JavaValue("", .opaque) }
        if let interfaces = proxyInterfaces(of: described) {
            let handler = reference("h", of: node)
            return JavaValue("<proxy>", .proxy(interfaces: interfaces, handler: handler))
        }
        let facts = facts(of: described)
        guard facts.row >= 0 else {
            let isExternalizable = isExternalizable(described)
            return JavaValue(
                knownName(of: described),
                isExternalizable ? .externalizable : .object(isRecord: looksLikeRecord(described)))
        }
        return try KnownObject(node, in: self, described, facts).value()
    }

    /// Java writes records with the version id 0 and without methods of their own (Java Object Serialization
    /// Specification §1.13), and `java.lang.Record` is not serializable.
    func looksLikeRecord(_ described: JavaClass) -> Bool {
        let record = record(described)
        return record.serialVersionUID == 0 && record.flags == ClassFlag.serializable && record.superclass == noIndex
            && !facts(of: described).isPlatformClass
    }
}

extension JavaValue {
    init(_ className: String, _ content: Content) {
        self.init(className: className, wireClassName: nil, content: content)
    }
}

extension KnownObject {
    /// What the object means, by the row of its class.
    func value() throws(JavaStreamError) -> JavaValue {
        switch meaning {
        case .box(let type): plain(.box(try box(type)))
        case .bigInteger: plain(.bigInteger(digits: try bigInteger()))
        case .bigDecimal: plain(try bigDecimal())
        case .text(let layout): try text(layout)
        case .locale: plain(.locale(try locale()))
        case .pattern: plain(.pattern(JavaText(units: try requiredString("pattern")), flags: try int("flags")))
        case .date: plain(.date(epochMillis: try epochMillis()))
        case .timestamp: plain(try timestamp())
        case .calendar: plain(.calendar(try calendar()))
        case .sequence(let layout, let order): try sequence(layout, order)
        case .map(let layout, let order): try map(layout, order)
        case .enumSet: try enumSet()
        case .immutableCollection: try immutableCollection()
        case .entry: plain(.entry(key: try reference("key"), value: try reference("value")))
        case .atomic(let isBoolean): plain(.atomic(try atomic(isBoolean)))
        case .reference: plain(.reference(try reference("value")))
        case .bits: plain(.bits(words: try bitWords()))
        case .throwable: plain(.throwable(try throwable()))
        case .lambda: plain(.lambda(try lambda()))
        }
    }

    /// A value under the class's own name, or under the one that it resolves to.
    func plain(_ content: JavaValue.Content) -> JavaValue {
        guard let resolved = row.resolvesTo else { return JavaValue(className, content) }
        return JavaValue(
            className: resolved, wireClassName: resolved == "<lambda>" ? nil : className, content: content)
    }

    func resolved(to name: String, _ content: JavaValue.Content) -> JavaValue {
        JavaValue(className: name, wireClassName: name == className ? nil : className, content: content)
    }

    func box(_ type: PrimitiveType) throws(JavaStreamError) -> JavaPrimitive {
        let value = try primitive("value")
        guard value.type == type else { throw fail("has a value of another type") }
        return value
    }

    private func atomic(_ isBoolean: Bool) throws(JavaStreamError) -> JavaPrimitive {
        let value = try primitive("value")
        guard isBoolean else { return value }
        guard case .int(let number) = value else { throw fail("has no int in its field value") }
        return .boolean(number != 0)
    }

    /// The node of a bit set's words. Before Java 6 and since, the field is `long[] bits`.
    private func bitWords() throws(JavaStreamError) -> JavaNode? {
        guard let words = try reference("bits") else { return nil }
        return try primitiveArray(words, .long)
    }
}

extension JavaPrimitive {
    /// The type of the value.
    public var type: PrimitiveType {
        switch self {
        case .byte: .byte
        case .char: .char
        case .double: .double
        case .float: .float
        case .int: .int
        case .long: .long
        case .short: .short
        case .boolean: .boolean
        }
    }
}

extension JavaGraph {
    /// The numbers of the bits that are set in the words of a bit set, in rising order; one word is looked at at a time.
    public func setBits(of words: JavaNode) -> some Sequence<Int> {
        (0..<elementCount(of: words)).lazy.flatMap { index -> [Int] in
            guard case .long(let word) = self.primitiveElement(index, of: words) else { return [] }
            return (0..<64).filter { word >> Int64($0) & 1 != 0 }.map { index * 64 + $0 }
        }
    }
}
