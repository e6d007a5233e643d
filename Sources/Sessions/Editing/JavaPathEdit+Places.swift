import JavaSerialization

extension JavaPathEdit {
    mutating func set(_ place: JavaPlace, to value: NewValue, _ way: String) throws(EditError) {
        switch place {
        case .field(let field, let data):
            try PlatformFields.require(field, in: data, of: graph, way)
            if field.primitive == nil { return try setObject(field, data, value, way) }
            try set(field, data, value, way)
        case .arrayElement(let index, let array): try set(index, ofArray: array, value, way)
        case .element(let index, let items, let owner): try set(index, of: items, in: owner, value, way)
        case .entry(let index, let map, let owner): try set(index, of: map.values, inMap: owner, value, way)
        case .part: throw EditError("\(way) is told by its class and is no place of its own: change it by its field")
        }
    }

    private mutating func set(
        _ field: JavaField, _ data: JavaClassData, _ value: NewValue, _ way: String
    ) throws(EditError) {
        // An AtomicBoolean keeps an int.
        let isTruth = graph.name(of: data.javaClass) == "java.util.concurrent.atomic.AtomicBoolean"
        var primitive = try value.primitive(isTruth ? .boolean : field.primitive ?? .int, way)
        if case .boolean(let isTrue) = primitive, field.primitive == .int { primitive = .int(isTrue ? 1 : 0) }
        if case .primitive(let current)? = graph.value(of: field, in: data), current.bytes == primitive.bytes {
            return isUnneeded = true
        }
        try change(way) { editor throws(JavaEditError) in try editor.set(field, in: data, to: primitive) }
    }

    private mutating func setObject(
        _ field: JavaField, _ data: JavaClassData, _ value: NewValue, _ way: String
    ) throws(EditError) {
        var node: JavaNode?
        if case .reference(let target)? = graph.value(of: field, in: data) { node = target }
        let new = try object(value, like: node, field.typeDescriptor, way)
        if graph.value(of: field, in: data) != nil, stands(new, at: node) { return }
        try change(way) { editor throws(JavaEditError) in try editor.set(field, in: data, to: new) }
    }

    private mutating func set(
        _ index: Int, ofArray array: JavaNode, _ value: NewValue, _ way: String
    ) throws(EditError) {
        if let type = graph.elementType(of: array) {
            let primitive = try value.primitive(type, way)
            if graph.primitiveElement(index, of: array)?.bytes == primitive.bytes { return isUnneeded = true }
            return try change(way) { editor throws(JavaEditError) in try editor.set(index, of: array, to: primitive) }
        }
        let type = graph.itemTypes(of: array).elements.last
        let new = try object(value, like: graph.elements(of: array)[index], type, way)
        if stands(new, at: graph.elements(of: array)[index]) { return }
        try change(way) { editor throws(JavaEditError) in try editor.set(index, ofArray: array, to: new) }
    }

    private mutating func set(
        _ index: Int, of items: JavaItems, in owner: JavaNode, _ value: NewValue, _ way: String
    ) throws(EditError) {
        let new = try object(value, like: items[index], graph.itemTypes(of: owner).elements.last, way)
        if stands(new, at: items[index]) { return }
        try requireNew(new, among: items, in: owner, way)
        try change(way) { editor throws(JavaEditError) in try editor.set(index, in: owner, of: items, to: new) }
    }

    private mutating func set(
        _ index: Int, of items: JavaItems, inMap owner: JavaNode, _ value: NewValue, _ way: String
    ) throws(EditError) {
        let new = try object(value, like: items[index], graph.itemTypes(of: owner).values.last, way)
        if stands(new, at: items[index]) { return }
        try change(way) { editor throws(JavaEditError) in try editor.set(index, of: items, below: owner, to: new) }
    }

    /// What takes the place of `node`: where that is shared with other places, an object of the same class, as they are made for it.
    private func object(
        _ value: NewValue, like node: JavaNode?, _ descriptor: String?, _ way: String
    ) throws(EditError) -> GraphEditor.Value {
        let new = try value.object(like: node, in: graph, descriptor, way)
        guard editor.changesShared, let node, graph.isShared(node), !isEqual(new, to: node) else { return new }
        if graph.partsOfKeys().contains(node) { throw EditError(insideOfKey: way) }
        guard let other = new.node, new.graph.className(of: other) == graph.className(of: node) else {
            throw EditError(
                "\(way) is shared by several places: for all of them it can only become another of its class")
        }
        return new
    }

    /// What is put beside others: of their class, or of one that somebody says.
    func object(
        _ value: NewValue, beside items: JavaItems, _ descriptor: String?, _ way: String
    ) throws(EditError) -> GraphEditor.Value {
        do throws(EditError) {
            return try value.object(beside: items, in: graph, descriptor, way)
        } catch {
            guard case .text(_, type: nil) = value, descriptor == nil, let like = items.lazy.compactMap({ $0 }).first,
                graph.scalarType(of: like) != nil
            else { throw error }
            throw EditError(
                "\(error.description). Beside it stands a \(graph.shownClass(of: like)); --type says of which other class a new value is"
            )
        }
    }

    // MARK: Adding

