import JavaSerialization

/// Goes through a document that was edited, beside the graph that it was printed from. What is still to be looked at is kept in an array.
struct DocumentReading {
    let graph: JavaGraph
    let printed: DocumentIndex
    let edited: DocumentIndex
    private let nodes: [Int: JavaNode]
    /// What the text has of other attributes.
    private let moved: MovedObjects
    private let references: DocumentReferences
    var builder: JSONValueBuilder
    var changes: [DocumentChange] = []
    var edits: [DocumentEdit] = []
    private(set) var new = NewDocumentValues()
    /// Values that the graph has not.
    private(set) var added: [(value: DocumentValue, json: JSONNode, path: Int)] = []
    private var work: [Visit] = []
    /// Objects whose content was met.
    private var met: [JavaNode: (json: JSONNode, path: Int)] = [:]
    /// New values that were met, in the order in which they were made.
    private var made: [JSONNode] = []

    /// An object of the graph, and its content as it was printed and as it is now.
    struct Visit {
        let node: JavaNode
        let before: TypedMembers
        let after: TypedMembers
        let path: Int
    }

    /// - Parameter others: the values of other attributes, which are streams of their own.
    init(
        _ graph: JavaGraph, before: JSONNode, after: JSONNode, path: String,
        others: MovedValues = MovedValues([])
    ) {
        self.graph = graph
        printed = DocumentIndex(of: before)
        moved = others.isEmpty ? MovedObjects() : MovedObjects(in: after, of: others, besides: printed)
        edited = DocumentIndex(of: after, without: moved.places)
        references = DocumentReferences(before, after, moved)
        new.copies = moved.values
        nodes = graph.nodesByOffset
        builder = JSONValueBuilder(beside: graph, paths: DocumentPaths(root: path))
    }

    // MARK: Roots

    mutating func read(
        _ roots: [TypedDocument.Root], _ before: JSONNode, _ after: JSONNode, added: [JSONString]
    ) throws(DocumentError) {
        let (old, values) = (try TypedMembers(before), try TypedMembers(after))
        guard after.kind == .object else { throw DocumentError("the document is no object", at: after) }
        let names = Set(roots.map(\.name) + added.map(\.lossyText))
        for name in values.names where !names.contains(name) {
            throw DocumentError(
                "there is no attribute '\(name)': a new one is added with the command set", at: values[name] ?? after)
        }
        for root in roots {
            guard let value = values[root.name], let printed = old[root.name] else {
                throw DocumentError(
                    "the attribute '\(root.name)' is missing: it is removed with the command unset", at: after)
            }
            let path = builder.paths.adding(.name(root.name), to: DocumentPaths.start)
            try read(root.content, printed, value, path)
        }
        for name in added {
            guard let json = values[name.lossyText] else { continue }
            let path = builder.paths.adding(.name(name.lossyText), to: DocumentPaths.start)
            self.added.append((try take(json, path, type: nil), json, path))
            try run()
        }
    }

    mutating func read(_ content: Int, _ before: JSONNode, _ after: JSONNode, _ path: Int) throws(DocumentError) {
        if let twice = edited.twice { throw DocumentError("two objects have the same id", at: twice) }
        let current = graph.content(content)
        try place(after, before, current, path, type: nil) { .content(content, $0) }
        try run()
    }

    private mutating func run() throws(DocumentError) {
        while let visit = work.popLast() { try look(visit) }
    }

    // MARK: Values

    func fail(_ reason: String, _ node: JSONNode, _ path: Int) -> DocumentError { builder.fail(reason, node, path) }

    /// What a value of the document stands for.
    mutating func value(_ json: JSONNode, _ path: Int) throws(DocumentError) -> DocumentValue {
        guard json.kind == .object else { return json.isNull ? .null : .new(json.index) }
        if let copy = moved.places[json.index] { return .copy(copy) }
        if let id = json.onlyMember("ref") {
            let copy = id.number?.int64.flatMap { moved.numbered[$0] }
            guard let number = id.number?.int64, let found = edited.numbered[number] ?? printed.numbered[number] else {
                if let copy { return .copy(copy) }
                throw fail("refers to an id that no object has", json, path)
            }
            guard copy == nil || !references.isNew(number) else {
                throw fail(
                    "refers to an id that an object of this attribute has, and one that was moved here: write the object itself",
                    json, path)
            }
            return edited.numbered[number] == nil ? .node(try node(found, path)) : try value(found, path)
        }
        if let place = json.onlyMember("at") {
            guard let offset = place.number?.int64.flatMap({ Int(exactly: $0) }), printed.values[offset] != nil,
                let node = nodes[offset]
            else { throw fail("refers to a byte at which no object of this document begins", json, path) }
            return .node(node)
        }
        if let mark = json.onlyMember("$masked") {
            guard let range = mark.maskedRange, let before = printed.masked[range.offset],
                before == json || before.onlyMember("$masked") == nil, let node = nodes[range.offset],
                graph.byteRange(of: node).count == range.count
            else { throw fail("stands for no value that is masked in this document", json, path) }
            return .node(node)
        }
        guard json["class"]?.string != nil, json["bytes"] != nil else { return .new(json.index) }
        return try existing(json, path)
    }

