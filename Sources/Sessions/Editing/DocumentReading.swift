import JavaSerialization

/// Goes through a document that was edited, beside the graph that it was printed from. What is still to be looked at is kept in an array.
struct DocumentReading {
    let graph: JavaGraph
    let printed: DocumentIndex
    let edited: DocumentIndex
    let nodes: [Int: JavaNode]
    /// What the text has of other attributes.
    let moved: MovedObjects
    let references: DocumentReferences
    var builder: JSONValueBuilder
    var changes: [DocumentChange] = []
    var edits: [DocumentEdit] = []
    var new = NewDocumentValues()
    /// Values that the graph has not.
    private(set) var added: [(value: DocumentValue, json: JSONNode, path: Int)] = []
    private var work: [Visit] = []
    /// Objects whose content was met.
    private var met: [JavaNode: (json: JSONNode, path: Int)] = [:]
    /// New values that were met, in the order in which they were made.
    var made: [JSONNode] = []

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

    func fail(_ reason: String, _ node: JSONNode, _ path: Int) -> DocumentError { builder.fail(reason, node, path) }

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
    mutating func meet(_ node: JavaNode, _ json: JSONNode, _ path: Int) throws(DocumentError) {
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
}
