/// What lists, sets and maps are for `equals`: their content. Others, such as arrays and queues, equal themselves alone.
///
/// Source: `equals` of `List`, `Set` and `Map` in the JDK's API documentation, and which collections have another one.
struct KeyContents {
    private let graph: JavaGraph
    /// One object may stand in so many places that nobody could walk to each of them.
    private var left = 20_000
    private var depth = 0
    private static let mostDepth = 16

    init(of graph: JavaGraph) { self.graph = graph }

    /// Nil where only the application could say what the content equals, and where it is too deep or too much to look at.
    mutating func identity(of node: JavaNode) -> KeyIdentity? {
        guard graph.kind(of: node) == .object, depth < Self.mostDepth, let value = try? graph.value(of: node),
            KnownClass.isPlatformClass(value.className)
        else { return nil }
        depth += 1
        defer { depth -= 1 }
        switch value.content {
        case .sequence(let sequence):
            guard let form = Form(value.className), let items = items(sequence.elements) else { return nil }
            return form == .list ? .list(items) : .set(Set(items))
        case .map(let map) where value.className != "java.util.IdentityHashMap":
            guard let keys = items(map.keys), let values = items(map.values), keys.count == values.count else {
                return nil
            }
            return .map(Dictionary(zip(keys, values)) { _, last in last })
        default: return nil
        }
    }

    private mutating func items(_ items: JavaItems) -> [KeyIdentity]? {
        guard items.count <= left else { return nil }
        left -= items.count
        var known: [KeyIdentity] = []
        for item in items {
            guard let identity = item.map({ self.item($0) }) ?? KeyIdentity(nil, in: graph) else { return nil }
            known.append(identity)
        }
        return known
    }

    private mutating func item(_ node: JavaNode) -> KeyIdentity? {
        switch try? graph.value(of: node).content {
        case .sequence, .map: identity(of: node)
        default: KeyIdentity(node, in: graph)
        }
    }

    /// Which `equals` a sequence has.
    private enum Form {
        case list, set

        /// Nil for collections that equal themselves alone.
        init?(_ className: String) {
            let name = className.split { $0 == "." || $0 == "$" }.last ?? ""
            if ["Vector", "Stack", "List12", "ListN"].contains(name) || name.hasSuffix("List") {
                self = .list
            } else if name.contains("Set") {
                self = .set
            } else {
                return nil
            }
        }
    }
}
