import JavaSerialization

/// Typed JSON that has the stream of its value with it (docs/json.md), as `get --typed --reveal` prints it: an object of any class, also
/// where nothing else describes that class.
struct TypedStream {
    private let bytes: [UInt8]
    private let document: JSONDocument

    /// The name of the member with the stream, in Base64.
    static let member = "stream"

    /// Nil where the JSON has no stream.
    init?(_ document: JSONDocument) {
        guard let text = document.root[Self.member]?.string, document.root["class"] != nil,
            let bytes = try? Base64.decode(text.bytes)
        else { return nil }
        self.bytes = bytes
        self.document = document
    }

    /// The value as the JSON has it: what differs from the stream is changed in it.
    func value(_ place: String) throws(EditError) -> GraphEditor.Value {
        let (graph, node) = try NewValue.stream(bytes).object(like: nil, in: JavaGraph(), nil, place)
        let before = try Self.typed(node, graph, place)
        let after = try withoutStream(place)
        let changed: TypedDocument
        do throws(DocumentError) {
            changed = try TypedDocument(graph: graph, before: before.root, after: after.root, path: place)
        } catch {
            let position = error.position(in: after.source)
            throw EditError("\(error), in line \(position.line), column \(position.column) of the JSON")
        }
        var editor = GraphEditor(of: graph)
        try changed.apply(to: &editor)
        let result: [UInt8]
        do throws(JavaEncodingError) {
            result = try editor.encoded()
        } catch {
            throw EditError("\(place): \(error)")
        }
        return try NewValue.stream(result).object(like: nil, in: JavaGraph(), nil, place)
    }

    private static func typed(_ node: JavaNode?, _ graph: JavaGraph, _ place: String) throws(EditError) -> JSONDocument
    {
        var writer = JSONWriter()
        do {
            var json = try TypedJSON(of: graph, roots: CollectionOfOne(node))
            try json.write(node, to: &writer)
            return try JSONReader.read(writer.takeBytes())
        } catch {
            throw EditError("\(place): the stream of the typed JSON cannot be read: \(error)")
        }
    }

    /// Blanks take the place of the stream, so that every other byte stands where it stood.
    private func withoutStream(_ place: String) throws(EditError) -> JSONDocument {
        var text = document.source
        let children = JSONChildren(of: document.root)
        let indices = children.names.indices.filter { children.names[$0] == JSONString(Self.member) }
        for (range, _) in children.removing(indices).replacements {
            for index in range { text[index] = UInt8(ascii: " ") }
        }
        do throws(SessionError) {
            return try JSONReader.read(text)
        } catch {
            throw EditError("\(place): \(error)")
        }
    }
}
