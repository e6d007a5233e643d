import JavaSerialization

extension DocumentReading {
    // MARK: Arrays and lists

    mutating func lookAtArray(_ visit: Visit) throws(DocumentError) -> Set<String> {
        if let type = graph.elementType(of: visit.node) {
            let member = type == .byte ? "base64" : type == .char ? "string" : "items"
            guard let json = visit.after[member], json != visit.before[member] else { return [] }
            let bytes = try builder.elements(visit.after, type, visit.path)
            set(bytes, of: visit.node, visit.before.node, visit.after.node, visit.path)
            return [member]
        }
        let type = String(graph.className(of: visit.node).dropFirst().map { $0 == "." ? "/" : $0 })
        return try lookAtItems(visit, graph.elements(of: visit.node), type: type)
    }

    mutating func look(_ visit: Visit, at sequence: JavaSequence) throws(DocumentError) -> Set<String> {
        var handled = sequence.isApplicationClass ? try lookAtClasses(visit) : []
        if let comparator = sequence.comparator, !sequence.isApplicationClass {
            try lookAtPart("comparator", comparator, of: visit)
            handled.insert("comparator")
        }
        if sequence.elements.isRepetition { return handled }
        return handled.union(try lookAtItems(visit, sequence.elements, type: nil))
    }

    private mutating func lookAtItems(
        _ visit: Visit, _ items: JavaItems, type: String?
    ) throws(DocumentError) -> Set<String> {
        guard let json = visit.after["items"], let after = json.array else {
            throw fail("has no items", visit.after["items"] ?? visit.after.node, visit.path)
        }
        let like = items.first.flatMap { $0 }
        var wanted: [DocumentValue] = []
        var texts: [JSONNode] = []
        for (index, item) in after.enumerated() {
            let path = builder.paths.adding(.number(Int64(index)), to: visit.path)
            let current = index < items.count ? items[index] ?? like : like
            wanted.append(try take(item, path, type: neighbour(item, current) ?? type))
            texts.append(item)
        }
        let current = items.map { DocumentValue($0) }
        guard wanted != current else { return ["items"] }
        let before = visit.before["items"]?.array.map { Array($0) } ?? []
        noteItems(current, wanted, before, texts, visit.path)
        edits.append(
            DocumentEdit(operation: .elements(wanted, of: items, in: visit.node), path: visit.path, json: json))
        return ["items"]
    }

    /// The type of what stands beside a plain number or truth value; text is a string there.
    private func neighbour(_ json: JSONNode, _ node: JavaNode?) -> String? {
        json.kind == .string ? nil : hint(json, node)
    }

    /// Says what became of the items: those in front and behind that are the same are left out.
    private mutating func noteItems(
        _ current: [DocumentValue], _ wanted: [DocumentValue], _ before: [JSONNode], _ after: [JSONNode], _ path: Int
    ) {
        let front = zip(current, wanted).prefix { $0 == $1 }.count
        let most = min(current.count, wanted.count) - front
        let back = zip(current.reversed(), wanted.reversed()).prefix { $0 == $1 }.count
        let (old, new) = (front..<current.count - min(back, most), front..<wanted.count - min(back, most))
        let (had, has) = (Set(current[old]), Set(wanted[new]))
        var order = false
        for index in front..<max(old.upperBound, new.upperBound) {
            let removed =
                old.contains(index) && !has.contains(current[index]) && index < before.count ? before[index] : nil
            let added = new.contains(index) && !had.contains(wanted[index]) ? after[index] : nil
            if removed != nil || added != nil {
                change(builder.paths.adding(.number(Int64(index)), to: path), removed, added)
            } else {
                order = true
            }
        }
        if order, !had.isDisjoint(with: has) { noteOrder(current, wanted, path) }
    }

    /// Says that what is left stands in another order, or more or less often.
    private mutating func noteOrder(_ current: [DocumentValue], _ wanted: [DocumentValue], _ path: Int) {
        let (had, has) = (Set(current), Set(wanted))
        let (left, kept) = (current.filter { has.contains($0) }, wanted.filter { had.contains($0) })
        guard left != kept else { return }
        let way = builder.paths.text(of: path)
        let isOrder = left.count == kept.count
        changes.append(
            DocumentChange(
                path: way, before: isOrder ? "the order of \(current.count)" : "\(left.count) items",
                after: isOrder ? "another order" : "the same \(kept.count) times"))
    }

