public import JavaSerialization

/// A value that somebody wants to put somewhere.
public enum NewValue: Sendable {
    /// Text; what it stands for is told by what stands at the place already, or else by `type`.
    case text(String, type: JavaValueType? = nil)
    /// Text that is text, also where JSON has a number or a truth value; in a Java stream what stands at the place rules.
    case string(String)
    /// Java's null.
    case null
    /// A `byte[]`.
    case bytes([UInt8])
    /// What a file holds: a Java stream of one object, or text; bytes where they are no text, where a `byte[]` stands, or where it is said.
    case content([UInt8], type: JavaValueType? = nil, isBinary: Bool = false)
    /// A serialized object: the only element of a stream of its own.
    case stream([UInt8])
    /// JSON, plain or typed (docs/json.md).
    case json([UInt8])
    /// A constant of the enum of which one stands at the place, or that the place is of, also one that occurs nowhere else: only the
    /// application knows whether there is one of this name, and cannot read the session where there is none.
    case constant(String)
    /// A whole attribute as it is to be stored, whatever its encoding is.
    case stored([UInt8])
}

/// Why a value cannot be put somewhere: what is wrong, where, and how to go on.
public struct EditError: Error, Hashable, Sendable, CustomStringConvertible {
    /// One sentence for people; names come from the data.
    public let description: String

    init(_ description: String) { self.description = description }

    /// That a type was given where a name is text in any case.
    static func nameHasNoType(_ place: String) -> EditError {
        EditError("the new name of \(place) is text: only the key of an entry of a Java map has a type")
    }

    /// That text is no value of a place; what looks secret is not repeated.
    init(_ place: String, _ text: String, _ error: JavaValueTextError) {
        self.init(place, text, error.description)
    }

    /// The same with the reason as a sentence that has the text in quotes.
    init(_ place: String, _ text: String, _ reason: String) {
        let isSecret = SecretPolicy.isSecret(path: place) || SecretPolicy.masked(text) != nil
        self.init("\(place): " + (isSecret ? reason.replacing("'\(text)'", with: "the value") : reason))
    }
}

extension NewValue {
    /// The value as a primitive of a field or an array.
    func primitive(_ type: PrimitiveType, _ place: String) throws(EditError) -> JavaPrimitive {
        if let value = try resolved(holdsBytes: false, place) { return try value.primitive(type, place) }
        if case .json(let bytes) = self { return try Self.primitive(of: bytes, type, place) }
        guard case .text(let text, let asked) = self, asked == nil || asked?.primitive == type else {
            throw EditError("\(place) is of the type \(type.name): write such a value")
        }
        do throws(JavaValueTextError) {
            return try type.value(of: text)
        } catch {
            throw EditError(place, text, error)
        }
    }

    /// The value as an object, in a graph of its own.
    ///
    /// - Parameters:
    ///   - like: what stands at the place, in `graph`; nil where nothing does.
    ///   - descriptor: the type of the place, where it has one.
    func object(
        like node: JavaNode?, in graph: JavaGraph, _ descriptor: String?, _ place: String
    ) throws(EditError) -> GraphEditor.Value {
        let holdsBytes = node.map { graph.elementType(of: $0) == .byte } ?? (descriptor == "[B")
        if let value = try resolved(holdsBytes: holdsBytes, place) {
            return try value.object(like: node, in: graph, descriptor, place)
        }
        var builder = JavaStreamBuilder()
        switch self {
        case .null: return (graph, nil)
        case .content, .string: throw EditError("\(place): the new value cannot stand there")
        case .json(let bytes): return try Self.object(ofJSON: bytes, like: node, in: graph, descriptor, place)
        case .bytes(let bytes):
            builder.array(of: .byte, bytes)
            if let node { try graph.requireSameClass(try builder.value(place), as: node, place) }
        case .stream(let bytes), .stored(let bytes): return try Self.object(of: bytes, place)
        case .constant(let name):
            let type = try EnumPlace(saidOf: node, in: graph, descriptor, place)
            try type.require(said: name, place)
            builder.enumConstant(type.shapes, name)
        case .text(let text, let asked):
            if asked == nil, let type = EnumPlace(like: node, in: graph, descriptor) {
                try type.require(text, in: graph, place)
                builder.enumConstant(type.shapes, text)
            } else if asked == nil, let node, case .atomic(let current)? = try? graph.value(of: node).content {
                return try Self.atomic(text, like: node, in: graph, current.type, place)
            } else {
                let type = try Self.type(asked, node, in: graph, descriptor, place)
                do throws(JavaValueTextError) {
                    try builder.value(text, as: type)
                } catch {
                    throw EditError(place, text, error)
                }
            }
        }
        return try builder.value(place)
    }

