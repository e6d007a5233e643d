import JavaSerialization

/// The attributes in the value of a session manager, while they are changed: objects of one stream, in which names and values stand in turn
/// behind their number (session-formats, ch. 2.1). All else stays as it was: metadata, times, principal, and what stands behind.
struct TomcatAttributes {
    private(set) var bytes: [UInt8]
    private let framing: TomcatFraming

    init(_ bytes: [UInt8], _ framing: TomcatFraming) {
        self.bytes = bytes
        self.framing = framing
    }

    /// Where an attribute stands among the top-level elements.
    private struct Place {
        let name: [UInt8]
        let nameIndex: Int
        let valueIndex: Int
    }

    private struct Contents {
        let graph: JavaGraph
        /// Of the number of attributes.
        let countIndex: Int
        let count: Int64
        let places: [Place]
        /// Where another attribute would begin.
        let end: Int

        var names: [[UInt8]] { places.map(\.name) }
    }

    /// Makes one change.
    ///
    /// - Throws: `EditError` where it cannot be made; then nothing was changed.
    mutating func apply(_ edit: AttributeEdit) throws(EditError) {
        let contents = try contents()
        let (path, name) = try AttributePath.located(edit.path, among: contents.names)
        guard let name, let place = contents.places.last(where: { $0.name == name }) else {
            guard path.steps.isEmpty, case .set(let value) = edit.operation else {
                throw path.missing(among: contents.names)
            }
            try path.requireNoLongerName(value, among: contents.names)
            return try add(value, named: path.attribute, to: contents)
        }
        switch edit.operation {
        case .remove where path.steps.isEmpty: try remove(place, from: contents)
        case .rename(let text, let key) where path.steps.isEmpty:
            guard key == nil else { throw EditError.nameHasNoType(edit.path) }
            try rename(place, to: text, in: contents)
        default:
            bytes = try JavaPathEdit(
                graph: contents.graph, content: place.valueIndex, name: EscapedName.text(of: name),
                changesShared: edit.changesShared
            ).applying(edit.operation, at: path.steps)
        }
    }

    /// The stream, and which of its top-level elements are the values of the attributes, by name.
    func values() throws(EditError) -> (graph: JavaGraph, places: [[UInt8]: Int]) {
        let contents = try contents()
        let places = contents.places.map { ($0.name, $0.valueIndex) }
        return (contents.graph, Dictionary(places) { $1 })
    }

    /// Refuses to make each of some attributes an object of its own where it shares objects with others: they would be two.
    ///
    /// - Throws: a conflict: the edit was made of the session as it was before somebody changed it.
    func requireApart(_ edits: [AttributeEdit]) throws(ChangeRefusal) {
        let shared: AttributeEdit?
        do throws(EditError) {
            shared = try firstSharing(edits)
        } catch {
            throw ChangeRefusal(error.description)
        }
        guard let shared else { return }
        throw ChangeRefusal(
            "\(shared.path) shares objects with other attributes, and somebody has changed the session meanwhile: edit it again",
            isConflict: true)
    }

    private func firstSharing(_ edits: [AttributeEdit]) throws(EditError) -> AttributeEdit? {
        let contents = try contents()
        for edit in edits {
            let (_, name) = try AttributePath.located(edit.path, among: contents.names)
            guard let place = contents.places.last(where: { $0.name == name }) else { continue }
            if !contents.graph.isApart(place.valueIndex) { return edit }
        }
        return nil
    }

    private func contents() throws(EditError) -> Contents {
        let graph: JavaGraph
        do throws(JavaStreamError) {
            graph = try JavaGraph(bytes)
        } catch {
            throw EditError("the session cannot be read to its end, and so not be written: \(error)")
        }
        var reader = StandardSessionReader(ContentCursor(graph, from: framing.leadingElements))
        reader.readHead()
        guard let count = reader.sequence.attributeCount, count >= 0 else {
            throw EditError("the objects of the value are not those of a StandardSession")
        }
        let countIndex = reader.cursor.index - 1
        var cursor = reader.cursor
        var places: [Place] = []
        for _ in 0..<count { places.append(try Self.place(&cursor)) }
        return Contents(graph: graph, countIndex: countIndex, count: count, places: places, end: cursor.index)
    }

