import JavaSerialization

/// What the objects stand for that were written in the place of others.
struct StandIns {
    var values: [JavaNode: GraphEditor.Value] = [:]
    /// Whether what stands somewhere is only known once all is made.
    var unknown: Set<JavaNode> = []

    /// Nil where it is not known.
    func value(_ node: JavaNode?, in graph: JavaGraph) -> GraphEditor.Value? {
        guard let node else { return (graph, nil) }
        if unknown.contains(node) { return nil }
        return values[node] ?? (graph, node)
    }
}

extension JSONValueBuilder {
    /// Refuses what an application could not have made: values of other types than their fields and arrays, keys that are there twice, and
    /// sorted ones that are not in order.
    func check(_ value: GraphEditor.Value, _ standIns: StandIns) throws(DocumentError) {
        for node in value.graph.nodes {
            guard let json = made[value.graph.byteRange(of: node).lowerBound] else { continue }
            switch value.graph.kind(of: node) {
            case .object: try checkObject(node, value.graph, json, standIns)
            case .array where value.graph.elementType(of: node) == nil:
                let type = String(value.graph.className(of: node).dropFirst().map { $0 == "." ? "/" : $0 })
                for item in value.graph.elements(of: node) {
                    try check(standIns.value(item, in: value.graph), type, "an element", json)
                }
            default: break
            }
        }
    }

    private func check(
        _ value: GraphEditor.Value?, _ type: String, _ place: String, _ json: JSONNode
    ) throws(DocumentError) {
        guard let value, let node = value.node, !value.graph.fits(node, type) else { return }
        let name = (try? value.graph.value(of: node).className) ?? value.graph.className(of: node)
        let names = (JavaTypeName.source(type), JavaTypeName.source(name))
        throw DocumentError("\(place) is of the type \(names.0), which \(names.1) is not", at: json)
    }

    private func checkObject(
        _ node: JavaNode, _ graph: JavaGraph, _ json: JSONNode, _ standIns: StandIns
    ) throws(DocumentError) {
        switch try? graph.value(of: node).content {
        case .object:
            for data in graph.classData(of: node) {
                for field in graph.fields(of: data.javaClass) {
                    guard case .reference(let target)? = graph.value(of: field, in: data) else { continue }
                    try check(
                        standIns.value(target, in: graph), field.typeDescriptor, "the field \(field.name)", json)
                }
            }
        case .map(let map): try checkKeys(map.keys, graph, graph.className(of: node), json, standIns)
        case .sequence(let sequence) where graph.className(of: node).hasSuffix("Set"):
            try checkKeys(sequence.elements, graph, graph.className(of: node), json, standIns)
        default: break
        }
    }

    private func checkKeys(
        _ keys: JavaItems, _ graph: JavaGraph, _ name: String, _ json: JSONNode, _ standIns: StandIns
    ) throws(DocumentError) {
        let values = keys.compactMap { standIns.value($0, in: graph) }
        let isSorted = name.hasPrefix("java.util.Tree")
        if isSorted, values.count < keys.count {
            throw DocumentError("\(name): only the application knows the order of such keys", at: json)
        }
        guard let refusal = GraphEditor(of: graph).refusal(ofKeys: values, isSorted: isSorted) else { return }
        throw DocumentError("a \(name) cannot be made: \(refusal)", at: json)
    }
}
