/// One value in a ``JSONDocument``: a light view that keeps the document alive.
public struct JSONNode: Sendable {
    let document: JSONDocument
    let index: Int

    var row: JSONDocument.Row { document.rows[index] }

    /// What kind of value it is.
    public var kind: JSONKind { row.kind }

    /// The value, for a `switch`.
    public var value: JSONValue {
        switch row.kind {
        case .null: .null
        case .bool: .bool(document.source[Int(row.start)] == UInt8(ascii: "t"))
        case .number: .number(JSONNumber(checked: document.source[sourceRange]))
        case .string: .string(JSONString(row, in: document.source))
        case .array: .array(JSONArray(node: self))
        case .object: .object(JSONObject(node: self))
        }
    }

    /// Where the value is in ``JSONDocument/source``; for a string without its quotation marks.
    public var sourceRange: Range<Int> { Int(row.start)..<Int(row.end) }

    /// Whether it is `null`.
    public var isNull: Bool { kind == .null }

    /// Its value if it is `true` or `false`.
    public var bool: Bool? { if case .bool(let value) = value { value } else { nil } }

    /// Its value if it is a number.
    public var number: JSONNumber? { if case .number(let value) = value { value } else { nil } }

    /// Its value if it is a string.
    public var string: JSONString? { if case .string(let value) = value { value } else { nil } }

    /// Its elements if it is an array.
    public var array: JSONArray? { kind == .array ? JSONArray(node: self) : nil }

    /// Its members if it is an object.
    public var object: JSONObject? { kind == .object ? JSONObject(node: self) : nil }

    /// The value of the last member of that name, as most JSON readers take it; nil if there is none or this is no
    /// object.
    public subscript(_ name: String) -> JSONNode? { object?.last(named: JSONString(name)) }
}

extension JSONNode: Equatable {
    /// Whether both are written with the same numbers, strings, members and elements in the same order. White space
    /// and the way a string is escaped make no difference; `1` and `1.0` do.
    public static func == (left: JSONNode, right: JSONNode) -> Bool {
        left.events.elementsEqual(right.events)
    }
}

extension JSONNode: CustomStringConvertible {
    /// Its kind and size; never its content, which is private.
    public var description: String { "JSON \(kind) of \(sourceRange.count) bytes" }
}