    private static func place(_ cursor: inout ContentCursor) throws(EditError) -> Place {
        guard let node = cursor.next(), let name = node.flatMap({ cursor.graph.wtf8(of: $0) }) else {
            throw EditError("not all attributes of the session are there: it cannot be written anew")
        }
        let nameIndex = cursor.index - 1
        guard let value = cursor.next() else {
            throw EditError("not all attributes of the session are there: it cannot be written anew")
        }
        defer {
            if let value, cursor.graph.kind(of: value) == .exception {
                cursor.skip { $0.isString($1, "___NOT_SERIALIZABLE_EXCEPTION___") }
            }
        }
        return Place(name: name, nameIndex: nameIndex, valueIndex: cursor.index - 1)
    }

    // MARK: Whole attributes

    private mutating func add(_ value: NewValue, named text: String, to contents: Contents) throws(EditError) {
        let name = try AttributePath.newName(text, among: contents.names)
        let new = try value.object(like: nil, in: contents.graph, nil, text)
        var editor = GraphEditor(of: contents.graph)
        bytes = try Self.encoded(&editor, adding: [(name, new)], to: contents)
    }

    /// The value as an editor of its stream has it, and with new attributes.
    func encoded(
        _ editor: inout GraphEditor, adding new: [(name: [UInt8], value: GraphEditor.Value)]
    ) throws(EditError) -> [UInt8] {
        let contents = try contents()
        for (name, _) in new { _ = try AttributePath.newName(EscapedName.text(of: name), among: contents.names) }
        return try Self.encoded(&editor, adding: new, to: contents)
    }

    private static func encoded(
        _ editor: inout GraphEditor, adding new: [(name: [UInt8], value: GraphEditor.Value)], to contents: Contents
    ) throws(EditError) -> [UInt8] {
        var values: [GraphEditor.Value] = []
        for (name, value) in new { values += [try Self.value { $0.string(wtf8: name) }, value] }
        return try encoded(&editor, of: contents, count: contents.count + Int64(new.count)) {
            editor throws(JavaEditError) in
            if !values.isEmpty { try editor.replaceContents(contents.end..<contents.end, with: values) }
        }
    }

    private mutating func remove(_ place: Place, from contents: Contents) throws(EditError) {
        try write(contents, count: contents.count - 1) { editor throws(JavaEditError) in
            try editor.replaceContents(place.nameIndex..<place.valueIndex + 1, with: [])
        }
    }

    private mutating func rename(_ place: Place, to text: String, in contents: Contents) throws(EditError) {
        let name = try AttributePath.newName(text, among: contents.names)
        let string = try Self.value { $0.string(wtf8: name) }
        try write(contents, count: contents.count) { editor throws(JavaEditError) in
            try editor.setContent(place.nameIndex, to: string)
        }
    }

    private mutating func write(
        _ contents: Contents, count: Int64, _ change: (inout GraphEditor) throws(JavaEditError) -> Void
    ) throws(EditError) {
        var editor = GraphEditor(of: contents.graph)
        bytes = try Self.encoded(&editor, of: contents, count: count, change)
    }

    private static func encoded(
        _ editor: inout GraphEditor, of contents: Contents, count: Int64,
        _ change: (inout GraphEditor) throws(JavaEditError) -> Void
    ) throws(EditError) -> [UInt8] {
        guard let number = Int32(exactly: count) else { throw EditError("a session cannot have so many attributes") }
        let box = try value { $0.box(.int(number)) }
        do throws(JavaEditError) {
            try change(&editor)
            if count != contents.count { try editor.setContent(contents.countIndex, to: box) }
        } catch {
            throw EditError(error.description)
        }
        do throws(JavaEncodingError) {
            return try editor.encoded()
        } catch {
            throw EditError(error.description)
        }
    }

    private static func value(_ write: (inout JavaStreamBuilder) -> Void) throws(EditError) -> GraphEditor.Value {
        var builder = JavaStreamBuilder()
        write(&builder)
        do throws(JavaStreamError) {
            let graph = try builder.graph()
            return (graph, graph.content(0))
        } catch {
            throw EditError(error.description)
        }
    }
}
