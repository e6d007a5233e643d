import JavaSerialization

extension AttributeDocument {
    /// Changes of attributes that are values of their own: each as a whole.
    func stored(_ parts: DocumentMembers) throws(DocumentError) -> Inner {
        var inner = Inner()
        let changed = parts.pairs.filter { $0.before != $0.after }
        let others = changed.isEmpty ? MovedValues([]) : moved
        for pair in changed {
            guard case .stored(let bytes) = pair.attribute.value else { throw Self.unreadable(pair) }
            let name = EscapedName.text(of: pair.attribute.name)
            let (after, changes) = try self.changed(bytes, pair, name, others)
            guard after != bytes else { continue }
            inner.edits.append(
                AttributeEdit(AttributePath.text(ofAttribute: pair.attribute.name), .set(.stored(after))))
            inner.changes += changes
        }
        return inner
    }

    /// The values of all that are Java streams.
    private var moved: MovedValues {
        let printed = before.root.object.map { $0.map { $0.value } } ?? []
        return MovedValues(
            zip(attributes, printed).compactMap { attribute, printed in
                guard case .java(let graph, _) = attribute.value.decoded() else { return nil }
                return (graph, printed)
            })
    }

    // MARK: New attributes

    /// A new attribute of a session whose attributes are Java streams or JSON.
    func addBuilt(_ name: JSONString, _ value: JSONNode, to inner: inout Inner) throws(DocumentError) {
        let shown = EscapedName.text(of: name.bytes)
        if let mask = value.firstObject({ $0.isMasked }) {
            throw DocumentError(
                "\(shown): a masked value can only get another name where nothing else of its attribute changes: "
                    + "--reveal shows it, 'set --rename' renames it", at: mask)
        }
        let graphs = attributes.compactMap { attribute -> JavaGraph? in
            if case .java(let graph, _) = attribute.value.decoded() { graph } else { nil }
        }
        guard !graphs.isEmpty else { return try addWritten(name, value, to: &inner) }
        let moved = moved
        try Self.requireShown(value, shown, moved)
        let stream = try Self.stream(of: value, shown, beside: [JavaGraph()] + graphs, moved)
        // Each attribute is a stream of its own: nothing in it can be an object of another.
        let isCopy = value.firstObject { $0["class"] != nil && $0["bytes"] != nil } != nil
        inner.edits.append(AttributeEdit(AttributePath.text(ofAttribute: name.bytes), .set(.stored(stream))))
        inner.changes.append(
            DocumentChange(path: shown, before: nil, after: DocumentText.short(value) + (isCopy ? " (a copy)" : "")))
    }

    /// Refuses `bytes` that no value of the text had.
    private static func requireShown(_ value: JSONNode, _ name: String, _ moved: MovedValues) throws(DocumentError) {
        let invented = value.firstObject { $0["class"]?.string != nil && $0["bytes"] != nil && !moved.has($0) }
        guard let invented else { return }
        throw DocumentError("\(name) has bytes at which no value of this document is: a new one has none", at: invented)
    }

    /// The value as a stream: a copy of one that was shown, or made, with the classes of the first graph that has all of them.
    private static func stream(
        of value: JSONNode, _ name: String, beside graphs: [JavaGraph], _ moved: MovedValues
    ) throws(DocumentError) -> [UInt8] {
        if let whole = moved.value(value), let bytes = try? whole.graph.stream(of: [whole.node]) { return bytes }
        let parts = MovedObjects(in: value, of: moved, besides: DocumentIndex())
        var first: DocumentError?
        // What can be made of the text is; of what cannot, objects of the platform among it, a copy is taken.
        for copies in parts.values.isEmpty ? [parts] : [MovedObjects(), parts] {
            for graph in graphs {
                do throws(DocumentError) {
                    return try stream(of: value, name, beside: graph, copies)
                } catch {
                    first = first ?? error
                }
            }
        }
        throw first ?? DocumentError("\(name) cannot be made", at: value)
    }