    /// Puts a value where nothing is: a key that a map has not, or the element behind the last one. False where it is neither.
    mutating func add(
        _ step: AttributePath.Step, to owner: JavaNode, _ value: NewValue, _ way: String
    ) throws(EditError) -> Bool {
        switch try? graph.value(of: owner).content {
        case .map(let map):
            let type = graph.itemTypes(of: owner).elements.last
            guard let key = try key(step, of: map, type, way) else { return false }
            try insert(key: key, value, map, owner, way)
        case .sequence(let sequence) where isNext(step, sequence.elements.count): try append(value, to: owner, way)
        case .array where isNext(step, graph.elementCount(of: owner)): try append(value, to: owner, way)
        default: return false
        }
        return true
    }

    /// Puts a value behind the last element.
    mutating func append(_ value: NewValue, to owner: JavaNode, _ way: String) throws(EditError) {
        switch try? graph.value(of: owner).content {
        case .sequence(let sequence):
            try insert(value, at: sequence.elements.count, of: sequence.elements, in: owner, way)
        case .array: try insert(value, at: graph.elementCount(of: owner), ofArray: owner, way)
        default: throw EditError("\(way) is no list, set or array: nothing can be put behind its last element")
        }
    }

    /// Puts a value before an element.
    mutating func insert(
        _ value: NewValue, _ step: AttributePath.Step, _ owner: JavaNode, _ way: String
    ) throws(EditError) {
        guard let index = JavaPathWalk.index(step) else { throw EditError("\(way) is no position in a list") }
        switch try? graph.value(of: owner).content {
        case .sequence(let sequence): try insert(value, at: index, of: sequence.elements, in: owner, way)
        case .array: try insert(value, at: index, ofArray: owner, way)
        default: throw EditError("\(way) is no position in a list")
        }
    }

    private mutating func insert(
        _ value: NewValue, at index: Int, of items: JavaItems, in owner: JavaNode, _ way: String
    ) throws(EditError) {
        let new = try object(value, beside: items, graph.itemTypes(of: owner).elements.last, way)
        try requireNew(new, among: items, in: owner, way)
        try change(way) { editor throws(JavaEditError) in try editor.insert(new, at: index, in: owner) }
    }

    /// That a set gets no object that is what one of its is, of the same class and in all its fields. Of others only the application knows
    /// whether they are equal.
    private func requireNew(
        _ new: GraphEditor.Value, among items: JavaItems, in owner: JavaNode, _ way: String
    ) throws(EditError) {
        let name = graph.className(of: owner)
        guard let node = new.node, name.hasSuffix("Set"), new.graph.kind(of: node) == .object,
            let bytes = try? new.graph.stream(of: [node])
        else { return }
        for case let item? in items where graph.className(of: item) == new.graph.className(of: node) {
            if (try? graph.stream(of: [item])) == bytes { throw EditError("\(way): it is there already") }
        }
    }

    private mutating func insert(
        _ value: NewValue, at index: Int, ofArray array: JavaNode, _ way: String
    ) throws(EditError) {
        guard let type = graph.elementType(of: array) else {
            let descriptor = graph.itemTypes(of: array).elements.last
            let new = try value.object(beside: graph.elements(of: array), in: graph, descriptor, way)
            return try change(way) { editor throws(JavaEditError) in try editor.insert(new, at: index, in: array) }
        }
        let primitive = try value.primitive(type, way)
        var bytes = Array(graph.bytes[graph.elementBytes(of: array)])
        let count = bytes.count / type.size
        guard index >= 0, index <= count else {
            throw EditError("\(way): \(JavaEditError.notInsertable(index, count: count))")
        }
        bytes.insert(contentsOf: primitive.bytes, at: index * type.size)
        try change(way) { editor throws(JavaEditError) in try editor.setElements(of: array, to: bytes) }
    }

    private func isNext(_ step: AttributePath.Step, _ count: Int) -> Bool {
        switch step {
        case .number(let number): number == count
        case .name(let name): Int(name) == count
        default: false
        }
    }

    // MARK: Removing

    mutating func remove(_ place: JavaPlace, _ way: String) throws(EditError) {
        switch place {
        case .element(let index, _, let owner), .entry(let index, _, let owner), .arrayElement(let index, let owner):
            if let type = graph.elementType(of: owner) { return try removePrimitive(index, type, of: owner, way) }
            try change(way) { editor throws(JavaEditError) in try editor.remove(at: index, from: owner) }
        case .field(let field, let data):
            try PlatformFields.require(field, in: data, of: graph, way)
            if let type = field.primitive { throw EditError("\(way) is of the type \(type.name), which is never null") }
            if case .reference(nil)? = graph.value(of: field, in: data) { return isUnneeded = true }
            let graph = graph
            try change(way) { editor throws(JavaEditError) in try editor.set(field, in: data, to: (graph, nil)) }
        case .part: throw EditError("\(way) is told by its class and is no place of its own: change it by its field")
        }
    }

    private mutating func removePrimitive(
        _ index: Int, _ type: PrimitiveType, of array: JavaNode, _ way: String
    ) throws(EditError) {
        var bytes = Array(graph.bytes[graph.elementBytes(of: array)])
        bytes.removeSubrange(index * type.size..<(index + 1) * type.size)
        try change(way) { editor throws(JavaEditError) in try editor.setElements(of: array, to: bytes) }
    }
}
