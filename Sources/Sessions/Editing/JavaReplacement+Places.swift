import JavaSerialization

/// Which plain JSON stands for an object of the platform without the name of its class.
enum PlainForm {
    case primitives(PrimitiveType)
    case sequence(JavaItems)
    case map(JavaMap)

    /// How it is written: characters as text, maps as objects, others as arrays.
    var kind: JSONKind {
        switch self {
        case .primitives(.char): .string
        case .primitives, .sequence: .array
        case .map: .object
        }
    }
}

/// The values beside which a new one is put, as far as they show of which class it may be.
struct PlainNeighbours {
    /// One of them, where all are scalars of one class.
    private(set) var scalar: JavaNode?
    /// One of them, where all are lists, sets, arrays or maps of one class.
    private(set) var collection: JavaNode?
    /// The first object that plain JSON cannot stand for.
    private(set) var object: JavaNode?
    private(set) var isEmpty = true
    private(set) var hasScalars = false
    private(set) var hasCollections = false

    /// None.
    init() {}

    init(_ items: JavaItems, in graph: JavaGraph) {
        var names: Set<String> = []
        for node in items.isRepetition ? items.leading(1) : items {
            guard let node else { continue }
            isEmpty = false
            if names.count < 2 { names.insert(graph.shownClass(of: node)) }
            if graph.plainForm(of: node) != nil {
                collection = collection ?? node
                hasCollections = true
            } else if graph.isPlainScalar(node) {
                scalar = scalar ?? node
                hasScalars = true
            } else {
                object = object ?? node
            }
        }
        if names.count > 1 { (scalar, collection) = (nil, nil) }
    }
}

extension JavaGraph {
    /// The class of a value as people know it.
    func shownClass(of node: JavaNode) -> String {
        let name = (try? value(of: node).className) ?? ""
        let shown = JavaTypeName.source(name.isEmpty ? className(of: node) : name)
        return shown.isEmpty ? "value that is kept unread" : shown
    }

    /// How plain JSON has it; nil for objects of other classes than collections and arrays of the platform.
    func plainForm(of node: JavaNode) -> PlainForm? {
        if kind(of: node) == .array {
            return elementType(of: node).map { .primitives($0) } ?? .sequence(elements(of: node))
        }
        switch try? value(of: node).content {
        case .sequence(let sequence): return sequence.isApplicationClass ? nil : .sequence(sequence.elements)
        case .map(let map): return map.isApplicationClass ? nil : .map(map)
        default: return nil
        }
    }

    /// Whether text stands for it, or it is told by text.
    func isPlainScalar(_ node: JavaNode) -> Bool {
        switch try? value(of: node).content {
        case .string, .box, .bigInteger, .bigDecimal, .text, .locale, .pattern, .date, .timestamp, .calendar,
            .enumConstant, .classObject, .atomic:
            true
        default: false
        }
    }

    /// Whether text can stand for another one of its class.
    func isWrittenAsText(_ node: JavaNode) -> Bool {
        guard let value = try? value(of: node) else { return false }
        switch value.content {
        case .enumConstant, .atomic: return true
        default: return JavaValueType(className: value.className) != nil
        }
    }

    /// The type of a value that text stands for, as a descriptor.
    func scalarType(of node: JavaNode) -> String? {
        guard let name = try? value(of: node).className, JavaValueType(className: name) != nil else { return nil }
        return "L\(name);"
    }

    /// The keys of a map in the order of their entries.
    func keys(of map: JavaNode) -> [GraphEditor.Value] {
        guard case .map(let map)? = try? value(of: map).content else { return [] }
        return map.keys.map { (self, $0) }
    }

    /// Which entries have keys that text stands for.
    func namedKeys(of map: JavaMap) -> [ExactText: Int] {
        var names: [ExactText: Int] = [:]
        for (index, key) in map.keys.enumerated() {
            guard let key, let name = keyText(key).map({ ExactText($0) }), names[name] == nil else { continue }
            names[name] = index
        }
        return names
    }

    private func keyText(_ key: JavaNode) -> String? {
        switch try? value(of: key).content {
        case .string: text(of: key)
        case .enumConstant(let name): text(of: name)
        case .box(.byte(let value)): String(value)
        case .box(.short(let value)): String(value)
        case .box(.int(let value)): String(value)
        case .box(.long(let value)): String(value)
        case .bigInteger(let digits): digits
        case .text(let text): String(decoding: text.units, as: UTF16.self)
        default: nil
        }
    }

    // MARK: Objects by themselves

    /// An object as the only one of a graph of its own.
    func apart(_ node: JavaNode, _ place: String) throws(EditError) -> (graph: JavaGraph, node: JavaNode) {
        let bytes: [UInt8]
        do throws(JavaEncodingError) {
            bytes = try stream(of: [node])
        } catch {
            throw EditError("\(place): \(error)")
        }
        let own = try Self.reading(bytes, place)
        guard let copy = own.content(0) else { throw EditError("\(place) is null") }
        return (own, copy)
    }

    /// The only object after a change.
    func changed(
        _ place: String, _ change: (inout GraphEditor) throws(JavaEditError) -> Void
    ) throws(EditError) -> GraphEditor.Value {
        var editor = GraphEditor(of: self)
        do throws(JavaEditError) {
            try change(&editor)
        } catch {
            throw EditError("\(place): \(error)")
        }
        let bytes: [UInt8]
        do throws(JavaEncodingError) {
            bytes = try editor.encoded()
        } catch {
            throw EditError("\(place): \(error)")
        }
        let graph = try Self.reading(bytes, place)
        return (graph, graph.content(0))
    }

    private static func reading(_ bytes: [UInt8], _ place: String) throws(EditError) -> JavaGraph {
        do throws(JavaStreamError) {
            return try JavaGraph(bytes)
        } catch {
            throw EditError("\(place): \(error)")
        }
    }

    /// Refuses a value of another class than the one that stands at its place; null is of any.
    func requireSameClass(_ new: GraphEditor.Value, as node: JavaNode, _ place: String) throws(EditError) {
        guard let made = new.node else { return }
        let (old, other) = (shownClass(of: node), new.graph.shownClass(of: made))
        guard old != other else { return }
        throw EditError(
            "\(place) holds a \(old), and this would put a \(other) there: \(advice(for: node, place)). Where another class is "
                + "meant, \(Self.way(toSay: other)) says so")
    }

    /// How somebody says that a value is to be of a class.
    private static func way(toSay name: String) -> String {
        if let type = JavaValueType(className: name) { return "--type \(type.rawValue)" }
        let parts =
            switch name {
            case "byte[]": #""[B","base64":"…""#
            case "java.util.LinkedHashMap": #""\#(name)","entries":[["…",…]]"#
            default: #""\#(name)","items":[…]"#
            }
        return #"json:{"class":\#(parts)}"#
    }
}

extension JSONNode {
    /// Whether it is typed JSON.
    var saysItsClass: Bool { self["class"]?.string != nil }
}

extension JavaStreamBuilder {
    /// The only value that was written.
    func value(_ place: String) throws(EditError) -> GraphEditor.Value {
        do throws(JavaStreamError) {
            let made = try graph()
            return (made, made.content(0))
        } catch {
            throw EditError("\(place): \(error)")
        }
    }
}
