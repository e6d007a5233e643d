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
            let names = attributes.prefix(20).map { EscapedName.text(of: $0.name) }.joined(separator: ", ")
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

/// Follows steps through the objects of a stream; one step at a time, so that cycles do no harm.
struct JavaPathWalk {
    let graph: JavaGraph

    func value(from start: JavaNode?, steps: [AttributePath.Step]) throws(PathError) -> PathValue {
        var current = PathValue.java(graph, start)
        var way = ""
        for (index, step) in steps.enumerated() {
            guard case .java(_, let node) = current else {
                throw PathError(message: "\(way) is a plain value: there is nothing inside it")
            }
            guard let node else {
                throw PathError(message: "\(way.isEmpty ? "the attribute" : way) is null: there is nothing inside it")
            }
            if let walk = TokenPathWalk(graph.wtf8(of: node)) { return try walk.value(steps: steps[index...]) }
            guard let next = try next(step, from: node) else { throw nothing(step, in: node, way) }
            current = next
            way += way.isEmpty || step.text.hasPrefix("[") ? step.text : "." + step.text
        }
        return current
    }

    private func nothing(_ step: AttributePath.Step, in node: JavaNode, _ way: String) -> PathError {
        let place = way.isEmpty ? "the attribute" : way
        // A string has a kind of its own in a stream, and no class there.
        let name = graph.className(of: node)
        return PathError(
            message: "no \(step.text) in \(place)\(name.isEmpty ? "" : " (\(name))")\(alternatives(to: node))")
    }

    private func next(_ step: AttributePath.Step, from node: JavaNode) throws(PathError) -> PathValue? {
        let value: JavaValue
        do { value = try graph.value(of: node) } catch { throw PathError(message: "\(error)") }
        switch value.content {
        case .sequence(let sequence):
            return Self.index(step).flatMap { item($0, of: sequence.elements) } ?? field(step, of: node)
        case .map(let map): return entry(step, of: map) ?? field(step, of: node)
        case .array: return Self.index(step).flatMap { element($0, of: node) }
        case .entry(let key, let value): return Self.named(step, ["key": key, "value": value]).map { .java(graph, $0) }
        case .reference(let target): return Self.named(step, ["referent": target]).map { .java(graph, $0) }
        case .throwable(let throwable):
            let members = ["message": throwable.message, "cause": throwable.cause]
            return Self.named(step, members).map { .java(graph, $0) } ?? field(step, of: node)
        case .proxy(_, let handler): return Self.named(step, ["handler": handler]).map { .java(graph, $0) }
        default: return field(step, of: node)
        }
    }

    /// What is inside `node`, for somebody who asked for something else.
    private func alternatives(to node: JavaNode) -> String {
        var names: [String] = []
        switch try? graph.value(of: node).content {
        case .map(let map): names = map.keys.prefix(21).map { $0.flatMap { graph.text(of: $0) } ?? "…" }
        case .sequence(let sequence): return "; it has \(sequence.elements.count) elements"
        case .array: return "; it has \(graph.elementCount(of: node)) elements"
        default: names = graph.classData(of: node).flatMap { graph.fields(of: $0.javaClass).map { $0.name } }
        }
        guard !names.isEmpty else { return "" }
        return "; there are: " + names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", …" : "")
    }

    private static func named(_ step: AttributePath.Step, _ members: [String: JavaNode?]) -> JavaNode?? {
        switch step {
        case .name(let name), .quoted(let name): members[name]
        default: nil
        }
    }

    private static func index(_ step: AttributePath.Step) -> Int? {
        switch step {
        case .number(let number): Int(exactly: number)
        case .position(let position): position
        case .name(let name): Int(name)
        default: nil
        }
    }

    private func item(_ index: Int, of items: JavaItems) -> PathValue? {
        index >= 0 && index < items.count ? .java(graph, items[index]) : nil
    }

    private func element(_ index: Int, of array: JavaNode) -> PathValue? {
        if graph.elementType(of: array) != nil {
            return graph.primitiveElement(index, of: array).map { .primitive($0) }
        }
        return item(index, of: graph.elements(of: array))
    }

    private func entry(_ step: AttributePath.Step, of map: JavaMap) -> PathValue? {
        if case .position(let position) = step {
            return position < map.values.count ? .java(graph, map.values[position]) : nil
        }
        for index in 0..<map.keys.count where matches(step, map.keys[index]) { return .java(graph, map.values[index]) }
        return entry(named: step, of: map)
    }

    /// The entry whose key was shown with escapes.
    private func entry(named step: AttributePath.Step, of map: JavaMap) -> PathValue? {
        switch step {
        case .name(let name), .quoted(let name):
            for reading in EscapedName.readings(of: name).dropFirst() {
                for index in 0..<map.keys.count where map.keys[index].flatMap({ graph.wtf8(of: $0) }) == reading {
                    return .java(graph, map.values[index])
                }
            }
        default: break
        }
        return nil
    }

    private func matches(_ step: AttributePath.Step, _ key: JavaNode?) -> Bool {
        guard let key else { return step == .null }
        switch step {
        case .name(let name), .quoted(let name):
            return graph.text(of: key) == name || graph.constantName(of: key).flatMap { graph.text(of: $0) } == name
        case .number(let number): return integer(key) == number
        default: return false
        }
    }

    private func integer(_ key: JavaNode) -> Int64? {
        guard case .primitive(let value) = graph.fieldValue("value", of: key) else { return nil }
        switch value {
        case .byte(let value): return Int64(value)
        case .short(let value): return Int64(value)
        case .int(let value): return Int64(value)
        case .long(let value): return value
        default: return nil
        }
    }

    /// A declared field, from the class itself upwards, or of the class that the step names.
    private func field(_ step: AttributePath.Step, of node: JavaNode) -> PathValue? {
        let name: String
        var owner: String?
        switch step {
        case .name(let text), .quoted(let text): name = text
        case .field(let of, let text): (owner, name) = (of, text)
        default: return nil
        }
        for data in graph.classData(of: node).reversed() {
            if let owner, !Self.isClass(graph.name(of: data.javaClass), owner) { continue }
            guard let field = graph.fields(of: data.javaClass).first(where: { $0.name == name }) else { continue }
            switch graph.value(of: field, in: data) {
            case .primitive(let value): return .primitive(value)
            case .reference(let target): return .java(graph, target)
            case nil: return nil
            }
        }
        return nil
    }

    /// Whether `name` is the class `word`, written in full or without its package.
    private static func isClass(_ name: String, _ word: String) -> Bool {
        name == word || name.hasSuffix("." + word) || name.hasSuffix("$" + word)
    }
}
