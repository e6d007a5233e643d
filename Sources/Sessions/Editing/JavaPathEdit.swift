public import JavaSerialization

/// A change of one place inside a Java stream, which a path leads to.
///
/// What other paths lead to as well is changed only as it is seen from this one, unless shared objects are to be changed.
///
/// ```swift
/// let edit = JavaPathEdit(graph: graph, content: 0)
/// let bytes = try edit.applying(.set(.text("3")), at: path.steps)
/// ```
public struct JavaPathEdit {
    let graph: JavaGraph
    private let content: Int
    private let name: String
    var editor: GraphEditor
    /// Whether what is asked for is what stands there already.
    var isUnneeded = false
    /// Why the object at the end of the way cannot be changed, where it cannot. What stands there already needs no change.
    private var refusal: EditError?

    /// A change of what is in top-level element `content` of a graph.
    ///
    /// - Parameters:
    ///   - name: what errors call the whole value.
    ///   - changesShared: whether an object is changed for all who refer to it.
    public init(
        graph: JavaGraph, content: Int, name: String = "the attribute", changesShared: Bool = false
    ) {
        self.graph = graph
        self.name = name
        self.content = content
        editor = GraphEditor(of: graph)
        editor.changesShared = changesShared
    }

    /// The stream with the change made. Without steps it is about the whole value.
    ///
    /// - Throws: `EditError` where the path leads nowhere, or what is asked for cannot be done there.
    public func applying(
        _ operation: AttributeEdit.Operation, at steps: [AttributePath.Step]
    ) throws(EditError) -> [UInt8] {
        var edit = self
        try edit.make(operation, at: steps)
        do throws(JavaEncodingError) {
            // The way to the place may have made copies of what is shared: without a change nobody wants them.
            return try edit.isUnneeded ? graph.encoded() : edit.editor.encoded()
        } catch {
            throw EditError("\(way(steps)): \(error)")
        }
    }

    /// How errors call a place.
    private func way(_ steps: some Sequence<AttributePath.Step>) -> String {
        AttributePath.text(of: steps, behind: name)
    }

    private mutating func make(
        _ operation: AttributeEdit.Operation, at steps: [AttributePath.Step]
    ) throws(EditError) {
        if case .append(let value) = operation {
            try append(value, to: try enter(steps[...]), way(steps))
        } else if let last = steps.last {
            try apply(operation, last, try enter(steps.dropLast()), way(steps.dropLast()), way(steps))
        } else {
            editor.enter(content: content)
            try apply(operation)
        }
    }

    private mutating func apply(_ operation: AttributeEdit.Operation) throws(EditError) {
        guard case .set(let value) = operation else { throw EditError("\(name) is a whole attribute") }
        let new = try value.object(like: graph.content(content), in: graph, nil, name)
        if stands(new, at: graph.content(content)) { return }
        let content = content
        try change(name) { editor throws(JavaEditError) in try editor.setContent(content, to: new) }
    }

    private mutating func apply(
        _ operation: AttributeEdit.Operation, _ last: AttributePath.Step, _ owner: JavaNode, _ wayToOwner: String,
        _ way: String
    ) throws(EditError) {
        if case .insert(let value) = operation { return try insert(value, last, owner, way) }
        if case .setEntry(let value, let type) = operation { return try setEntry(value, type, last, owner, way) }
        let place: JavaPlace
        do throws(PathError) {
            place = try self.place(last, from: owner, wayToOwner)
        } catch {
            guard case .set(let value) = operation else { throw EditError(error.message) }
            if try !add(last, to: owner, value, way) { throw missing(error, in: owner) }
            return
        }
        switch operation {
        case .set(let value): try set(place, to: value, way)
        case .rename(let name, let key): try rename(place, to: name, key, way)
        default: try remove(place, way)
        }
    }

    /// What a place is not; of a map that it may be added with a class of key that nothing there tells of.
    private func missing(_ error: PathError, in owner: JavaNode) -> EditError {
        guard case .map? = try? graph.value(of: owner).content else { return EditError(error.message) }
        return EditError(error.message + "; --key-type says of which class a new key is")
    }

    /// Whether a value is equal to what stands at its place; then nothing is to be changed.
    mutating func stands(_ value: GraphEditor.Value, at node: JavaNode?) -> Bool {
        isUnneeded = isEqual(value, to: node)
        return isUnneeded
    }

