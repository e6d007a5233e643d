/// What a key is for `equals`, or in a sorted collection for `compareTo`, as far as its class is known.
indirect enum KeyIdentity: Hashable {
    case null
    /// A value of a class with a natural order.
    case ordered(NaturalOrder)
    /// Of a class that is known by its text: big decimals with their scale, zones, files, ….
    case text(String, [UInt16])
    case constant(String, [UInt16])
    /// A list, whatever its class is: `List.equals` compares the elements.
    case list([KeyIdentity])
    /// A set: `Set.equals`.
    case set(Set<KeyIdentity>)
    /// A map: `Map.equals`.
    case map([KeyIdentity: KeyIdentity])
    /// Only the application could say whether it equals another.
    case object(SourceNode)

    /// Nil for objects of which only the application could say whether they are equal.
    ///
    /// - Parameter isSorted: whether `compareTo` decides; then 1.0 and 1.00 are the same `BigDecimal`.
    init?(_ node: JavaNode?, in graph: JavaGraph, isSorted: Bool = false) {
        guard let node else {
            self = .null
            return
        }
        let value = try? graph.value(of: node)
        switch value?.content {
        case .bigDecimal(let text?, _, _) where !isSorted: self = .text("java.math.BigDecimal", Array(text.utf16))
        case .enumConstant(let name): self = .constant(value?.className ?? "", graph.units(of: name) ?? [])
        default:
            if let order = NaturalOrder(of: node, in: graph) {
                self = .ordered(order)
            } else if case .text(let text)? = value?.content, !Self.identical.contains(value?.className ?? "") {
                self = .text(value?.className ?? "", text.units)
            } else {
                var contents = KeyContents(of: graph)
                guard let known = contents.identity(of: node) else { return nil }
                self = known
            }
        }
    }

    /// Classes that are known by their text and do not compare it: each object equals itself alone.
    private static let identical: Set<String> = ["java.lang.StringBuilder", "java.lang.StringBuffer"]
}

/// Text as the key of a map: finds the one that it would become beside others of its class.
package struct KeyText {
    private let text: String
    private let isSorted: Bool
    /// What the text is as a key of each class.
    private var identities: [JavaValueType: KeyIdentity?] = [:]

    /// Text as somebody writes it in a path.
    ///
    /// - Parameter isSorted: whether the map finds its keys by their natural order: then 12.5 is the `BigDecimal` 12.50.
    package init(_ text: String, isSorted: Bool) { (self.text, self.isSorted) = (text, isSorted) }

    /// Whether the text stands for a key: a number, date, UUID or other value of the platform that has such a text.
    package mutating func stands(for key: JavaNode, in graph: JavaGraph) -> Bool {
        // Strings and constants are found by what they are, without a look at their class.
        guard graph.kind(of: key) == .object, let value = try? graph.value(of: key),
            let type = JavaValueType(className: value.className), let identity = identity(as: type)
        else { return false }
        return identity == KeyIdentity(key, in: graph, isSorted: isSorted)
    }

    private mutating func identity(as type: JavaValueType) -> KeyIdentity? {
        if let known = identities[type] { return known }
        let identity = made(as: type)
        identities[type] = .some(identity)
        return identity
    }

    private func made(as type: JavaValueType) -> KeyIdentity? {
        var builder = JavaStreamBuilder()
        guard (try? builder.value(text, as: type)) != nil, let graph = try? builder.graph() else { return nil }
        return KeyIdentity(graph.content(0), in: graph, isSorted: isSorted)
    }
}
