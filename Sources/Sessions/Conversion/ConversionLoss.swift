/// What became another in an attribute, or was left out of a session.
public struct ConversionLoss: Sendable, Hashable {
    /// The name of the attribute, or of what else the session had, in WTF-8.
    public let attribute: [UInt8]
    /// The class of the value; nil where it is not about one.
    public let className: String?
    /// A sentence for people.
    public let reason: String
    /// Whether the value is not in the target at all.
    public let isDropped: Bool
    /// Whether the value is there in bytes that the target's applications do not read.
    public var isKept = false

    /// Creates a loss.
    public init(attribute: [UInt8], className: String? = nil, _ reason: String, isDropped: Bool = false) {
        self.attribute = attribute
        self.className = className
        self.reason = reason
        self.isDropped = isDropped
    }

    /// The loss of a value inside of an attribute.
    init(_ attribute: PortableAttribute, _ problem: ValueProblem, _ start: String = "", isDropped: Bool = false) {
        self.init(
            attribute: attribute.name, className: problem.className.isEmpty ? nil : problem.className,
            start + problem.description, isDropped: isDropped)
    }
}

extension Session {
    /// The fields of its hash that go with it to no other layout, by name.
    var fieldLosses: [ConversionLoss] {
        unknownFields.sorted { $0.lexicographicallyPrecedes($1) }.map {
            ConversionLoss(
                attribute: $0, "left out: it is a field of the hash, and neither the session's own nor an attribute",
                isDropped: true)
        }
    }
}
