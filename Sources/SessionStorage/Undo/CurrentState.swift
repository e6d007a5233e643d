import Sessions

/// What one key is now that a change has touched.
struct CurrentState: Hashable {
    /// What it holds, as far as the change touched it; nil for another type.
    let content: KeyState.Content?
    /// Whether there is such a key.
    let isThere: Bool
    /// When it expires, in milliseconds since 1970; nil for never, and where there is none.
    let expiresAt: Int64?
}

extension KeyState {
    /// The members of a shared set that the change touches.
    var members: [[UInt8]] {
        guard case .shared(let members) = content else { return [] }
        return members.map(\.member)
    }

    /// Whether the key is now as it was. Lives that are read by PTTL differ by some milliseconds.
    func isSame(as current: CurrentState) -> Bool {
        guard let now = current.content, Self.isSame(content, now) else { return false }
        guard case .shared = content else { return Self.isSame(expiresAt, current.expiresAt) }
        return true
    }

    static func isSame(_ one: Int64?, _ other: Int64?) -> Bool {
        guard let one, let other else { return one == other }
        return one.subtractingReportingOverflow(other).partialValue.magnitude <= 5
    }

    private static func isSame(_ one: Content, _ other: Content) -> Bool {
        switch (one, other) {
        case (.hash(let one), .hash(let other)): Set(one) == Set(other)
        case (.set(let one), .set(let other)): Set(one) == Set(other)
        case (.shared(let one), .shared(let other)): Set(one) == Set(other)
        default: one == other
        }
    }
}