    /// Whether a value is written as what stands there is.
    func isEqual(_ value: GraphEditor.Value, to node: JavaNode?) -> Bool {
        guard let node, let other = value.node else { return node == nil && value.node == nil }
        guard graph.kind(of: node) == value.graph.kind(of: other),
            let before = try? graph.stream(of: [node]), let after = try? value.graph.stream(of: [other])
        else { return false }
        return before == after
    }

    // MARK: The way

    /// One step: the object that it begins at, and the reference that it follows.
    private struct Turn {
        let owner: JavaNode
        let slot: Int32
    }

    /// Enters the object that steps lead to.
    ///
    /// Of a cycle that the way goes round, each turn of the way becomes one of copies that leads into the cycle as it was: otherwise the
    /// change would be met again at every turn behind the way.
    private mutating func enter(_ steps: ArraySlice<AttributePath.Step>) throws(EditError) -> JavaNode {
        let (turns, last) = try turns(steps)
        let owners = turns.map(\.owner) + [last]
        let round = owners.indices.first { owners[($0 + 1)...].contains(owners[$0]) } ?? owners.count
        editor.enter(content: content, alone: round == 0)
        for (index, turn) in turns.enumerated() {
            try change(way(steps.prefix(index + 1))) { editor throws(JavaEditError) in
                try editor.enter(slot: turn.slot, below: turn.owner, alone: index + 1 >= round)
            }
        }
        if editor.changesShared, graph.partsOfKeys().contains(last) { refusal = EditError(insideOfKey: way(steps)) }
        return last
    }

    private func turns(_ steps: ArraySlice<AttributePath.Step>) throws(EditError) -> (turns: [Turn], last: JavaNode) {
        var turns: [Turn] = []
        var node = graph.content(content)
        for (index, step) in steps.enumerated() {
            let way = way(steps.prefix(index))
            let owner = try inside(node, way)
            let place: JavaPlace
            do throws(PathError) {
                place = try self.place(step, from: owner, way)
            } catch {
                throw EditError(error.message)
            }
            let next = self.way(steps.prefix(index + 1))
            if case .element(_, _, let set) = place, graph.isSet(set) { throw EditError(insideOfKey: next) }
            node = try self.next(place, next)
            turns.append(Turn(owner: owner, slot: try slot(place, next)))
        }
        return (turns, try inside(node, way(steps)))
    }

    private func inside(_ node: JavaNode?, _ way: String) throws(EditError) -> JavaNode {
        guard let node else { throw EditError("\(way) is null: there is nothing inside it") }
        guard graph.kind(of: node) != .string else {
            throw EditError("\(way) is no object of its own: it can only be changed as a whole")
        }
        return node
    }

    private func next(_ place: JavaPlace, _ way: String) throws(EditError) -> JavaNode? {
        guard case .java(_, let node) = place.value(in: graph) else {
            throw EditError("\(way) is a plain value: there is nothing inside it")
        }
        guard node != nil else { throw EditError("\(way) is null: there is nothing inside it") }
        return node
    }

    private func slot(_ place: JavaPlace, _ way: String) throws(EditError) -> Int32 {
        guard let slot = place.slot(in: graph) else {
            throw EditError("\(way) is told by its class and is no place of its own: change it by its field")
        }
        return slot
    }

    /// Where a step leads; what a class is known to hold under another name is found by its field.
    private func place(_ step: AttributePath.Step, from owner: JavaNode, _ way: String) throws(PathError) -> JavaPlace {
        let walk = JavaPathWalk(graph: graph)
        let place = try walk.place(step, from: owner, way)
        guard case .part = place else { return place }
        return walk.field(ofPart: step, in: owner) ?? place
    }

    /// Makes a change; what is wrong with it is told with the way to the place.
    mutating func change(
        _ way: String, _ body: (inout GraphEditor) throws(JavaEditError) -> Void
    ) throws(EditError) {
        if let refusal { throw refusal }
        do throws(JavaEditError) {
            try body(&editor)
        } catch {
            throw EditError("\(way): \(error)")
        }
    }
}

extension EditError {
    /// That something inside of an element of a set, or of a key of a map, cannot be changed where it is.
    init(insideOfKey place: String) {
        self.init(
            "\(place) is an element of a set or a key of a map, or inside of one: these find it by what it holds. Take it out with unset, "
                + "and put the changed one in")
    }
}
