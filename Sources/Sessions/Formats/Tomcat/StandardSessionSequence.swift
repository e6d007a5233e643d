import JavaSerialization

/// The objects that `StandardSession.writeObjectData` writes, in order (session-formats, ch. 2.1).
struct StandardSessionSequence {
    /// Which authentication objects stand between id and attribute count (ch. 2.2).
    enum Layout: String {
        /// None.
        case a = "A"
        /// authType and principal.
        case b = "B"
        /// authType, principal, expected session id and saved request.
        case c = "C"
    }

    var creationTime: Int64?
    var lastAccessedTime: Int64?
    var maxInactiveInterval: Int64?
    var isNew: Bool?
    var isValid: Bool?
    var thisAccessedTime: Int64?
    var id: [UInt8]?
    var layout: Layout?
    var authType: String?
    var principal: JavaNode?
    var expectedSessionId: String?
    var savedRequest: JavaNode?
    var attributeCount: Int64?
    var attributes: [SessionAttribute] = []
    var findings: [Finding] = []
    /// False where the stream ended or became unreadable before the last attribute.
    var isComplete = false
}

/// Walks over the top-level elements of a stream.
struct ContentCursor {
    let graph: JavaGraph
    private(set) var index: Int
    /// Elements that are not there: how many were asked for beyond the end.
    private(set) var isExhausted = false

    init(_ graph: JavaGraph, from index: Int = 0) {
        self.graph = graph
        self.index = index
    }

    var isAtEnd: Bool { index >= graph.contentCount }

    /// The next element that is no reset; `.some(nil)` is Java's null, nil the end.
    mutating func next() -> JavaNode?? {
        while index < graph.contentCount {
            let node = graph.content(index)
            index += 1
            if let node, graph.kind(of: node) == .reset { continue }
            return .some(node)
        }
        isExhausted = true
        return nil
    }

    /// Passes over the next element if it is as asked for.
    mutating func skip(where matches: (JavaGraph, JavaNode) -> Bool) {
        if let node = graph.content(index), matches(graph, node) { index += 1 }
    }

    mutating func long() -> Int64? { next().flatMap { $0 }.flatMap { graph.boxedInteger($0) } }

    mutating func boolean() -> Bool? {
        guard
            case .primitive(.boolean(let value)) = next().flatMap({ $0 }).flatMap({ graph.fieldValue("value", of: $0) })
        else { return nil }
        return value
    }
}

extension JavaGraph {
    /// The value of a `java.lang.Long` or `java.lang.Integer`.
    func boxedInteger(_ node: JavaNode) -> Int64? {
        switch fieldValue("value", of: node) {
        case .primitive(.long(let value)) where isInstance(node, of: "java.lang.Long"): value
        case .primitive(.int(let value)) where isInstance(node, of: "java.lang.Integer"): Int64(value)
        default: nil
        }
    }
}
