import JavaSerialization

extension AttributeDocument {
    /// Changes of attributes that stand in one stream: of the whole value, and beside that of each attribute, for a session of which
    /// somebody has changed other attributes meanwhile.
    func shared(_ parts: DocumentMembers, _ text: [UInt8]) throws(DocumentError) -> Inner {
        let changed = parts.pairs.filter { $0.before != $0.after }
        let added = parts.added.filter { !parts.isWritten($0.value) }
        guard let first = changed.first?.after ?? added.first?.value, case .string(let bytes) = record.content,
            let framing = TomcatFraming(bytes)
        else { return Inner() }
        // What is kept unread has no typed form.
        if let unread = changed.first(where: { $0.isUnread }) { throw Self.unreadable(unread) }
        let session = TomcatAttributes(bytes, framing)
        let (graph, places) = try Self.reading(first) { () throws(EditError) in try session.values() }
        let roots = parts.pairs.filter { !$0.isUnread }.compactMap { pair in
            places[pair.attribute.name].map { TypedDocument.Root(name: pair.name, content: $0) }
        }
        let document = try TypedDocument(
            graph: graph, roots: roots, before: before.root, after: try parts.typed(in: text).root,
            added: added.map(\.name))
        let result = try Self.reading(first) { () throws(EditError) in
            var editor = GraphEditor(of: graph)
            try document.apply(to: &editor)
            let values = document.addedValues(beside: graph)
            return try session.encoded(&editor, adding: Array(zip(added.map(\.name.bytes), values)))
        }
        var inner = Inner()
        inner.changes = document.changes
        guard result != bytes else { return inner }
        for (name, value) in changed.map({ ($0.attribute.name, $0.after) }) + added.map({ ($0.name.bytes, $0.value) }) {
            inner.edits.append(try Self.edit(of: name, value, in: result, framing))
        }
        inner.changes += added.map { name, value in
            DocumentChange(path: EscapedName.text(of: name.bytes), before: nil, after: DocumentText.short(value))
        }
        inner.replacement = SessionEdit.Replacement(before: bytes, after: result, changes: inner.edits.count)
        return inner
    }

    /// A changed attribute as an object of its own.
    private static func edit(
        of name: [UInt8], _ json: JSONNode, in bytes: [UInt8], _ framing: TomcatFraming
    ) throws(DocumentError) -> AttributeEdit {
        let stream = try reading(json) { () throws(EditError) in
            let (graph, places) = try TomcatAttributes(bytes, framing).values()
            let node = places[name].flatMap { graph.content($0) }
            do throws(JavaEncodingError) {
                return try graph.stream(of: [node])
            } catch {
                throw EditError(error.description)
            }
        }
        return AttributeEdit(AttributePath.text(ofAttribute: name), .set(.stream(stream)))
    }

    private static func reading<Result>(
        _ json: JSONNode, _ body: () throws(EditError) -> Result
    ) throws(DocumentError) -> Result {
        do throws(EditError) {
            return try body()
        } catch {
            throw DocumentError(error.description, at: json)
        }
    }
}

extension DocumentMembers {
    /// The text with blanks in place of what has no objects of the stream: attributes that are kept unread, have another name alone, or
    /// say how they are stored. Every byte stands where it stands in the text.
    func typed(in text: [UInt8]) throws(DocumentError) -> JSONDocument {
        var blank = text
        let children = JSONChildren(of: after)
        let others = renamed.map(\.name) + added.filter { isWritten($0.value) }.map(\.name)
        let names = Set(others.map(\.lossyText) + pairs.filter { $0.isUnread }.map(\.name))
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
