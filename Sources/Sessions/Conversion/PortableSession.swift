/// A session without the layout of any store: what a migration carries from one to another (session-formats, ch. 18).
///
/// Times are milliseconds since 1970-01-01 UTC.
public struct PortableSession: Sendable {
    /// The id, without a route.
    public var id: [UInt8]
    /// The `jvmRoute` behind the id in Tomcat's formats; nil where there is none.
    public var route: [UInt8]?
    /// When it was created.
    public var createdAt: Int64
    /// When it was last used.
    public var lastAccessedAt: Int64
    /// The idle time in seconds after which it ends; below zero for never, zero for what has ended.
    public var maxInactiveSeconds: Int64
    /// When its key ends, in milliseconds since 1970, where that alone ends the session, whatever interval is in it (ch. 3.2), and nobody has
    /// given another interval.
    public var endOfKey: Int64?
    /// The name of who is logged in, in WTF-8; nil for nobody.
    public var principalName: [UInt8]?
    /// What the container keeps of that; nil where it knows of nobody.
    public var container: ContainerLogin?
    /// The attributes, each by itself.
    public var attributes: [PortableAttribute]
    /// The names of those that led to an object which another of them led to as well, and now have each their own (ch. 18).
    public var parted: [[UInt8]] = []

    /// When it ends by its interval if nobody uses it; nil for never, and for what no clock can hold.
    public var end: Int64? {
        guard maxInactiveSeconds >= 0 else { return nil }
        let (interval, first) = maxInactiveSeconds.multipliedReportingOverflow(by: 1000)
        let (end, second) = lastAccessedAt.addingReportingOverflow(interval)
        return first || second ? nil : end
    }

    /// Creates a session of its parts.
    public init(
        id: [UInt8], route: [UInt8]? = nil, createdAt: Int64, lastAccessedAt: Int64, maxInactiveSeconds: Int64,
        principalName: [UInt8]? = nil,
        attributes: [PortableAttribute] = []
    ) {
        self.id = id
        self.route = route
        self.createdAt = createdAt
        self.lastAccessedAt = lastAccessedAt
        self.maxInactiveSeconds = maxInactiveSeconds
        self.principalName = principalName
        self.attributes = attributes
    }
}

/// A named value that stands for itself: what it refers to is in it.
public struct PortableAttribute: Sendable, Hashable {
    /// How the value is written.
    public enum Encoding: Sendable, Hashable {
        /// A stream of `java.io.ObjectOutputStream` with this value alone.
        case java
        /// JSON, as one of Spring's Jackson serializers writes it.
        case json
        /// Bytes that only the application's own serializer can read.
        case opaque
    }

    /// The name, in WTF-8.
    public let name: [UInt8]
    /// The value's bytes.
    public let value: [UInt8]
    /// How they are written.
    public let encoding: Encoding

    /// Creates an attribute.
    public init(name: [UInt8], value: [UInt8], encoding: Encoding) {
        self.name = name
        self.value = value
        self.encoding = encoding
    }
}

/// Why a session, or one of its attributes, cannot be carried to another format.
public struct ConversionRefusal: Error, Hashable, CustomStringConvertible {
    /// One sentence for people: the reason, and what can be done instead.
    public let description: String
    /// What would be lost, where it is known.
    public let losses: [ConversionLoss]

    /// Creates a refusal.
    public init(_ reason: String, losses: [ConversionLoss] = []) {
        description = reason
        self.losses = losses
    }
}
