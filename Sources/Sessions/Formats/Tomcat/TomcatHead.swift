import JavaSerialization

/// What a session manager's value holds beside login and attributes, which a manager fails at where it is another: the classes of its
/// header, of times, flags and numbers, and the session's id (session-formats, ch. 2.1 and 3.1).
package struct TomcatHead {
    private let classes: ClassDescriptions
    private let id: [UInt8]?

    /// Nil where the value is none of such a manager's, or cannot be read.
    package init?(_ value: [UInt8]) {
        guard let framing = TomcatFraming(value), let graph = try? JavaGraph(value) else { return nil }
        var reader = StandardSessionReader(ContentCursor(graph, from: framing.leadingElements))
        reader.readHead()
        guard reader.sequence.layout != nil else { return nil }
        let places = Array(0..<framing.leadingElements + Self.elements) + [reader.cursor.index - 1]
        classes = ClassDescriptions(of: graph, reachedFrom: places.map { graph.content($0) })
        id = reader.sequence.id
    }

    /// From the creation time up to the id.
    private static let elements = 7

    /// What is not the same in the head of another value of this layout.
    package func differences(to other: TomcatHead) -> [SessionComparison.Difference] {
        var found = classes.differences(to: other.classes).map { SessionComparison.Difference(ofClass: $0, $1) }
        if id != other.id {
            let (left, right) = (Self.text(id), Self.text(other.id))
            found.append(SessionComparison.Difference(part: "storedId", reason: "\(left), and \(right)"))
        }
        return found
    }

    private static func text(_ id: [UInt8]?) -> String { id.map { EscapedName.text(of: $0) } ?? "none" }
}
