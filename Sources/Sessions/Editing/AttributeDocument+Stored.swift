import JavaSerialization

extension AttributeDocument {
    /// Changes of attributes that are values of their own: each as a whole.
    func stored(_ parts: DocumentMembers) throws(DocumentError) -> Inner {
        var inner = Inner()
        for pair in parts.pairs where pair.before != pair.after {
            guard case .stored(let bytes) = pair.attribute.value else { throw Self.unreadable(pair) }
            let name = EscapedName.text(of: pair.attribute.name)
            let (after, changes) = try changed(bytes, pair, name)
            guard after != bytes else { continue }
            inner.edits.append(
                AttributeEdit(AttributePath.text(ofAttribute: pair.attribute.name), .set(.stored(after))))
            inner.changes += changes
        }
        return inner
    }

    private func changed(
        _ bytes: [UInt8], _ pair: DocumentMembers.Pair, _ name: String
    ) throws(DocumentError) -> ([UInt8], [DocumentChange]) {
        switch pair.attribute.value.decoded() {
        case .java(let graph, _):
            let document = try TypedDocument(graph: graph, before: pair.before, after: pair.after, path: name)
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
