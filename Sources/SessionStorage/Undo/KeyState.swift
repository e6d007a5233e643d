package import Sessions

/// What one key was before a change, as far as the change touches it.
package struct KeyState: Sendable, Hashable {
    /// What it held.
    package enum Content: Sendable, Hashable {
        /// There was no such key.
        case missing
        /// A string.
        case string([UInt8])
        /// All fields of a hash.
        case hash([StoredField])
        /// All members of a set that belonged to the session alone.
        case set([[UInt8]])
        /// Of a set or sorted set that sessions share: the members that the change touches.
        case shared([SharedMember])
    }

    /// How much of a key that is there a change writes.
    package enum Extent: Sendable, Hashable {
        /// What it holds, and how long it lives.
        case whole
        /// What it holds; it lives as long as it would have.
        case content
        /// These fields of its hash; it lives as long as it would have.
        case fields([[UInt8]])
    }

    /// The key.
    package let key: [UInt8]
    /// What it is for.
    package let role: GroupedKey.Role
    /// What it held.
    package let content: Content
    /// When it would have expired, in milliseconds since 1970; nil for never, and for a key that was not there.
    package let expiresAt: Int64?
    /// How much of it the change writes: no more is taken back.
    package let extent: Extent

    package init(
        key: [UInt8], role: GroupedKey.Role, content: Content, expiresAt: Int64?, extent: Extent = .whole
    ) {
        self.key = key
        self.role = role
        self.content = content
        self.expiresAt = expiresAt
        self.extent = extent
    }
}

/// A member of a set or sorted set that sessions share.
package struct SharedMember: Sendable, Hashable {
    /// Where it was.
    package enum Place: Sendable, Hashable {
        /// Not in it.
        case outside
        /// In a set.
        case inside
        /// In a sorted set, with this score, as Redis writes it.
        case scored([UInt8])
    }

    /// The member.
    package let member: [UInt8]
    /// Where it was.
    package let place: Place

    package init(_ member: [UInt8], _ place: Place) {
        self.member = member
        self.place = place
    }
}
