import Sessions

/// What one key is now that a change has touched.
struct CurrentState: Hashable {
    /// What it holds, as far as the change touched it; nil for another type. A key that is not there holds nothing.
    let content: KeyState.Content?
    /// Whether there is such a key.
    let isThere: Bool
    /// When it expires, in milliseconds since 1970; nil for never, and where there is none.
    let expiresAt: Int64?
    /// What people call its type; nil where nobody asked, and where there is none.
    let type: String?
    /// Whether it held something when its content was read, and was gone when it was asked how long it lives.
    let hasJustGone: Bool

    init(
        content: KeyState.Content?, isThere: Bool, expiresAt: Int64?, type: String? = nil, hasJustGone: Bool = false
    ) {
        // What a key held that is gone is nothing to write a difference to: a part of a session would be made of it.
        self.content = isThere ? content : content.gone
        self.isThere = isThere
        self.expiresAt = isThere ? expiresAt : nil
        self.type = isThere ? type : nil
        self.hasJustGone = hasJustGone && !isThere
    }
}

extension Optional<KeyState.Content> {
    /// What is left of it where the key is gone.
    var gone: KeyState.Content {
        guard case .shared(let members)? = self else { return .missing }
        return .shared(members.map { SharedMember($0.member, .outside) })
    }
}

extension KeyState {
    /// The members of a shared set that the change touches.
    var members: [[UInt8]] {
        guard case .shared(let members) = content else { return [] }
        return members.map(\.member)
    }

    /// Whether what the change wrote of the key is now as it was. Ends that are read by PTTL differ by a few milliseconds.
    func isSame(as current: CurrentState) -> Bool {
        guard let now = current.content else { return false }
        switch (extent, content) {
        case (.fields(let names), _): return names.allSatisfy { content.field($0) == now.field($0) }
        case (.content, _), (.whole, .shared): return content.isSame(as: now)
        case (.whole, _): return content.isSame(as: now) && Self.isSame(expiresAt, current.expiresAt)
        }
    }

    /// The same where all of the key is to be taken back.
    var whole: KeyState { KeyState(key: key, role: role, content: content, expiresAt: expiresAt) }

    static func isSame(_ one: Int64?, _ other: Int64?) -> Bool {
        guard let one, let other else { return one == other }
        return one.subtractingReportingOverflow(other).partialValue.magnitude <= EndReading.tolerance.magnitude
    }
}

extension CurrentState {
    /// The bytes of a field of its hash; nil where there is none.
    func field(_ name: [UInt8]) -> [UInt8]? { content?.field(name) }
}

extension KeyState.Content {
    /// Whether another content is the same, in whatever order fields and members are; nil is of another type.
    func isSame(as other: KeyState.Content?) -> Bool {
        guard let other else { return false }
        return switch (self, other) {
        case (.hash(let one), .hash(let other)): Self.isSame(one, other)
        case (.set(let one), .set(let other)): Set(one) == Set(other)
        case (.shared(let one), .shared(let other)): Set(one) == Set(other)
        default: self == other
        }
    }

    /// More fields are looked up by their hashes.
    private static let fewFields = 32

    /// The same fields in whatever order; a server names each once.
    private static func isSame(_ one: [StoredField], _ other: [StoredField]) -> Bool {
        guard one.count == other.count, one.count <= fewFields else { return Set(one) == Set(other) }
        return one.allSatisfy { other.contains($0) } && other.allSatisfy { one.contains($0) }
    }

    /// The bytes of a field; nil where it is not there, and of what is no hash.
    func field(_ name: [UInt8]) -> [UInt8]? {
        guard case .hash(let fields) = self else { return nil }
        return fields.first { $0.field == name }?.value
    }
}
