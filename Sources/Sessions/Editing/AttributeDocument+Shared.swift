import JavaSerialization

extension AttributeDocument {
    /// Changes of attributes that stand in one stream: of the whole value, and beside that of each attribute, for a session of which
    /// somebody has changed other attributes meanwhile.
    func shared(_ parts: DocumentMembers, _ text: [UInt8]) throws(DocumentError) -> Inner {
        let changed = parts.pairs.filter { $0.before != $0.after }
        guard let first = changed.first, case .string(let bytes) = record.content,
            let framing = TomcatFraming(bytes)
        else { return Inner() }
        // What is kept unread has no typed form.
        if let unread = changed.first(where: { $0.isUnread }) { throw Self.unreadable(unread) }
        let (graph, places) = try Self.reading(first) { () throws(EditError) in
            try TomcatAttributes(bytes, framing).values()
        }
        let roots = parts.pairs.filter { !$0.isUnread }.compactMap { pair in
            places[pair.attribute.name].map { TypedDocument.Root(name: pair.name, content: $0) }
        }
        let document = try TypedDocument(
            graph: graph, roots: roots, before: before.root, after: try parts.withoutAdded(in: text).root)
        var editor = GraphEditor(of: graph)
        var inner = Inner()
        inner.changes = document.changes
        let result = try Self.encoded(&editor, document, first)
        guard result != bytes else { return inner }
        inner.edits = try Self.edits(of: changed, in: result, framing)
        inner.replacement = SessionEdit.Replacement(before: bytes, after: result, changes: inner.edits.count)
        return inner
    }

    /// Each changed attribute as an object of its own.
    private static func edits(
        of changed: [DocumentMembers.Pair], in bytes: [UInt8], _ framing: TomcatFraming
    ) throws(DocumentError) -> [AttributeEdit] {
        var edits: [AttributeEdit] = []
        for pair in changed {
            let stream = try reading(pair) { () throws(EditError) in
                let (graph, places) = try TomcatAttributes(bytes, framing).values()
                let node = places[pair.attribute.name].flatMap { graph.content($0) }
                do throws(JavaEncodingError) {
                    return try graph.stream(of: [node])
                } catch {
                    throw EditError(error.description)
                }
            }
            edits.append(AttributeEdit(AttributePath.text(ofAttribute: pair.attribute.name), .set(.stream(stream))))
        }
        return edits
    }

    private static func reading<Result>(
        _ pair: DocumentMembers.Pair, _ body: () throws(EditError) -> Result
    ) throws(DocumentError) -> Result {
        do throws(EditError) {
            return try body()
        } catch {
            throw DocumentError(error.description, at: pair.after)
        }
    }
}

extension DocumentMembers {
    /// The text with blanks in place of new attributes and of those that are kept unread, so that every byte stands where it stands in the text.
    func withoutAdded(in text: [UInt8]) throws(DocumentError) -> JSONDocument {
        var blank = text
        let children = JSONChildren(of: after)
        let names = Set(added.map(\.name.lossyText) + pairs.filter { $0.isUnread }.map(\.name))
        let indices = children.names.indices.filter { names.contains(children.names[$0].lossyText) }
        for (range, _) in children.removing(indices).replacements {
            for index in range { blank[index] = UInt8(ascii: " ") }
        }
        do throws(SessionError) {
            return try JSONReader.read(blank)
        } catch {
            throw DocumentError(error.problem.description, at: error.offset)
        }
    }
}
