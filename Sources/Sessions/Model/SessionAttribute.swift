public import JavaSerialization

/// A named value of a session.
public struct SessionAttribute {
    /// The name: UTF-8, with unpaired surrogates in three bytes each where a Java name has them.
    public let name: [UInt8]
    /// The value.
    public let value: AttributeValue

    /// Creates an attribute.
    public init(name: [UInt8], value: AttributeValue) {
        self.name = name
        self.value = value
    }
}

/// Where an attribute's value stands.
public enum AttributeValue {
    /// Bytes of its own, decoded when somebody looks.
    case stored([UInt8])
    /// A node of a stream that several attributes share; nil is Java's null.
    case node(JavaGraph, JavaNode?)
    /// What only its own class or codec can read, with the reason; the session has the finding `opaque` for it.
    case opaque([UInt8], reason: String)

    /// The value's bytes as stored; for a node of a shared stream those between its first and last byte.
    public var bytes: [UInt8] {
        switch self {
        case .stored(let bytes), .opaque(let bytes, _): bytes
        case .node(let graph, let node): node.map { Array(graph.bytes[graph.byteRange(of: $0)]) } ?? []
        }
    }
}

/// What an attribute's bytes mean, by their encoding.
public enum DecodedValue {
    /// A value of a Java stream; nil is Java's null.
    case java(JavaGraph, JavaNode?)
    /// JSON, such as Spring's Jackson serializers write (see ``JacksonValue``).
    case json(JSONDocument)
    /// UTF-8 text.
    case text(String)
    /// A JSON Web Token.
    case jwt(JWT)
    /// Bytes of no known encoding.
    case bytes([UInt8])
    /// Bytes that only their own class or codec can read, with the reason.
    case opaque([UInt8], reason: String)
    /// Bytes that their encoding does not explain, with the reason.
    case undecodable([UInt8], reason: String)
}
