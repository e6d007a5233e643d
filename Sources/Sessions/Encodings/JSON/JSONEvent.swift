/// One step of a walk over a JSON value: what a streaming reader would report.
public enum JSONEvent: Hashable, Sendable {
    /// An object begins; names and values follow in turn.
    case beginObject
    /// The name of a member; its value is next.
    case name(JSONString)
    /// The innermost object ends.
    case endObject
    /// An array begins; its elements follow.
    case beginArray
    /// The innermost array ends.
    case endArray
    /// `null`
    case null
    /// `true` or `false`
    case bool(Bool)
    /// A number, as written.
    case number(JSONNumber)
    /// A string, decoded.
    case string(JSONString)
}

extension JSONNode {
    /// The value and all that is in it, from left to right. The walk keeps its own stack, so any depth is safe.
    public var events: JSONEvents { JSONEvents(node: self) }
}

/// The walk over one JSON value; see ``JSONNode/events``.
public struct JSONEvents: Sequence, Sendable {
    let node: JSONNode

    /// Begins at the value itself.
    public func makeIterator() -> Iterator { Iterator(node: node) }

    /// The place of the walk.
    public struct Iterator: IteratorProtocol {
        private let document: JSONDocument
        private var index: Int
        private let end: Int
        /// The arrays and objects that are open, with the number of their elements or members to come.
        private var open: [(isObject: Bool, left: Int32)] = []
        private var isAtName = false

        init(node: JSONNode) {
            document = node.document
            index = node.index
            end = Int(node.row.next)
        }

        /// The next step, or nil after the last.
        public mutating func next() -> JSONEvent? {
            if let innermost = open.last, innermost.left == 0, !isAtValueOfMember {
                open.removeLast()
                isAtName = open.last?.isObject ?? false
                return innermost.isObject ? .endObject : .endArray
            }
            guard index < end else { return nil }
            return isAtName ? name() : value()
        }

        /// Between a name and its value the count is already down.
        private var isAtValueOfMember: Bool { (open.last?.isObject ?? false) && !isAtName }

        private mutating func name() -> JSONEvent {
            let name = JSONString(document.rows[index], in: document.source)
            index += 1
            open[open.count - 1].left -= 1
            isAtName = false
            return .name(name)
        }

        private mutating func value() -> JSONEvent {
            let node = JSONNode(document: document, index: index)
            if let innermost = open.last, !innermost.isObject { open[open.count - 1].left -= 1 }
            index += 1
            isAtName = open.last?.isObject ?? false
            switch node.value {
            case .null: return .null
            case .bool(let value): return .bool(value)
            case .number(let value): return .number(value)
            case .string(let value): return .string(value)
            case .array(let array): return enter(isObject: false, count: array.count)
            case .object(let object): return enter(isObject: true, count: object.count)
            }
        }

        private mutating func enter(isObject: Bool, count: Int) -> JSONEvent {
            open.append((isObject, Int32(count)))
            isAtName = isObject
            return isObject ? .beginObject : .beginArray
        }
    }
}
