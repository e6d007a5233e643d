extension JavaGraph {
    /// For each of `nodes`, whether it leads to an object or array that another of them leads to as well: what is one object to the
    /// application would be several if each had a stream of its own. Values that cannot be changed are what they are, however many.
    ///
    /// - Parameter nodes: objects of this graph; nil is a null reference.
    public func sharing(among nodes: [JavaNode?]) -> [Bool] {
        var owners = [Int](repeating: -1, count: nodeCount)
        var shares = [Bool](repeating: false, count: nodes.count)
        var work: [JavaNode] = []
        for (owner, root) in nodes.enumerated() {
            if let root { work.append(root) }
            while let node = work.popLast() {
                let first = owners[Int(node.index)]
                if first < 0 {
                    owners[Int(node.index)] = owner
                    for slot in slots(of: node).joined() { if let next = self.slot(slot) { work.append(next) } }
                    if let thrown = failure(of: node)?.throwable { work.append(thrown) }
                } else if first != owner, isChangeable(node) {
                    shares[first] = true
                    shares[owner] = true
                }
            }
        }
        return shares
    }

    private func isChangeable(_ node: JavaNode) -> Bool {
        switch kind(of: node) {
        case .array: true
        case .object:
            !Self.constants.contains(className(of: node)) && !className(of: node).hasPrefix("java.time.")
        default: false
        }
    }

    /// Classes of the JDK, beside java.time, whose objects never change.
    private static let constants: Set<String> = [
        "java.lang.Boolean", "java.lang.Byte", "java.lang.Character", "java.lang.Double", "java.lang.Float",
        "java.lang.Integer", "java.lang.Long", "java.lang.Short", "java.math.BigDecimal", "java.math.BigInteger",
        "java.net.Inet4Address", "java.net.Inet6Address", "java.net.URI", "java.util.Currency", "java.util.Locale",
        "java.util.UUID", "java.util.regex.Pattern",
    ]
}
