/// A JSON value by its kind (RFC 8259 §3). Arrays and objects are views, so a value is never a tree of its own.
public enum JSONValue: Sendable {
    /// `null`
    case null
    /// `true` or `false`
    case bool(Bool)
    /// A number, as written.
    case number(JSONNumber)
    /// A string, decoded.
    case string(JSONString)
    /// An array's elements.
    case array(JSONArray)
    /// An object's members.
    case object(JSONObject)
}

/// The elements of a JSON array, in order.
public struct JSONArray: Sequence, Sendable {
    let node: JSONNode

    /// The number of elements.
    public var count: Int { Int(node.row.count) }

    /// The same as ``count``.
    public var underestimatedCount: Int { count }

    /// Begins at the first element.
    public func makeIterator() -> Iterator { Iterator(document: node.document, index: node.index + 1, left: count) }

    /// Steps from element to element, each in constant time.
    public struct Iterator: IteratorProtocol {
        let document: JSONDocument
        var index: Int
        var left: Int

        /// The next element, or nil after the last.
        public mutating func next() -> JSONNode? {
            guard left > 0 else { return nil }
            left -= 1
            defer { index = Int(document.rows[index].next) }
            return JSONNode(document: document, index: index)
        }
    }
}

/// The members of a JSON object, in order, with every duplicate.
public struct JSONObject: Sequence, Sendable {
    let node: JSONNode

    /// The number of members, duplicates included.
    public var count: Int { Int(node.row.count) }

    /// The same as ``count``.
    public var underestimatedCount: Int { count }

    /// Begins at the first member.
    public func makeIterator() -> Iterator { Iterator(document: node.document, index: node.index + 1, left: count) }

    /// The value of the last member of that name. Names are equal when their text is, whatever their escapes (RFC
    /// 8259 §8.3).
    public func last(named name: JSONString) -> JSONNode? {
        var found: JSONNode?
        for member in self where member.name == name { found = member.value }
        return found
    }

    /// The names that more than one member has, in the order of their second appearance.
    public var duplicateNames: [JSONString] {
        var seen: Set<JSONString> = []
        var reported: Set<JSONString> = []
        var duplicates: [JSONString] = []
        for member in self where !seen.insert(member.name).inserted {
            if reported.insert(member.name).inserted { duplicates.append(member.name) }
        }
        return duplicates
    }

    /// A name and its value.
    public struct Member: Sendable {
        /// The name, decoded.
        public let name: JSONString
        /// The value.
        public let value: JSONNode
    }

    /// Steps from member to member, each in constant time.
    public struct Iterator: IteratorProtocol {
        let document: JSONDocument
        var index: Int
        var left: Int

        /// The next member, or nil after the last.
        public mutating func next() -> Member? {
            guard left > 0 else { return nil }
            left -= 1
            let name = JSONString(document.rows[index], in: document.source)
            let value = JSONNode(document: document, index: index + 1)
            index = Int(document.rows[index + 1].next)
            return Member(name: name, value: value)
        }
    }
}
