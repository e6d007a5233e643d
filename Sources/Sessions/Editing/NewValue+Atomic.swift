import JavaSerialization

extension NewValue {
    /// An `AtomicLong` and the like with another value: it is what its only field says.
    static func atomic(
        _ text: String, like node: JavaNode, in graph: JavaGraph, _ type: PrimitiveType, _ place: String
    ) throws(EditError) -> GraphEditor.Value {
        let given: JavaPrimitive
        do throws(JavaValueTextError) {
            given = try type.value(of: text)
        } catch {
            throw EditError(place, text, error)
        }
        let (own, copy) = try graph.apart(node, place)
        guard let (field, data) = own.valueField(of: copy) else {
            throw EditError("\(place) has no field with its value: \(graph.advice(for: node, place))")
        }
        // An AtomicBoolean keeps an int.
        let value: JavaPrimitive =
            if case .boolean(let isTrue) = given, field.primitive == .int { .int(isTrue ? 1 : 0) } else { given }
        return try own.changed(place) { editor throws(JavaEditError) in try editor.set(field, in: data, to: value) }
    }
}

extension JavaGraph {
    fileprivate func valueField(of node: JavaNode) -> (JavaField, JavaClassData)? {
        for data in classData(of: node) where data.hasFields {
            if let field = fields(of: data.javaClass).first(where: { $0.name == "value" && $0.primitive != nil }) {
                return (field, data)
            }
        }
        return nil
    }
}