    /// An object with `bytes`: that of the graph, unless it is one without parts whose text was changed.
    private mutating func existing(_ json: JSONNode, _ path: Int) throws(DocumentError) -> DocumentValue {
        let node = try node(json, path)
        let offset = graph.byteRange(of: node).lowerBound
        let after = try TypedMembers(json)
        if let mark = after["masked"] {
            // Nothing may be said beside the mark that would be passed over.
            let isMark = mark.bool == true && Set(after.names).subtracting(TypedMembers.head) == ["masked"]
            guard isMark, let before = printed.masked[offset], before == json || before.onlyMember("$masked") != nil
            else {
                throw fail("is masked: to give it a new value, write one without 'masked' and 'bytes'", json, path)
            }
            return .node(node)
        }
        guard let before = printed.values[offset] else {
            throw fail("is masked in this document: a new value has no 'bytes'", json, path)
        }
        let old = try TypedMembers(before)
        try requireSameHead(after, old, path)
        // Of others the parts are looked at one by one.
        guard try isLeaf(node, json, path) else { return .node(node) }
        return try changedLeaf(after, old, path) ? .new(json.index) : .node(node)
    }

    /// The node of the graph that an object with `bytes` stands for.
    private func node(_ json: JSONNode, _ path: Int) throws(DocumentError) -> JavaNode {
        guard let mark = json["bytes"], let range = mark.byteRange, let node = nodes[range.offset],
            printed.values[range.offset] != nil || printed.masked[range.offset] != nil,
            graph.byteRange(of: node).count == range.count
        else {
            throw fail(
                "has bytes at which no value of this document is: a new one has none, nor has one that was changed and moved to "
                    + "another attribute", json, path)
        }
        return node
    }

    private func isLeaf(_ node: JavaNode, _ json: JSONNode, _ path: Int) throws(DocumentError) -> Bool {
        switch try content(node, json, path) {
        case .string, .box, .bigInteger, .bigDecimal, .text, .locale, .pattern, .date, .timestamp, .calendar,
            .enumConstant, .classObject, .classDescription, .opaque, .blockData, .reset:
            true
        default: false
        }
    }

    func content(_ node: JavaNode, _ json: JSONNode, _ path: Int) throws(DocumentError) -> JavaValue.Content {
        do throws(JavaStreamError) {
            return try graph.value(of: node).content
        } catch {
            throw fail("cannot be read: \(error)", json, path)
        }
    }

    /// Whether the text of a value without parts is another. Of two forms of the same, the one that was changed counts.
    private mutating func changedLeaf(
        _ after: TypedMembers, _ before: TypedMembers, _ path: Int
    ) throws(DocumentError) -> Bool {
        let names = Set(after.names).union(before.names).subtracting(TypedMembers.head)
        for name in names where before[name] != nil && after[name] == nil {
            throw fail("has no '\(name)' any more: change it, or leave the value as it was", after.node, path)
        }
        let changed = names.filter { after[$0] != before[$0] }
        guard !changed.isEmpty else { return false }
        let exact: Set<String> = ["bits", "code", "epochMillis", "unscaled", "scale", "signum", "magnitude"]
        if changed == ["value"] {
            builder.unheeded[after.node.index] = exact
        } else if !changed.contains("value") {
            builder.unheeded[after.node.index] = ["value"]
        }
        return true
    }

    /// The members that say what the object is, and not what it holds.
    func requireSameHead(_ after: TypedMembers, _ before: TypedMembers, _ path: Int) throws(DocumentError) {
        let head = [
            "class", "wireClass", "suspect", "suid", "bytes", "unordered", "record", "externalizable", "copies",
        ]
        for name in head where after[name] != before[name] {
            throw fail(
                "has another '\(name)', which cannot be changed: a new value without 'bytes' can take its place",
                after[name] ?? after.node, path)
        }
    }

    // MARK: Places

    /// A place of the graph that the document gives a value.
    ///
    /// - Parameters:
    ///   - before: what was printed there.
    ///   - type: what scalars of plain JSON stand for there, as a descriptor.
    mutating func place(
        _ json: JSONNode, _ before: JSONNode?, _ current: JavaNode?, _ path: Int, type: String?,
        _ operation: (DocumentValue) -> DocumentEdit.Operation
    ) throws(DocumentError) {
        let wanted = try take(json, path, type: type ?? hint(json, current))
        guard wanted != DocumentValue(current) else { return }
        change(path, before, json)
        edits.append(DocumentEdit(operation: operation(wanted), path: path, json: json))
    }

