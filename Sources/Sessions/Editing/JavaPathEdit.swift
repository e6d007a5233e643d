public import JavaSerialization

/// A change of one place inside a Java stream, which a path leads to.
///
/// ```swift
/// let edit = JavaPathEdit(graph: graph, content: 0)
/// let bytes = try edit.setting(path.steps, to: .text("3"))
/// ```
public struct JavaPathEdit {
    let graph: JavaGraph
    private let content: Int

    /// A change of what is in top-level element `content` of a graph.
    public init(graph: JavaGraph, content: Int) {
        self.graph = graph
        self.content = content
    }

    /// The stream with a value set: of a field, an element, or an entry of a map; an entry that is not there is added, as is an element
    /// that would be the next one. Without steps it is the whole value.
    ///
    /// - Throws: `EditError` where the path leads nowhere, or the value is of another kind than its place.
    public func setting(_ steps: [AttributePath.Step], to value: NewValue) throws(EditError) -> [UInt8] {
        guard let last = steps.last else {
            let new = try value.object(like: graph.content(content), in: graph, nil, "the attribute")
            return try changed("the attribute") { editor throws(JavaEditError) in
                try editor.setContent(content, to: new)
            }
        }
        let owner = try owner(of: steps)
        let way = AttributePath.text(of: steps)
        switch place(last, in: owner, steps) {
        case .success(let place): return try set(place, to: value, way)
        case .failure(let error):
            guard let bytes = try adding(last, to: owner, value, way) else { throw EditError(error.message) }
            return bytes
        }
    }

    /// The stream without an element or an entry; an object field becomes null.
    ///
    /// - Throws: `EditError` where the path leads nowhere, or nothing can be taken away there.
    public func removing(_ steps: [AttributePath.Step]) throws(EditError) -> [UInt8] {
        guard let last = steps.last else { throw EditError("the path names a whole attribute") }
        let owner = try owner(of: steps)
        let way = AttributePath.text(of: steps)
        switch place(last, in: owner, steps) {
        case .success(let place): return try remove(place, way)
        case .failure(let error): throw EditError(error.message)
        }
    }

    // MARK: The way

    /// The object that the last step belongs to.
    private func owner(of steps: [AttributePath.Step]) throws(EditError) -> JavaNode {
        let way = AttributePath.text(of: steps.dropLast())
        let found: PathValue
        do throws(PathError) {
            found = try JavaPathWalk(graph: graph).value(from: graph.content(content), steps: steps.dropLast())
        } catch {
            throw EditError(error.message)
        }
        switch found {
        case .java(_, let node?): return node
        case .java: throw EditError("\(way.isEmpty ? "the attribute" : way) is null: there is nothing inside it")
        default: throw EditError("\(way) is no object of its own: it can only be changed as a whole")
        }
    }

    private func place(
        _ step: AttributePath.Step, in owner: JavaNode, _ steps: [AttributePath.Step]
    ) -> Result<JavaPlace, PathError> {
        Result { () throws(PathError) in
            try JavaPathWalk(graph: graph).place(step, from: owner, AttributePath.text(of: steps.dropLast()))
        }
    }

    /// The stream after a change; what is wrong with it is told with the way to the place.
    func changed(
        _ way: String, _ body: (inout GraphEditor) throws(JavaEditError) -> Void
    ) throws(EditError) -> [UInt8] {
        var editor = GraphEditor(of: graph)
        do throws(JavaEditError) {
            try body(&editor)
        } catch {
            throw EditError("\(way): \(error)")
        }
        do throws(JavaEncodingError) {
            return try editor.encoded()
        } catch {
            throw EditError("\(way): \(error)")
        }
    }
}
