import JavaSerialization

extension JavaPathEdit {
    func set(_ place: JavaPlace, to value: NewValue, _ way: String) throws(EditError) -> [UInt8] {
        switch place {
        case .field(let field, let data) where field.primitive != nil: try set(field, data, value, way)
        case .field(let field, let data): try setObject(field, data, value, way)
        case .arrayElement(let index, let array): try set(index, ofArray: array, value, way)
        case .element(let index, let items, let owner): try set(index, of: items, in: owner, value, way)
        case .entry(let index, let map, _): try set(index, of: map.values, value, way)
        case .part: throw EditError("\(way) is told by its class and is no place of its own: change it by its field")
        }
    }

    private func set(
        _ field: JavaField, _ data: JavaClassData, _ value: NewValue, _ way: String
    ) throws(EditError) -> [UInt8] {
        let primitive = try value.primitive(field.primitive ?? .int, way)
        return try changed(way) { editor throws(JavaEditError) in try editor.set(field, in: data, to: primitive) }
    }

    private func setObject(
        _ field: JavaField, _ data: JavaClassData, _ value: NewValue, _ way: String
    ) throws(EditError) -> [UInt8] {
        var node: JavaNode?
        if case .reference(let target)? = graph.value(of: field, in: data) { node = target }
        let new = try value.object(like: node, in: graph, field.typeDescriptor, way)
        return try changed(way) { editor throws(JavaEditError) in try editor.set(field, in: data, to: new) }
    }

    private func set(
        _ index: Int, ofArray array: JavaNode, _ value: NewValue, _ way: String
    ) throws(EditError) -> [UInt8] {
        if let type = graph.elementType(of: array) {
            let primitive = try value.primitive(type, way)
            return try changed(way) { editor throws(JavaEditError) in try editor.set(index, of: array, to: primitive) }
        }
        let type = String(graph.className(of: array).dropFirst())
        let new = try value.object(like: graph.elements(of: array)[index], in: graph, type, way)
        return try changed(way) { editor throws(JavaEditError) in try editor.set(index, ofArray: array, to: new) }
    }

    private func set(
        _ index: Int, of items: JavaItems, in owner: JavaNode, _ value: NewValue, _ way: String
    ) throws(EditError) -> [UInt8] {
        let new = try value.object(like: items[index], in: graph, nil, way)
        return try changed(way) { editor throws(JavaEditError) in
            try editor.set(index, in: owner, of: items, to: new)
        }
    }

    private func set(_ index: Int, of items: JavaItems, _ value: NewValue, _ way: String) throws(EditError) -> [UInt8] {
        let new = try value.object(like: items[index], in: graph, nil, way)
        return try changed(way) { editor throws(JavaEditError) in try editor.set(index, of: items, to: new) }
    }

    /// Puts a value where nothing is: a key that a map has not, or the element behind the last one. Nil where it is neither.
    func adding(
        _ step: AttributePath.Step, to owner: JavaNode, _ value: NewValue, _ way: String
    ) throws(EditError) -> [UInt8]? {
        switch try? graph.value(of: owner).content {
        case .map(let map):
            guard let key = key(step, of: map) else { return nil }
            let new = try value.object(like: map.values.lazy.compactMap { $0 }.first, in: graph, nil, way)
            return try changed(way) { editor throws(JavaEditError) in try editor.insert(key: key, new, in: owner) }
        case .sequence(let sequence) where isNext(step, sequence.elements.count):
            let like = sequence.elements.lazy.compactMap { $0 }.first
            let new = try value.object(like: like, in: graph, nil, way)
            return try changed(way) { editor throws(JavaEditError) in
                try editor.insert(new, at: sequence.elements.count, in: owner)
            }
        default: return nil
        }
    }

    private func isNext(_ step: AttributePath.Step, _ count: Int) -> Bool {
        switch step {
        case .number(let number): number == count
        case .name(let name): Int(name) == count
        default: false
        }
    }

    /// A new key of the kind of those that are there; text where there are none.
    private func key(_ step: AttributePath.Step, of map: JavaMap) -> GraphEditor.Value? {
        var builder = JavaStreamBuilder()
        let like = map.keys.lazy.compactMap { $0 }.first
        let type = like.map { JavaValueType(className: (try? graph.value(of: $0).className) ?? "") } ?? .string
        switch (step, type) {
        case (.null, _): return (graph, nil)
        case (.name(let name), .string?), (.quoted(let name), .string?): builder.string(name)
        case (.name(let name), let type?): guard (try? builder.value(name, as: type)) != nil else { return nil }
        case (.number(let number), let type?):
            guard type != .string, (try? builder.value(String(number), as: type)) != nil else { return nil }
        default: return nil
        }
        guard let made = try? builder.graph() else { return nil }
        return (made, made.content(0))
    }

    func remove(_ place: JavaPlace, _ way: String) throws(EditError) -> [UInt8] {
        switch place {
        case .element(let index, _, let owner), .entry(let index, _, let owner), .arrayElement(let index, let owner):
            if let type = graph.elementType(of: owner) { return try removePrimitive(index, type, of: owner, way) }
            return try changed(way) { editor throws(JavaEditError) in try editor.remove(at: index, from: owner) }
        case .field(let field, let data):
            if let type = field.primitive { throw EditError("\(way) is of the type \(type.name), which is never null") }
            return try changed(way) { editor throws(JavaEditError) in try editor.set(field, in: data, to: (graph, nil))
            }
        case .part: throw EditError("\(way) is told by its class and is no place of its own: change it by its field")
        }
    }

    private func removePrimitive(
        _ index: Int, _ type: PrimitiveType, of array: JavaNode, _ way: String
    ) throws(EditError) -> [UInt8] {
        var bytes = Array(graph.bytes[graph.elementBytes(of: array)])
        bytes.removeSubrange(index * type.size..<(index + 1) * type.size)
        return try changed(way) { editor throws(JavaEditError) in try editor.setElements(of: array, to: bytes) }
    }
}
