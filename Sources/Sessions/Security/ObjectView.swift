import JavaSerialization

/// An object of a Java stream or of JSON, by the names of its fields: what the classes of frameworks mean is read from both
/// in the same way.
///
/// Nothing here follows more than one step, so cycles do no harm, and what has another type than expected is not there.
enum ObjectView {
    case java(JavaGraph, JavaNode)
    case json(JacksonValue)

    /// The most elements of a list that are looked at.
    static let maximumItems = 1000

    /// The value of an attribute; nil for null, and for what is neither a Java stream nor JSON.
    init?(_ value: AttributeValue) {
        switch value.decoded() {
        case .java(let graph, let node?): self = .java(graph, node)
        case .json(let document) where !document.root.isNull: self = .json(JacksonValue(document.root))
        default: return nil
        }
    }

    /// The class; empty where JSON names none.
    var className: String {
        switch self {
        case .java(let graph, let node): graph.className(of: node)
        case .json(let value): value.className ?? ""
        }
    }

    /// What the field `name` refers to; nil also for null.
    func object(_ name: StaticString) -> ObjectView? {
        switch self {
        case .java(let graph, let node): return graph.reference(name, of: node).map { .java(graph, $0) }
        case .json(let value):
            guard let member = value.member(name.description.utf8), !member.isNull else { return nil }
            return .json(JacksonValue(member))
        }
    }

    /// The text that this is, if it is text.
    var text: String? {
        switch self {
        case .java(let graph, let node): graph.text(of: node)
        case .json(let value): value.node.string?.lossyText
        }
    }

    /// The same in WTF-8: nothing is lost of a name that is no Unicode text.
    var bytes: [UInt8]? {
        switch self {
        case .java(let graph, let node): graph.wtf8(of: node)
        case .json(let value): value.node.string?.bytes
        }
    }

    /// The bytes of the text in the field `name`.
    func bytes(_ name: StaticString) -> [UInt8]? { object(name)?.bytes }

    /// The text in the field `name`.
    func text(_ name: StaticString) -> String? { object(name)?.text }

    /// The truth value in the field `name`.
    func bool(_ name: StaticString) -> Bool? {
        switch self {
        case .java(let graph, let node):
            if case .primitive(.boolean(let value)) = graph.fieldValue(name, of: node) { value } else { nil }
        case .json(let value): value.member(name.description.utf8)?.bool
        }
    }

    /// The number in the field `name`.
    func integer(_ name: StaticString) -> Int64? {
        switch self {
        case .java(let graph, let node):
            if case .primitive(.int(let value)) = graph.fieldValue(name, of: node) { Int64(value) } else { nil }
        case .json(let value): value.member(name.description.utf8)?.number?.int64
        }
    }

    /// The elements of a list, set or array, null left out.
    var items: [ObjectView] {
        switch self {
        case .java(let graph, let node):
            let items: JavaItems
            switch try? graph.value(of: node).content {
            case .sequence(let sequence): items = sequence.elements
            case .array: items = graph.elements(of: node)
            default: return []
            }
            return items.prefix(Self.maximumItems).compactMap { $0.map { .java(graph, $0) } }
        case .json(let value):
            guard let array = value.node.array else { return [] }
            return array.prefix(Self.maximumItems).filter { !$0.isNull }.map { .json(JacksonValue($0)) }
        }
    }

    /// The bytes of the text under a key of a map.
    func bytes(forKey key: String) -> [UInt8]? {
        switch self {
        case .java(let graph, let node):
            MapLookup.value(forKey: key, in: node, of: graph).flatMap { graph.wtf8(of: $0) }
        case .json(let value): value.member(key.utf8)?.string?.bytes
        }
    }
}

extension ObjectView {
    /// The keys of a map that are text.
    var keys: [String] {
        switch self {
        case .java(let graph, let node):
            guard case .map(let map) = try? graph.value(of: node).content else { return [] }
            return map.keys.prefix(Self.maximumItems).compactMap { $0.flatMap { graph.text(of: $0) } }
        case .json(let value): return value.members.prefix(Self.maximumItems).map { $0.name.lossyText }
        }
    }

    /// The time in the field `name`, as text: an `Instant` of Java, or the seconds that Jackson writes for one.
    func time(_ name: StaticString) -> String? {
        switch object(name) {
        case .java(let graph, let node):
            if case .text(let text) = try? graph.value(of: node).content { text.text } else { nil }
        case .json(let value):
            value.node.number.flatMap { $0.scaled(byPowerOfTen: 3) }.map { RFC3339.text(milliseconds: $0.floor) }
        case nil: nil
        }
    }
}
