import JavaSerialization

extension NewValue {
    private static func document(_ bytes: [UInt8], _ place: String) throws(EditError) -> JSONDocument {
        do throws(SessionError) {
            return try JSONReader.read(bytes)
        } catch {
            let position = DocumentError("", at: error.offset).position(in: bytes)
            throw EditError("\(place): line \(position.line), column \(position.column): \(error)")
        }
    }

    /// Says at which line of the JSON something is wrong, where it has several.
    private static func placing<Result>(
        _ bytes: [UInt8], _ place: String, _ body: () throws(DocumentError) -> Result
    ) throws(EditError) -> Result {
        do throws(DocumentError) {
            return try body()
        } catch {
            let position = error.position(in: bytes)
            throw EditError(
                "\(place): \(error), in line \(position.line), column \(position.column) of the JSON")
        }
    }

    /// JSON where a primitive is due: a plain value, or a primitive of typed JSON.
    static func primitive(
        of bytes: [UInt8], _ type: PrimitiveType, _ place: String
    ) throws(EditError) -> JavaPrimitive {
        let root = try document(bytes, place).root
        return try placing(bytes, place) { () throws(DocumentError) in
            try JSONValueBuilder(beside: JavaGraph()).primitive(root, type, DocumentPaths.start)
        }
    }

    /// The object that JSON stands for. What text could stand for at the place is read as that.
    static func object(
        ofJSON bytes: [UInt8], like node: JavaNode?, in graph: JavaGraph, _ descriptor: String?, _ place: String
    ) throws(EditError) -> GraphEditor.Value {
        let document = try document(bytes, place)
        if let typed = TypedStream(document) { return try typed.value(place) }
        let root = document.root
        if root.isNull { return (graph, nil) }
        if let text = root.scalarText, isText(root, like: node, in: graph, descriptor) {
            return try NewValue.text(text).object(like: node, in: graph, descriptor, place)
        }
        return try placing(bytes, place) { () throws(DocumentError) in
            var builder = JSONValueBuilder(beside: graph)
            let made = try builder.build(root)
            try builder.check(made, StandIns())
            return made
        }
    }

    /// Whether a JSON scalar is to be read as the class that stands at a place, or that its type names. A number is no `String`.
    private static func isText(_ root: JSONNode, like node: JavaNode?, in graph: JavaGraph, _ descriptor: String?)
        -> Bool
    {
        if EnumPlace(like: node, in: graph, descriptor) != nil { return root.kind == .string }
        let name: String
        if let node {
            name = (try? graph.value(of: node).className) ?? graph.className(of: node)
        } else if let descriptor {
            name = JavaTypeName.source(descriptor)
        } else {
            return false
        }
        guard let type = JavaValueType(className: name) else { return false }
        return type != .string || root.kind == .string
    }
}
