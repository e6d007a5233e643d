import JavaSerialization

/// Where a value stands inside of an object of a Java stream.
enum JavaPlace {
    /// An element of a list, set or queue.
    case element(Int, of: JavaItems, JavaNode)
    /// The value of a map's entry.
    case entry(Int, of: JavaMap, JavaNode)
    /// An element of an array, of objects or of primitives.
    case arrayElement(Int, of: JavaNode)
    /// A declared field.
    case field(JavaField, in: JavaClassData)
    /// What a class is known to hold under another name than that of a field.
    case part(JavaNode?)

    /// What stands there.
    func value(in graph: JavaGraph) -> PathValue {
        switch self {
        case .element(let index, let items, _): return .java(graph, items[index])
        case .entry(let index, let map, _): return .java(graph, map.values[index])
        case .arrayElement(let index, let array):
            if let primitive = graph.primitiveElement(index, of: array) { return .primitive(primitive) }
            return .java(graph, graph.elements(of: array)[index])
        case .field(let field, let data):
            if case .primitive(let value)? = graph.value(of: field, in: data) { return .primitive(value) }
            if case .reference(let target)? = graph.value(of: field, in: data) { return .java(graph, target) }
            return .java(graph, nil)
        case .part(let node): return .java(graph, node)
        }
    }

    /// The slot that a reference stands in; nil for primitives, and where no slot has it.
    func slot(in graph: JavaGraph) -> Int32? {
        switch self {
        case .element(let index, let items, _): items.slot(index)
        case .entry(let index, let map, _): map.values.slot(index)
        case .arrayElement(let index, let array):
            graph.elementType(of: array) == nil ? graph.elements(of: array).slot(index) : nil
        case .field(let field, let data): field.primitive == nil ? graph.slot(of: field, in: data) : nil
        case .part: nil
        }
    }
}
