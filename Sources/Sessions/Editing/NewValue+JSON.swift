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
    static func placing<Result>(
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

    /// The object that JSON stands for: in the place of another one of its class, where the JSON does not say which.
    static func object(
        ofJSON bytes: [UInt8], like node: JavaNode?, in graph: JavaGraph, _ descriptor: String?, _ place: String
    ) throws(EditError) -> GraphEditor.Value {
        let document = try document(bytes, place)
        if let typed = TypedStream(document) { return try typed.value(place) }
        let replacement = JavaReplacement(in: graph)
        guard let node else { return try replacement.value(document.root, descriptor, place) }
        return try replacement.value(document.root, like: node, place)
    }

    /// The same as one more of some that are there.
    static func object(
        ofJSON bytes: [UInt8], beside others: JavaItems, in graph: JavaGraph, _ descriptor: String?, _ place: String
    ) throws(EditError) -> GraphEditor.Value {
        let document = try document(bytes, place)
        if let typed = TypedStream(document) { return try typed.value(place) }
        return try JavaReplacement(in: graph).value(document.root, beside: others, descriptor, place)
    }
}
