public import JavaSerialization

/// What somebody changed in typed JSON (docs/json.md), as changes of the graph that it was printed from.
///
/// Values with `bytes` stand for the objects of the graph, wherever they are now; others are new. What the text does not say stays as it
/// is, and an object that several places refer to stays one.
///
/// ```swift
/// let document = try TypedDocument(graph: graph, content: 0, before: printed.root, after: edited.root, path: "cart")
/// for change in document.changes { print(change) }
/// var editor = GraphEditor(of: graph)
/// try document.apply(to: &editor)
/// let bytes = try editor.encoded()
/// ```
public struct TypedDocument {
    /// A value that is the top-level element `content` of the graph.
    public struct Root: Sendable {
        /// How it is called: the attribute.
        public let name: String
        /// Which of the graph's contents it is.
        public let content: Int

        /// Names a top-level element.
        public init(name: String, content: Int) {
            self.name = name
            self.content = content
        }
    }

    /// What is changed, in the order of the text.
    public let changes: [DocumentChange]
    private let edits: [DocumentEdit]
    private let added: [DocumentValue]
    private let new: NewDocumentValues
    private let paths: DocumentPaths

    /// Compares the typed JSON of one value before and after it was edited.
    ///
    /// - Throws: `DocumentError` for what is no value, or cannot be changed.
    public init(
        graph: JavaGraph, content: Int = 0, before: JSONNode, after: JSONNode, path: String
    ) throws(DocumentError) {
        try self.init(graph: graph, content: content, before: before, after: after, path: path, others: MovedValues([]))
    }

    /// The same of a stream beside others, of whose values the text may have some.
    init(
        graph: JavaGraph, content: Int = 0, before: JSONNode, after: JSONNode, path: String, others: MovedValues
    ) throws(DocumentError) {
        var reading = DocumentReading(graph, before: before, after: after, path: path, others: others)
        try reading.read(content, before, after, DocumentPaths.start)
        try self.init(&reading)
    }

    /// Compares the typed JSON of several values that share a stream: objects with a member for each.
    ///
    /// - Parameter added: the names of values that the graph has not: they may have its objects in them.
    /// - Throws: `DocumentError` as for one, and where a value is missing, or new without being named.
    public init(
        graph: JavaGraph, roots: [Root], before: JSONNode, after: JSONNode, added: [JSONString] = []
    ) throws(DocumentError) {
        var reading = DocumentReading(graph, before: before, after: after, path: "")
        try reading.read(roots, before, after, added: added)
        try self.init(&reading)
    }

    private init(_ reading: inout DocumentReading) throws(DocumentError) {
        try reading.finish()
        (changes, edits, new) = (reading.changes, reading.edits, reading.new)
        added = reading.added.map(\.value)
        paths = reading.builder.paths
        // All is tried once, so that whoever shows the changes knows that they can be made.
        var editor = GraphEditor(of: reading.graph)
        if let (edit, error) = make(&editor) {
            throw DocumentError("\(paths.text(of: edit.path)): \(error)", at: edit.json)
        }
        guard let first = edits.first else { return }
        do throws(JavaEncodingError) {
            _ = try editor.encoded()
        } catch {
            throw DocumentError("\(paths.text(of: first.path)): \(error)", at: first.json)
        }
    }

    /// Makes the changes, each for all who refer to the object that it is made in.
    ///
    /// - Throws: `EditError` where one cannot be made: not for an editor that has changed nothing yet.
    public func apply(to editor: inout GraphEditor) throws(EditError) {
        if let (edit, error) = make(&editor) { throw EditError("\(paths.text(of: edit.path)): \(error)") }
    }

    /// The values that the graph has not, in the order in which they were named.
    public func addedValues(beside graph: JavaGraph) -> [GraphEditor.Value] {
        added.map { new.value($0, in: graph) }
    }

    private func make(_ editor: inout GraphEditor) -> (DocumentEdit, JavaEditError)? {
        if let graph = new.graph {
            for (node, value) in new.standIns {
                editor.substitute(node, of: graph, by: new.value(value, in: editor.graph))
            }
        }
        let parts = edits.isEmpty ? [] : editor.graph.partsOfKeys()
        for edit in edits {
            do throws(JavaEditError) {
                try edit.requireOutside(of: parts, in: editor.graph)
                try edit.make(&editor, new)
            } catch {
                return (edit, error)
            }
        }
        return nil
    }
}

/// One change, for people.
public struct DocumentChange: Hashable, Sendable, CustomStringConvertible {
    /// Where (design: paths).
    public let path: String
    /// What stood there in a few words; nil for what was added.
    public let before: String?
    /// What stands there now; nil for what was removed.
    public let after: String?

    /// `path: before → after`.
    public var description: String { "\(path): \(before ?? "nothing") → \(after ?? "nothing")" }
}