    /// Says which plain elements are others, where these are few; else only that they are.
    mutating func noteElements(_ before: JSONNode?, _ after: JSONNode, _ path: Int) {
        guard let old = before?.array.map({ Array($0) }), let new = after.array.map({ Array($0) }) else {
            return change(path, before, after)
        }
        let front = zip(old, new).prefix { $0 == $1 }.count
        let most = min(old.count, new.count) - front
        let back = min(most, zip(old.reversed(), new.reversed()).prefix { $0 == $1 }.count)
        let (removed, added) = (old[front..<old.count - back], new[front..<new.count - back])
        guard max(removed.count, added.count) <= 20 else { return change(path, before, after) }
        for index in front..<max(removed.endIndex, added.endIndex) {
            let (one, other) = (
                removed.indices.contains(index) ? removed[index] : nil,
                added.indices.contains(index) ? added[index] : nil
            )
            if one != other { change(builder.paths.adding(.number(Int64(index)), to: path), one, other) }
        }
    }

    // MARK: Maps

    mutating func look(_ visit: Visit, at map: JavaMap) throws(DocumentError) -> Set<String> {
        var handled: Set<String> = map.isApplicationClass ? try lookAtClasses(visit) : []
        if let comparator = map.comparator, !map.isApplicationClass {
            try lookAtPart("comparator", comparator, of: visit)
            handled.insert("comparator")
        }
        if case .some(let defaults) = map.defaults, !map.isApplicationClass {
            try lookAtPart("defaults", defaults, of: visit)
            handled.insert("defaults")
        }
        return handled.union(try lookAtEntries(visit, map))
    }

    private mutating func lookAtEntries(_ visit: Visit, _ map: JavaMap) throws(DocumentError) -> Set<String> {
        guard let json = visit.after["entries"], let pairs = json.array else {
            throw fail("has no entries", visit.after["entries"] ?? visit.after.node, visit.path)
        }
        let before = visit.before["entries"]?.array.map { Array($0) } ?? []
        let known = Dictionary(zip(map.keys.map { DocumentValue($0) }, 0...)) { first, _ in first }
        let like = (map.keys.first.flatMap { $0 }, map.values.first.flatMap { $0 })
        var wanted: [(key: DocumentValue, value: DocumentValue)] = []
        var texts: [JSONNode] = []
        for (index, pair) in pairs.enumerated() {
            guard let halves = pair.array.map({ Array($0) }), halves.count == 2 else {
                throw fail("has an entry that is no pair of key and value", pair, visit.path)
            }
            let path = builder.paths.adding(JSONValueBuilder.step(to: halves[0], index), to: visit.path)
            let key = try take(halves[0], path, type: neighbour(halves[0], like.0))
            let current = known[key].flatMap { map.values[$0] } ?? like.1
            wanted.append((key, try take(halves[1], path, type: neighbour(halves[1], current))))
            texts.append(pair)
        }
        let isSame =
            wanted.count == map.keys.count
            && wanted.enumerated().allSatisfy { index, entry in
                entry.key == DocumentValue(map.keys[index]) && entry.value == DocumentValue(map.values[index])
            }
        if isSame { return ["entries"] }
        noteEntries(map, wanted, before, texts, visit.path)
        edits.append(
            DocumentEdit(operation: .entries(wanted, of: map, in: visit.node), path: visit.path, json: json))
        return ["entries"]
    }

    private mutating func noteEntries(
        _ map: JavaMap, _ wanted: [(key: DocumentValue, value: DocumentValue)], _ before: [JSONNode],
        _ after: [JSONNode],
        _ path: Int
    ) {
        let keys = map.keys.map { DocumentValue($0) }
        let known = Dictionary(zip(keys, 0...)) { first, _ in first }
        let values = map.values.map { DocumentValue($0) }
        for (index, entry) in wanted.enumerated() {
            let old = known[entry.key]
            if let old, values[old] == entry.value { continue }
            noteEntry(index, old.flatMap { before.indices.contains($0) ? before[$0] : nil }, after[index], path)
        }
        let left = Set(wanted.map(\.key))
        for (index, key) in keys.enumerated() where !left.contains(key) && index < before.count {
            noteEntry(index, before[index], nil, path)
        }
        noteOrder(keys, wanted.map(\.key), path)
    }

    private mutating func noteEntry(_ index: Int, _ before: JSONNode?, _ after: JSONNode?, _ path: Int) {
        let old = before?.array.map { Array($0) } ?? []
        let new = after?.array.map { Array($0) } ?? []
        guard let key = new.first ?? old.first else { return }
        change(
            builder.paths.adding(JSONValueBuilder.step(to: key, index), to: path), old.count == 2 ? old[1] : nil,
            new.count == 2 ? new[1] : nil)
    }
}
