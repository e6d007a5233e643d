public import JavaSerialization

/// What a path leads to.
public enum PathValue {
    /// A whole attribute, decoded by its encoding.
    case attribute(SessionAttribute)
    /// A value inside a Java stream; nil is Java's null.
    case java(JavaGraph, JavaNode?)
    /// A primitive field or array element.
    case primitive(JavaPrimitive)
    /// A value inside JSON or a token.
    case json(JSONNode)
}

/// Why a path leads nowhere.
public struct PathError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is missing and what is there instead; holds names from the data.
    public let message: String

    /// The message.
    public var description: String { message }
}

extension AttributePath {
    /// Follows the path through the attributes of a session.
    ///
    /// - Throws: `PathError` that names the first step that leads nowhere, and what would.
    public func value(in attributes: [SessionAttribute]) throws(PathError) -> PathValue {
        let readings = EscapedName.readings(of: attribute)
        guard let found = readings.lazy.compactMap({ name in attributes.first { $0.name == name } }).first else {
            let names = attributes.prefix(20).map { $0.name.isEmpty ? "['']" : EscapedName.text(of: $0.name) }
                .joined(separator: ", ")
            throw PathError(message: "no attribute '\(attribute)'; there are: \(names.isEmpty ? "none" : names)")
        }
        guard !steps.isEmpty else { return .attribute(found) }
        switch found.value.decoded() {
        case .java(let graph, let node): return try JavaPathWalk(graph: graph).value(from: node, steps: steps)
        case .jwt(let token): return try TokenPathWalk(token: token).value(steps: steps[...])
        case .json(let document): return try JSONPathWalk(start: document.root).value(steps: steps[...])
        case .opaque(_, let reason): throw PathError(message: "attribute '\(attribute)' is kept unread: \(reason)")
        default: throw PathError(message: "attribute '\(attribute)' is no object: there is nothing inside it")
        }
    }
}

extension AttributePath {
    /// The names on the way through `attributes` by which what it leads to is judged: the keys of entries outside of maps and the names of pairs, whose
    /// values are called `value` whatever they are, and then the names of the path.
    ///
    /// Inside of a token that is a whole attribute, the attribute's name says nothing of the claims, as in trees: there the names
    /// are those of claims without a registered meaning, and of what is inside of claims.
    public func names(in attributes: [SessionAttribute]) -> [String] {
        if let names = namesInToken(of: attributes) { return names }
        let keys = steps.indices.compactMap { index -> String? in
            guard Self.isValue(steps[index]) else { return nil }
            var entry = self
            entry.steps = Array(steps[..<index])
            return entry.keyOfEntry(in: attributes)
        }
        return keys + names
    }

    /// Nil where the path leads into no such token.
    private func namesInToken(of attributes: [SessionAttribute]) -> [String]? {
        guard let part = steps.first.flatMap(Self.word), ["header", "claims", "payload"].contains(part),
            let name = EscapedName.readings(of: attribute).first(where: { name in
                attributes.contains { $0.name == name }
            }),
            let found = attributes.first(where: { $0.name == name }), case .jwt(let token) = found.value.decoded()
        else { return nil }
        let members = part == "header" ? token.headerMembers : token.claimMembers
        var names = steps.dropFirst().compactMap(Self.word)
        if let first = names.first, members.contains(where: { $0.name.text == first && $0.meaning != nil }) {
            names.removeFirst()
        }
        return [part] + names
    }

    private static func word(_ step: Step) -> String? {
        switch step {
        case .name(let name), .quoted(let name), .field(_, let name): name
        case .number, .null, .position: nil
        }
    }

    private static func isValue(_ step: Step) -> Bool {
        switch step {
        case .name(let name), .quoted(let name): SecretPairs.isValue(Array(name.utf8))
        default: false
        }
    }

    private func keyOfEntry(in attributes: [SessionAttribute]) -> String? {
        guard var value = try? value(in: attributes) else { return nil }
        if case .attribute(let attribute) = value, case .java(let graph, let node) = attribute.value.decoded() {
            value = .java(graph, node)
        } else if case .attribute(let attribute) = value, case .json(let document) = attribute.value.decoded() {
            value = .json(document.root)
        }
        if case .json(let node) = value {
            return JacksonValue(node).node.object.flatMap { SecretPolicy.pairName(of: $0) }
        }
        guard case .java(let graph, let node?) = value,
            case .entry(let key?, _)? = try? graph.value(of: node).content
        else { return nil }
        return graph.text(of: key)
    }
}

extension AttributePath {
    /// Steps as they are written one behind the other.
    static func text(of steps: some Sequence<Step>, behind start: String = "") -> String {
        steps.reduce(into: start) { way, step in
            way += way.isEmpty || step.text.hasPrefix("[") ? step.text : "." + step.text
        }
    }
}

extension AttributePath.Step {
    /// The step as it is written.
    public var text: String {
        switch self {
        case .name(let name): name
        case .quoted(let name): "['\(name)']"
        case .number(let number): "[\(number)]"
        case .null: "[null]"
        case .position(let position): "[#\(position)]"
        case .field(let owner, let name): "\(owner)::\(name)"
        }
    }
}
