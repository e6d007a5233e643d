/// Follows steps through a JSON value. Wrappers that name a class are no step: the path is the one that leads through the
/// same objects in a Java stream.
struct JSONPathWalk {
    let start: JSONNode

    func value(steps: ArraySlice<AttributePath.Step>) throws(PathError) -> PathValue {
        var current = start
        var way = ""
        for (index, step) in zip(steps.indices, steps) {
            let value = JacksonValue(current)
            if let walk = TokenPathWalk(value.node.string?.bytes) { return try walk.value(steps: steps[index...]) }
            current = try next(step, in: value, way)
            way += way.isEmpty || step.text.hasPrefix("[") ? step.text : "." + step.text
        }
        return .json(current)
    }

    /// Where one step leads from a value that `way` has led to.
    func next(_ step: AttributePath.Step, in value: JacksonValue, _ way: String) throws(PathError) -> JSONNode {
        let place = way.isEmpty ? "the attribute" : way
        guard value.node.kind == .object || value.node.kind == .array else {
            let kind = value.node.isNull ? "null" : "a plain value"
            throw PathError(message: "\(place) is \(kind): there is nothing inside it")
        }
        guard let next = next(step, in: value) else {
            let name = value.className.flatMap { $0.isEmpty ? nil : " (\($0))" } ?? ""
            throw PathError(message: "no \(step.text) in \(place)\(name)\(alternatives(to: value))")
        }
        return next
    }

    private func next(_ step: AttributePath.Step, in value: JacksonValue) -> JSONNode? {
        switch step {
        case .name(let name):
            member(name, of: value) ?? Int(name).flatMap { element($0, of: value.node) }
        case .quoted(let name), .field(_, let name): member(name, of: value)
        // The keys of a Java map that are numbers are names in JSON.
        case .number(let number):
            value.node.kind == .object
                ? value.member(String(number).utf8) : Int(exactly: number).flatMap { element($0, of: value.node) }
        case .position(let position): value.members.dropFirst(position).first?.value
        case .null: nil
        }
    }

    private func element(_ index: Int, of node: JSONNode) -> JSONNode? {
        guard index >= 0 else { return nil }
        return node.array?.dropFirst(index).first { _ in true }
    }

    private func member(_ name: String, of value: JacksonValue) -> JSONNode? {
        for reading in EscapedName.readings(of: name) {
            if let found = value.member(reading) { return found }
        }
        // Spring Security's Jackson module writes the field `role` under another name.
        let isAuthority = value.className?.hasSuffix(".SimpleGrantedAuthority") ?? false
        return isAuthority && name == "role" ? value.member("authority".utf8) : nil
    }

    private func alternatives(to value: JacksonValue) -> String {
        if let array = value.node.array { return "; it has \(array.count) elements" }
        let names = value.members.prefix(21).map { EscapedName.text(of: $0.name.bytes) }
        guard !names.isEmpty else { return "" }
        return "; it has " + names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", …" : "")
    }
}