    private static func stream(
        of value: JSONNode, _ name: String, beside graph: JavaGraph, _ parts: MovedObjects
    ) throws(DocumentError) -> [UInt8] {
        var builder = JSONValueBuilder(beside: graph, paths: DocumentPaths(root: name))
        builder.isThere = { parts.places[$0.index] != nil }
        let made = try builder.build(value)
        var standIns = StandIns()
        let nodes = made.graph.nodesByOffset
        var editor = GraphEditor(of: made.graph)
        for standIn in builder.standIns {
            guard let node = nodes[standIn.offset], let part = parts.places[standIn.node.index] else { continue }
            standIns.values[node] = parts.values[part]
            editor.substitute(node, of: made.graph, by: parts.values[part])
        }
        try builder.check(made, standIns)
        do throws(JavaEncodingError) {
            return try builder.standIns.isEmpty ? made.graph.stream(of: [made.node]) : editor.encoded()
        } catch {
            throw DocumentError("\(name): \(error)", at: value)
        }
    }

    private func changed(
        _ bytes: [UInt8], _ pair: DocumentMembers.Pair, _ name: String, _ others: MovedValues
    ) throws(DocumentError) -> ([UInt8], [DocumentChange]) {
        switch pair.attribute.value.decoded() {
        case .java(let graph, _):
            let document = try TypedDocument(
                graph: graph, before: pair.before, after: pair.after, path: name, others: others)
            var editor = GraphEditor(of: graph)
            return (try Self.encoded(&editor, document, pair), document.changes)
        case .json(let document): return try json(document, pair, name)
        case .text, .bytes: return try Self.plain(pair, name)
        case .jwt: throw DocumentError("\(name) is a signed token: set writes another one as a whole", at: pair.after)
        case .opaque, .undecodable: throw Self.unreadable(pair)
        }
    }

    static func encoded(
        _ editor: inout GraphEditor, _ document: TypedDocument, _ pair: DocumentMembers.Pair
    ) throws(DocumentError) -> [UInt8] {
        do throws(EditError) {
            try document.apply(to: &editor)
        } catch {
            throw DocumentError(error.description, at: pair.after)
        }
        do throws(JavaEncodingError) {
            return try editor.encoded()
        } catch {
            throw DocumentError(error.description, at: pair.after)
        }
    }

    static func unreadable(_ pair: DocumentMembers.Pair) -> DocumentError {
        let name = EscapedName.text(of: pair.attribute.name)
        return DocumentError(
            "\(name) is kept unread, and so cannot be changed here: set writes it as a whole", at: pair.after)
    }

    // MARK: Other encodings

    /// What stands around the value of another encoding than Java's must be as it was.
    private static func values(
        _ pair: DocumentMembers.Pair, _ name: String
    ) throws(DocumentError) -> (before: JSONNode, after: JSONNode) {
        guard let before = pair.before["value"], let after = pair.after["value"], let members = pair.after.object else {
            throw DocumentError(
                "\(name) is written as it was shown, with its \"encoding\" and \"value\"", at: pair.after)
        }
        for member in members where member.name.bytes != Array("value".utf8) {
            guard member.value == pair.before[member.name.lossyText] else {
                throw DocumentError("\(name): \(member.name.lossyText) cannot be changed", at: member.value)
            }
        }
        return (before, after)
    }

    private func json(
        _ document: JSONDocument, _ pair: DocumentMembers.Pair, _ name: String
    ) throws(DocumentError) -> ([UInt8], [DocumentChange]) {
        let (before, after) = try Self.values(pair, name)
        let others = attributes.filter { $0.name != pair.attribute.name }.map(\.value.bytes)
        var difference = JSONDifference(of: document.root, name, JSONStyle(of: document, beside: others))
        try difference.compare(before, after)
        let change = JSONChange(difference.replacements, growth: 0)
        do throws(EditError) {
            return (try change.applied(to: document.source), difference.changes)
        } catch {
            throw DocumentError("\(name): \(error)", at: after)
        }
    }

    private static func plain(
        _ pair: DocumentMembers.Pair, _ name: String
    ) throws(DocumentError) -> ([UInt8], [DocumentChange]) {
        let (before, after) = try values(pair, name)
        let change = DocumentChange(path: name, before: DocumentText.short(before), after: DocumentText.short(after))
        if let text = after.string { return (text.bytes, [change]) }
        guard let text = after["$base64"]?.string, let bytes = try? Base64.decode(text.bytes) else {
            throw DocumentError("\(name): write text, or bytes as {\"$base64\": …}", at: after)
        }
        return (bytes, [change])
    }
}
