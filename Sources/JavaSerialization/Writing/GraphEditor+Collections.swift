extension GraphEditor {
    /// Sets what stands at a position of a list or of a map's values, as the graph was read.
    ///
    /// - Parameter owner: the collection that they are shown as items of.
    /// - Throws: `JavaEditError` where there is no such position, or one element stands for many.
    public mutating func set(
        _ position: Int, of items: JavaItems, below owner: JavaNode, to value: Value
    ) throws(JavaEditError) {
        guard position >= 0, position < items.count else { throw .outOfRange(position, count: items.count) }
        guard !items.isRepetition else { throw .refused("one element stands for all of them") }
        try require(value, mayStandIn: owner)
        let isMap = if case .map? = try? graph.value(of: owner).content { true } else { false }
        try require(value, isOf: isMap ? .value : .element, in: owner)
        let slot = items.range.slot(position)
        put(value, at: slot, try source(of: .slot(slot), below: owner))
    }

    /// Sets an element of an array of objects.
    ///
    /// - Throws: `JavaEditError` where there is none, or the value is of another type.
    public mutating func set(_ position: Int, ofArray array: JavaNode, to value: Value) throws(JavaEditError) {
        try set(position, of: graph.elements(of: array), below: array, to: value)
    }

    /// Puts an element into a list, set or queue; of sets without an order any position will do.
    ///
    /// - Parameter position: before which it comes; the number of elements to append it.
    /// - Throws: `JavaEditError` where the collection cannot have another element.
    public mutating func insert(
        _ value: Value, at position: Int, in collection: JavaNode
    ) throws(JavaEditError) {
        let storage = try storage(of: collection, stride: 1)
        try require(value, mayStandIn: collection)
        try change(storage, adding: [value], at: position)
    }

    /// Puts an entry into a map behind its others.
    ///
    /// - Throws: `JavaEditError` where the map cannot have another entry, or has the key.
    public mutating func insert(key: Value, _ value: Value, in map: JavaNode) throws(JavaEditError) {
        let storage = try storage(of: map, stride: 2)
        try require(key, mayStandIn: map)
        try require(value, mayStandIn: map)
        try change(storage, adding: [key, value], at: items(of: storage).count / 2)
    }

    /// Takes an element out of a collection, or an entry out of a map.
    ///
    /// - Throws: `JavaEditError` where there is no such position, or the collection cannot lose an element.
    public mutating func remove(at position: Int, from collection: JavaNode) throws(JavaEditError) {
        let storage = try storage(of: collection, stride: nil)
        var items = items(of: storage)
        let count = items.count / storage.stride
        guard position >= 0, position < count else { throw .outOfRange(position, count: count) }
        items.removeSubrange(position * storage.stride..<(position + 1) * storage.stride)
        try write(items, to: storage)
    }

    /// Gives an entry of a map another key. In a sorted map it moves to its place.
    ///
    /// - Throws: `JavaEditError` where there is no such position, or the map has the key or cannot have it.
    public mutating func setKey(_ position: Int, of map: JavaNode, to key: Value) throws(JavaEditError) {
        let storage = try storage(of: map, stride: 2)
        if let refusal = storage.refusal { throw .refused(refusal) }
        try require([key], in: storage)
        try require(key, mayStandIn: map)
        var items = items(of: storage)
        guard position >= 0, position * 2 + 1 < items.count else { throw .outOfRange(position, count: items.count / 2) }
        let value = items[position * 2 + 1]
        items.removeSubrange(position * 2..<position * 2 + 2)
        let keys = stride(from: 0, to: items.count, by: 2).map { items[$0] }
        guard !keys.contains(where: { isSame($0, key, in: storage) }) else {
            throw .refused("the map has this key already")
        }
        let place = storage.isSorted ? try sortedPlace(of: key, among: keys) : position
        items.insert(contentsOf: [item(key), value], at: place * 2)
        try write(items, to: storage)
    }

    /// Sets an element of a list, set or queue. Another element of a set is put where it belongs; where only the application knows where
    /// that is, it is refused.
    ///
    /// - Throws: `JavaEditError` where there is no such position, or the collection cannot have this element.
    public mutating func set(_ position: Int, in collection: JavaNode, of items: JavaItems, to value: Value)
        throws(JavaEditError)
    {
        guard position >= 0, position < items.count else { throw .outOfRange(position, count: items.count) }
        guard let storage = try? storage(of: collection, stride: 1), storage.isSet || storage.refusal != nil else {
            return try set(position, of: items, below: collection, to: value)
        }
        if let refusal = storage.refusal { throw .refused(refusal) }
        try require(value, mayStandIn: collection)
        try remove(at: position, from: collection)
        try insert(value, at: position, in: collection)
    }

    mutating func storage(of node: JavaNode, stride: Int?) throws(JavaEditError) -> CollectionStorage {
        var storage = try writtenStorage(of: node, stride: stride)
        storage.source = try source(of: storage.locus, below: node)
        storage.owner = node
        return storage
    }

    private func writtenStorage(of node: JavaNode, stride: Int?) throws(JavaEditError) -> CollectionStorage {
        let object: KnownObject?
        do throws(JavaStreamError) {
            object = try graph.known(node)
        } catch {
            throw .refused(error.description)
        }
        if object == nil, graph.kind(of: node) == .array, graph.elementType(of: node) == nil {
            return CollectionStorage(place: .array(node, count: graph.elementCount(of: node)))
        }
        guard let object else { throw .refused("\(JavaTypeName.source(graph.className(of: node))) is no collection") }
        let storage = try object.storage()
        guard stride == nil || storage.width == stride else {
            throw .refused("\(object.className) is " + (stride == 1 ? "a map: its entries have keys" : "no map"))
        }
        return storage
    }

    private mutating func change(
        _ storage: CollectionStorage, adding values: [Value], at position: Int
    ) throws(JavaEditError) {
        if let refusal = storage.refusal { throw .refused(refusal) }
        try require(values, in: storage)
        var items = items(of: storage)
        let count = items.count / storage.stride
        guard position >= 0, position <= count else { throw .notInsertable(position, count: count) }
        if let most = storage.most, count >= most { throw .refused("it has no room for more than \(most)") }
        var place = position
        if storage.isSet, let key = values.first {
            let keys = stride(from: 0, to: items.count, by: storage.stride).map { items[$0] }
            guard !keys.contains(where: { isSame($0, key, in: storage) }) else { throw .refused("it is there already") }
            if storage.isSorted { place = try sortedPlace(of: key, among: keys) }
        }
        var new = values.map { item($0) }
        if storage.mapped != nil { new.append(try mappedItem(of: storage, items)) }
        items.insert(contentsOf: new, at: place * storage.stride)
        guard items.count <= Int(Int32.max) else { throw .refused("it has no room for more") }
        try write(items, to: storage)
    }

    /// Many collections have no room for null: who reads one with a null in it fails, or loses the elements behind it.
    func require(_ value: Value, mayStandIn owner: JavaNode) throws(JavaEditError) {
        guard value.node == nil, let known = (try? graph.known(owner)).flatMap({ $0 }), known.refusesNull else {
            return
        }
        throw .refused("\(known.className) cannot hold null")
    }

    /// That a new element, or key and value, may stand in a collection.
    func require(_ values: [Value], in storage: CollectionStorage) throws(JavaEditError) {
        if let owner = storage.owner {
            for (value, role) in zip(values, [ItemTypes.Role.element, .value]) {
                try require(value, isOf: role, in: owner)
            }
        }
        guard let name = storage.enumName else { return }
        let isConstant = values.first.map { key in
            key.node.map { key.graph.kind(of: $0) == .enumConstant && key.graph.className(of: $0) == name } ?? false
        }
        guard isConstant == true else { throw .wrongKind("only constants of \(name) can stand there") }
    }

    /// Arrays hold nothing but what is of their type; of other collections some say which type that is.
    func require(_ value: Value, isOf role: ItemTypes.Role, in owner: JavaNode) throws(JavaEditError) {
        let types = graph.itemTypes(of: owner)
        let place = role == .value ? "its values are" : types.isMap ? "its keys are" : "its elements are"
        for type in types[role] { try require(value, fits: type, place) }
    }

    /// What a map has for a new key that is shown as an element of a set.
    mutating func mappedItem(of storage: CollectionStorage, _ items: [GraphItem]) throws(JavaEditError) -> GraphItem {
        if case .value(let node)? = storage.mapped { return item((graph, node)) }
        if items.count > 1 { return items[1] }
        var builder = JavaStreamBuilder()
        builder.box(.boolean(true))
        do throws(JavaStreamError) {
            let made = try builder.graph()
            return item((made, made.content(0)))
        } catch {
            throw .refused(error.description)
        }
    }

    // MARK: What stands there

    /// The items as they are by now.
    func items(of storage: CollectionStorage) -> [GraphItem] {
        switch storage.place {
        case .written(let data, let start, _):
            let all = written(data, storage.source)
            return Array(all[start..<start + storage.itemCount + all.count - Int(data.annotationCount)])
        case .array(let array, let count):
            let all = elements(of: array, storage.source)
            return Array(all.prefix(count + all.count - graph.elementCount(of: array)))
        }
    }

    private func written(_ data: ClassDataRecord, _ source: Int) -> [GraphItem] {
        edits(source).annotation(data)
            ?? slots(SlotRange(first: data.firstAnnotation, count: Int(data.annotationCount)), source)
    }

    private func elements(of array: JavaNode, _ source: Int) -> [GraphItem] {
        edits(source).elements[array.index] ?? slots(graph.elementSlots(of: array), source)
    }

    private func slots(_ range: SlotRange, _ source: Int) -> [GraphItem] {
        let edits = edits(source)
        return (0..<range.count).map { position in
            let slot = range.slot(position)
            if let edited = edits.slots[slot] { return edited }
            return graph.slot(slot).map { .node(SourceNode(source: 0, index: $0.index)) } ?? .null
        }
    }

    mutating func write(_ items: [GraphItem], to storage: CollectionStorage) throws(JavaEditError) {
        let before = self.items(of: storage).count
        switch storage.place {
        case .written(let data, let start, _):
            var all = written(data, storage.source)
            all.replaceSubrange(start..<start + before, with: items)
            for count in storage.counts { try write(count, items.count, storage, to: &all) }
            change(storage.source) { $0.annotations[data.firstAnnotation] = all }
        case .array(let array, _):
            let rest = elements(of: array, storage.source).dropFirst(before)
            change(storage.source) { $0.elements[array.index] = items + rest }
            var none: [GraphItem] = []
            for count in storage.counts { try write(count, items.count, storage, to: &none) }
        }
    }

    private mutating func write(
        _ count: CollectionStorage.Count, _ items: Int, _ storage: CollectionStorage, to written: inout [GraphItem]
    ) throws(JavaEditError) {
        let number = Int32(truncatingIfNeeded: storage.countsBoth ? items : items / storage.stride)
        switch count {
        case .field(let offset): try write(number, at: offset, storage)
        case .block(let place, let offset): put(number, into: &written, place, offset)
        case .capacity(let place, let offset):
            let before = int(written, place, offset) ?? 0
            put(max(before, JavaStreamBuilder.capacity(for: number)), into: &written, place, offset)
        case .threshold(let offset):
            guard case .int(let before)? = graph.primitive(.int, at: offset) else { return }
            try write(max(before, JavaStreamBuilder.capacity(for: number) / 4 * 3), at: offset, storage)
        }
    }

    private mutating func write(
        _ number: Int32, at offset: Int, _ storage: CollectionStorage
    ) throws(JavaEditError) {
        guard let owner = storage.owner else { return }
        let source = try source(of: .primitive(offset), below: owner)
        change(source) { $0.primitives[offset] = JavaPrimitive.int(number).bytes }
    }

    private func data(_ item: GraphItem) -> [UInt8] {
        switch item {
        case .block(let data): data
        case .node(let node): JavaNode(node.index).map { Array(graph.bytes[graph.payload(of: $0)]) } ?? []
        case .null: []
        }
    }

    private func int(_ written: [GraphItem], _ place: Int, _ offset: Int) -> Int32? {
        let bytes = data(written[place])
        guard bytes.count >= offset + 4 else { return nil }
        return bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int32($1) }
    }

    /// Writes a number into a block of data.
    private func put(_ number: Int32, into written: inout [GraphItem], _ place: Int, _ offset: Int) {
        var bytes = data(written[place])
        guard bytes.count >= offset + 4 else { return }
        bytes.replaceSubrange(offset..<offset + 4, with: JavaPrimitive.int(number).bytes)
        written[place] = .block(bytes)
    }
}
