/// What only the running class knows cannot come out of a stream. Where the fixtures have it, both sides are brought to
/// what the stream holds:
/// - an object whose class wrote another one in its place (`wire`) is that other one;
/// - the text of an externalizable object goes;
/// - fields of a class that wrote other fields than it has (`virtual`) go on both sides: tests name their values.
extension GroundTruth {
    /// The members of typed JSON that the fixtures do not have.
    package static let typedExtras: Set<String> = [
        "annotation", "bytes", "copies", "fieldsNotWritten", "flags", "suid", "suspect",
    ]

    /// Compares a value of a fixture with typed JSON.
    package static func compareTyped(expected: TestJSON, actual: TestJSON) -> Outcome {
        let classes = expected.classesWithVirtualFields
        return compare(
            expected: expected.asStreamsKnow(emptying: classes), actual: actual.asStreamsKnow(emptying: classes),
            extras: typedExtras)
    }
}

extension TestJSON {
    fileprivate var classesWithVirtualFields: Set<[UInt16]> {
        var found: Set<[UInt16]> = []
        for node in nodes {
            guard let fields = node.child("fields"), let name = node.child("name") else { continue }
            let values = nodes[fields].children.map { nodes[$0] }
            if values.contains(where: { $0.names == [Array("virtual".utf16)] }) { found.insert(nodes[name].units) }
        }
        return found
    }

    fileprivate func asStreamsKnow(emptying classes: Set<[UInt16]>) -> TestJSON {
        var changed = nodes
        for (index, node) in nodes.enumerated() {
            if let wire = node.child("wire"), node.child("wireClass") != nil {
                changed[index] = nodes[wire]
            } else if node.child("externalizable") != nil, let text = node.names.firstIndex(of: Array("text".utf16)) {
                changed[index].names.remove(at: text)
                changed[index].children.remove(at: text)
            } else if let name = node.child("name"), let fields = node.child("fields"),
                classes.contains(nodes[name].units)
            {
                changed[fields].names = []
                changed[fields].children = []
            }
        }
        return TestJSON(nodes: changed, index: index)
    }
}

extension TestJSON.Node {
    fileprivate func child(_ name: String) -> Int? {
        names.firstIndex(of: Array(name.utf16)).map { children[$0] }
    }
}
