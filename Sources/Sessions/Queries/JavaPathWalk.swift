import JavaSerialization

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
            current = try place(step, from: node, way).value(in: graph)
            way += way.isEmpty || step.text.hasPrefix("[") ? step.text : "." + step.text
        }
        return current
    }

    /// Where one step from an object leads; `way` is how it was reached, for errors.
    ///
    /// - Throws: `PathError` where it leads nowhere, with what there is.
    func place(_ step: AttributePath.Step, from node: JavaNode, _ way: String) throws(PathError) -> JavaPlace {
        guard let next = try next(step, from: node) else { throw nothing(step, in: node, way) }
        return next
    }

    private func nothing(_ step: AttributePath.Step, in node: JavaNode, _ way: String) -> PathError {
        let place = way.isEmpty ? "the attribute" : way
        // A string has a kind of its own in a stream, and no class there.
        let name = JavaTypeName.source(graph.className(of: node))
        return PathError(
            message: "no \(step.text) in \(place)\(name.isEmpty ? "" : " (\(name))")\(alternatives(to: node))")
    }

    private func next(_ step: AttributePath.Step, from node: JavaNode) throws(PathError) -> JavaPlace? {
        let value: JavaValue
        do { value = try graph.value(of: node) } catch { throw PathError(message: "\(error)") }
        switch value.content {
        case .sequence(let sequence):
            let index = Self.index(step).flatMap { sequence.elements.indices.contains($0) ? $0 : nil }
            return index.map { .element($0, of: sequence.elements, node) } ?? field(step, of: node)
        case .map(let map): return entry(step, of: map, node).map { .entry($0, of: map, node) } ?? field(step, of: node)
        case .array: return Self.index(step).flatMap { element($0, of: node) }
        case .entry(let key, let value): return Self.named(step, ["key": key, "value": value]).map { .part($0) }
        case .reference(let target): return Self.named(step, ["referent": target, "value": target]).map { .part($0) }
        case .throwable(let throwable):
            let members = ["message": throwable.message, "cause": throwable.cause]
            return Self.named(step, members).map { .part($0) } ?? field(step, of: node)
        case .proxy(_, let handler): return Self.named(step, ["handler": handler]).map { .part($0) }
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

    static func index(_ step: AttributePath.Step) -> Int? {
        switch step {
        case .number(let number): Int(exactly: number)
        case .position(let position): position
        case .name(let name): Int(name)
        default: nil
        }
    }

    private func element(_ index: Int, of array: JavaNode) -> JavaPlace? {
        index >= 0 && index < graph.elementCount(of: array) ? .arrayElement(index, of: array) : nil
    }

    /// The number of an entry.
    private func entry(_ step: AttributePath.Step, of map: JavaMap, _ node: JavaNode) -> Int? {
        if case .position(let position) = step { return position >= 0 && position < map.values.count ? position : nil }
        return map.keys.indices.first { matches(step, map.keys[$0]) } ?? entry(named: step, of: map, node)
    }

    /// The entry whose key was shown with escapes, or is of a class that has a text.
    private func entry(named step: AttributePath.Step, of map: JavaMap, _ node: JavaNode) -> Int? {
        switch step {
        case .name(let name), .quoted(let name):
            for reading in EscapedName.readings(of: name).dropFirst() {
                let found = map.keys.indices.first { map.keys[$0].flatMap { graph.wtf8(of: $0) } == reading }
                if let found { return found }
            }
            return entry(text: name, of: map, node)
        case .number(let number): return entry(text: String(number), of: map, node)
        default: return nil
        }
    }

    /// The entry whose key is a number, date, UUID or other value that has this text.
    private func entry(text: String, of map: JavaMap, _ node: JavaNode) -> Int? {
        var text = KeyText(text, isSorted: graph.isSortedNaturally(node))
        return map.keys.indices.first { index in map.keys[index].map { text.stands(for: $0, in: graph) } ?? false }
    }

    private func matches(_ step: AttributePath.Step, _ key: JavaNode?) -> Bool {
        guard let key else { return step == .null }
        switch step {
        case .name(let name), .quoted(let name):
            let constant = graph.constantName(of: key)
            return [key, constant].contains { $0.flatMap { graph.text(of: $0) }?.isExactly(name) ?? false }
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
    private func field(_ step: AttributePath.Step, of node: JavaNode) -> JavaPlace? {
        let name: String
        var owner: String?
        switch step {
        case .name(let text), .quoted(let text): name = text
        case .field(let of, let text): (owner, name) = (of, text)
        default: return nil
        }
        for data in graph.classData(of: node).reversed() {
            if let owner, !Self.isClass(graph.name(of: data.javaClass), owner) { continue }
            guard let field = graph.fields(of: data.javaClass).first(where: { $0.name.isExactly(name) }) else {
                continue
            }
            return data.hasFields ? .field(field, in: data) : nil
        }
        return nil
    }

    /// The field behind what a class is known to hold under another name.
    func field(ofPart step: AttributePath.Step, in node: JavaNode) -> JavaPlace? {
        let names = ["key": "key", "value": "value", "referent": "value", "message": "detailMessage", "cause": "cause"]
        switch step {
        case .name(let name), .quoted(let name): return names[name].flatMap { field(.name($0), of: node) }
        default: return nil
        }
    }

    /// Whether `name` is the class `word`, written in full or without its package.
    private static func isClass(_ name: String, _ word: String) -> Bool {
        name.isExactly(word)
            || [".", "$"].contains { name.utf8.reversed().starts(with: ($0 + word).utf8.reversed()) }
    }
}
