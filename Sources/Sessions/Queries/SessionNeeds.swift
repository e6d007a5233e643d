/// What a query has to be told of each session.
public struct SessionNeeds: Equatable, Sendable {
    /// The parts beyond the times in the session's own record.
    public var parts: SessionParts
    /// Which attributes, where `parts` holds them.
    public var attributes: NeededAttributes

    /// Needs made of their two halves.
    public init(_ parts: SessionParts, attributes: NeededAttributes = .all) {
        self.parts = parts
        self.attributes = attributes
    }

    /// What has to be fetched to know `fields`.
    public init(_ fields: some Sequence<SessionField>) {
        self.init([], attributes: .none)
        for field in fields { formUnion(SessionNeeds(field.parts, attributes: field.neededAttributes)) }
    }

    /// Adds what `other` needs.
    public mutating func formUnion(_ other: SessionNeeds) {
        parts.formUnion(other.parts)
        attributes.formUnion(other.attributes)
    }
}

/// Which attributes a query looks at: of formats that keep each in a field of its own no others are fetched.
public enum NeededAttributes: Hashable, Sendable {
    /// All, as where classes are looked for.
    case all
    /// Those of these names, as many of them as there are.
    case named(Set<[UInt8]>)

    /// None but those that say who is logged in.
    public static let none = NeededAttributes.named([])

    /// So many names are asked for one by one; more are a sign of a path that may mean anything.
    private static let mostNames = 64

    mutating func formUnion(_ other: NeededAttributes) {
        guard case .named(var names) = self, case .named(let others) = other else {
            self = .all
            return
        }
        names.formUnion(others)
        self = names.count > Self.mostNames ? .all : .named(names)
    }
}

extension SessionField {
    /// Which attributes have to be fetched to know the field.
    public var neededAttributes: NeededAttributes {
        switch self {
        case .attributes, .class, .finding, .size: .all
        case .attribute(let attribute): attribute.neededAttributes
        default: .none
        }
    }
}

extension AttributeField {
    /// Every attribute that the path may begin with: `a.b` is the attribute `a.b`, or a part of `a`.
    var neededAttributes: NeededAttributes {
        var needed = NeededAttributes.none
        needed.formUnion(.named(Set(readings.flatMap { $0.names })))
        return needed
    }
}

extension SessionFilter {
    /// What has to be fetched of a session before the filter can tell.
    public var needs: SessionNeeds {
        var attributes = NeededAttributes.none
        for test in tests {
            switch test {
            case .test(let test): attributes.formUnion(test.field.neededAttributes)
            case .has(let path): attributes.formUnion(path.neededAttributes)
            case .not, .and, .or: break
            }
        }
        return SessionNeeds(parts, attributes: attributes)
    }
}
