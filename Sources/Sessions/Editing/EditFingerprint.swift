import JavaSerialization

extension SessionEdit {
    /// What stands at the places that are changed, for each change: two are equal where nobody has touched the places. A place that is
    /// not there is nil.
    ///
    /// What a list as a whole rules, such as the position of a new element, is the list.
    public func places(in attributes: [SessionAttribute]) -> [[UInt8]?] {
        changes.map { $0.place(in: attributes) }
    }
}

extension AttributeEdit {
    fileprivate func place(in attributes: [SessionAttribute]) -> [UInt8]? {
        guard var (path, _) = try? AttributePath.located(self.path, among: attributes.map(\.name)) else { return nil }
        if case .insert = operation { path.steps = Array(path.steps.dropLast()) }
        if case .setEntry(_, let type) = operation { return path.value(ofKey: type, in: attributes)?.fingerprint }
        return (try? path.value(in: attributes))?.fingerprint
    }
}

extension PathValue {
    /// Bytes that are the same for the same value.
    var fingerprint: [UInt8]? {
        switch self {
        case .attribute(let attribute):
            guard case .node(let graph, let node) = attribute.value else { return attribute.value.bytes }
            return PathValue.java(graph, node).fingerprint
        case .java(let graph, let node): return try? graph.stream(of: [node])
        case .primitive(let value): return value.bytes
        case .json(let node): return Array(node.document.source[node.sourceRange])
        }
    }
}