    /// What the content of a file stands for, or text in a Java stream; nil for other values.
    ///
    /// - Parameter holdsBytes: whether a `byte[]` stands at the place.
    func resolved(holdsBytes: Bool, _ place: String) throws(EditError) -> NewValue? {
        if case .string(let text) = self { return .text(text) }
        guard case .content(let bytes, let type, let isBinary) = self else { return nil }
        if bytes.hasPrefix([0xAC, 0xED, 0, 5]) { return .stream(bytes) }
        if isBinary || holdsBytes, type == nil { return .bytes(bytes) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw EditError(
                "\(place): the new value is neither a Java stream nor UTF-8 text: b64: and hex: say that bytes are meant"
            )
        }
        // A line's end is the file's, not the value's.
        return .text(text.hasSuffix("\r\n") || text.hasSuffix("\n") ? String(text.dropLast()) : text, type: type)
    }

    /// The value as one more of some that are there.
    func object(
        beside others: JavaItems, in graph: JavaGraph, _ descriptor: String?, _ place: String
    ) throws(EditError) -> GraphEditor.Value {
        if case .string(let text) = self {
            return try NewValue.text(text).object(beside: others, in: graph, descriptor, place)
        }
        if case .json(let bytes) = self {
            return try Self.object(ofJSON: bytes, beside: others, in: graph, descriptor, place)
        }
        let others = others.lazy.compactMap { $0 }
        if case .constant = self {
            let like = others.first { graph.kind(of: $0) == .enumConstant }
            return try object(like: like, in: graph, descriptor, place)
        }
        guard case .text(_, nil) = self, let like = others.first else {
            return try object(like: nil, in: graph, descriptor, place)
        }
        guard graph.isWrittenAsText(like) else {
            throw EditError(place, beside: graph.shownClass(of: like), no: "plain text")
        }
        return try object(like: like, in: graph, descriptor, place)
    }

    private static func object(of bytes: [UInt8], _ place: String) throws(EditError) -> GraphEditor.Value {
        let graph: JavaGraph
        do throws(JavaStreamError) {
            graph = try JavaGraph(bytes)
        } catch {
            throw EditError("\(place): the new value is no Java stream that can be read: \(error)")
        }
        guard graph.contentCount == 1, graph.opaqueReason == nil,
            graph.content(0).map({ graph.kind(of: $0).isObject }) ?? true
        else { throw EditError("\(place): the new value is a stream of something else than one object") }
        return (graph, graph.content(0))
    }

    private static func type(
        _ asked: JavaValueType?, _ node: JavaNode?, in graph: JavaGraph, _ descriptor: String?, _ place: String
    ) throws(EditError) -> JavaValueType {
        if let asked { return asked }
        if let node {
            let name = (try? graph.value(of: node).className) ?? graph.className(of: node)
            if let type = JavaValueType(className: name) { return type }
            throw EditError.noText(for: node, in: graph, place)
        }
        guard let descriptor else { return .string }
        let name = JavaTypeName.source(descriptor)
        if let type = JavaValueType(className: name) { return type }
        throw EditError(
            "\(place) is of the type \(name), which plain text cannot stand for: \(advice(forType: name, descriptor))")
    }

    /// What can be put where nothing stands, at a place of a type that text does not stand for.
    private static func advice(forType name: String, _ descriptor: String) -> String {
        if descriptor == "[B" { return "b64: and hex: put bytes there" }
        if descriptor.hasPrefix("[") {
            let binary = descriptor.map { $0 == "/" ? "." : String($0) }.joined()
            return #"json:{"class":"\#(binary)","items":[…]} puts one there, or a serialized object (@FILE)"#
        }
        let types = JavaValueType.allCases.filter { $0.fits(className: name) }
        guard types.isEmpty else { return "give the type: " + types.map(\.rawValue).joined(separator: ", ") }
        let other = "typed JSON, as get --typed prints it, or a serialized object (@FILE) can stand there"
        return JavaGraph.isPlatformClass(name)
            ? other : "--type enum writes a constant, where it is an enum; else " + other
    }
}
