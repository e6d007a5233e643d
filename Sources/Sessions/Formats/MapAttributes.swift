import JavaSerialization

/// The attributes of a session that keeps them in one map object.
enum MapAttributes {
    /// An attribute for each entry whose key is a string.
    ///
    /// - Throws: `JavaStreamError` where the object does not hold what its class always writes.
    static func attributes(
        of map: JavaNode, in graph: JavaGraph, _ findings: inout [Finding]
    ) throws(JavaStreamError) -> [SessionAttribute] {
        guard case .map(let entries) = try graph.value(of: map).content else {
            findings.append(Finding("bad-sequence", "the attributes are no map that is known"))
            return []
        }
        var attributes: [SessionAttribute] = []
        attributes.reserveCapacity(entries.keys.count)
        for (key, value) in zip(entries.keys, entries.values) {
            guard let name = key.flatMap({ graph.wtf8(of: $0) }) else {
                findings.append(Finding("bad-attribute", "something else stands in the place of an attribute's name"))
                continue
            }
            attributes.append(SessionAttribute(name: name, value: stored(value, name, in: graph, &findings)))
        }
        return attributes
    }

    private static func stored(
        _ node: JavaNode?, _ name: [UInt8], in graph: JavaGraph, _ findings: inout [Finding]
    ) -> AttributeValue {
        guard let node, graph.kind(of: node) == .opaque else { return .node(graph, node) }
        let reason = graph.opaqueReason(of: node)?.description ?? "its class alone can read it"
        findings.append(Finding("opaque", "attribute '\(EscapedName.text(of: name))' is kept unread: \(reason)"))
        return .opaque(Array(graph.bytes[graph.byteRange(of: node)]), reason: reason)
    }
}