    mutating func change(_ path: Int, _ before: JSONNode?, _ after: JSONNode?) {
        let isCopy = after.map { moved.places[$0.index] != nil } ?? false
        changes.append(
            DocumentChange(
                path: builder.paths.text(of: path), before: before.map { DocumentText.short($0) },
                after: after.map { DocumentText.short($0) + (isCopy ? " (a copy)" : "") }))
    }

    /// What a plain scalar is read as where something of a known type stands.
    func hint(_ json: JSONNode, _ current: JavaNode?) -> String? {
        guard let current, let name = try? graph.value(of: current).className else { return nil }
        guard let type = JavaValueType(className: name), type != .string || json.kind == .string else { return nil }
        return "L\(name);"
    }

    /// What a value stands for; its parts are looked at later, or, if it is new, it is made.
    mutating func take(_ json: JSONNode, _ path: Int, type: String?) throws(DocumentError) -> DocumentValue {
        let value = try value(json, path)
        switch value {
        case .null, .copy: break
        case .node(let node): try meet(node, json, path)
        case .new(let index): if index == json.index { try make(json, path, type) }
        }
        return value
    }

    /// The content of an object of the graph is looked at once, and has to be the same wherever it is written.
    private mutating func meet(_ node: JavaNode, _ json: JSONNode, _ path: Int) throws(DocumentError) {
        guard json["bytes"] != nil, !json.isMasked else { return }
        if let known = met[node] {
            guard known.json == json else {
                throw fail(
                    "is the same object as \(builder.paths.text(of: known.path)), with another content: as an object of its "
                        + "own it has no 'bytes'", json, path)
            }
            return
        }
        met[node] = (json, path)
        guard let before = printed.values[graph.byteRange(of: node).lowerBound] else { return }
        work.append(
            Visit(node: node, before: try TypedMembers(before), after: try TypedMembers(json), path: path))
    }

    // MARK: New values

    private mutating func make(_ json: JSONNode, _ path: Int, _ type: String?) throws(DocumentError) {
        let there = try objectsInside(json, path)
        let (edited, printed, moved) = (edited, printed, moved)
        builder.isThere = { node in
            guard let id = node.onlyMember("ref") else { return there.contains(node.index) }
            guard let id = id.number?.int64 else { return false }
            return edited.numbered[id] != nil || printed.numbered[id] != nil || moved.numbered[id] != nil
        }
        let first = builder.standIns.count
        made.append(json)
        try builder.add(json, path: path, type: type)
        // What is there already may be changed inside.
        for standIn in builder.standIns[first...] {
            guard case .node(let node) = try value(standIn.node, standIn.path) else { continue }
            try meet(node, standIn.node, standIn.path)
        }
    }

    /// Which values inside of a new one are objects of the graph.
    private mutating func objectsInside(_ json: JSONNode, _ path: Int) throws(DocumentError) -> Set<Int> {
        var found: Set<Int> = []
        var index = json.index + 1
        while index < Int(json.row.next) {
            let node = JSONNode(document: json.document, index: index)
            index += 1
            guard node.kind == .object, node.onlyMember("ref") == nil, isThere(try value(node, path)) else {
                continue
            }
            found.insert(node.index)
            // Its parts are its own.
            index = Int(node.row.next)
        }
        return found
    }

    private func isThere(_ value: DocumentValue) -> Bool {
        switch value {
        case .node, .copy: true
        case .null, .new: false
        }
    }

    /// Makes the graph of the new values, when all of them are known.
    mutating func finish() throws(DocumentError) {
        guard let first = made.first else { return try requireMade() }
        let graph = try builder.finish(first)
        let byOffset = graph.nodesByOffset
        new.graph = graph
        for (offset, json) in builder.made { new.nodes[json.index] = byOffset[offset] }
        var standIns = StandIns()
        for standIn in builder.standIns {
            guard let node = byOffset[standIn.offset] else { continue }
            let value = try value(standIn.node, standIn.path)
            try require(value, standIn.node, standIn.path)
            new.standIns.append((node, value))
            standIns.values[node] = new.value(value, in: self.graph)
        }
        try builder.check((graph, graph.content(0)), standIns)
        try requireMade()
    }

    /// What is put somewhere has to be an object, and if it is new, to have been written.
    private func requireMade() throws(DocumentError) {
        for (value, json, path) in added { try require(value, json, path) }
        for edit in edits {
            for value in edit.values { try require(value, edit.json, edit.path) }
        }
    }

    private func require(_ value: DocumentValue, _ json: JSONNode, _ path: Int) throws(DocumentError) {
        switch value {
        case .new(let index) where new.nodes[index] == nil:
            throw fail("refers to an object that is not written anywhere", json, path)
        case .node(let node) where !graph.kind(of: node).isObject:
            throw fail("cannot hold \(graph.kind(of: node)), which is no object", json, path)
        default: return
        }
    }
}
