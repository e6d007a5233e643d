/// What becomes of a value inside of an attribute where its encoding cannot hold it as it is: why it is refused, or what is lost.
public struct ValueProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where it stands, from the attribute's name on: `cart.items[0]`.
    public let path: String
    /// The class of the value; empty where none is known.
    public let className: String
    /// The reason, with the class in it; never with the value.
    public let reason: String

    /// The reason, and where.
    public var description: String { "\(path): \(reason)" }
}

/// An attribute in another encoding.
public struct ConvertedAttribute: Sendable, Hashable {
    /// The attribute.
    public let attribute: PortableAttribute
    /// What is not quite as it was: objects that were one, classes in the place of others that are equal to them.
    public let losses: [ValueProblem]

    /// Creates the outcome of a conversion.
    public init(_ attribute: PortableAttribute, losses: [ValueProblem] = []) {
        self.attribute = attribute
        self.losses = losses
    }
}
