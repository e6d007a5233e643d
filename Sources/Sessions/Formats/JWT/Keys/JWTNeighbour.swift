/// A key that says something of tokens, and what is asked of it.
package struct JWTNeighbour: Sendable {
    /// The key.
    package let key: [UInt8]
    /// What it is for.
    package let purpose: JWTKeyPurpose
    /// What stands for the session in it, if anything does.
    package let member: [UInt8]?
    /// The user whose key it is, as far as it is known.
    let user: [UInt8]?

    /// The key of which its name alone is known.
    package init(key: [UInt8], _ purpose: JWTKeyPurpose, _ keys: JWTKeyTemplates) {
        self.init(key: key, purpose: purpose, member: nil, user: keys.match(key)?.values[.sub])
    }

    init(key: [UInt8], purpose: JWTKeyPurpose, member: [UInt8]?, user: [UInt8]?) {
        self.key = key
        self.purpose = purpose
        self.member = member
        self.user = user
    }

    /// The keys of the allow-list of which one is there if the token `jti`, which an index names, is allowed.
    package func allowKeys(of jti: [UInt8], _ keys: JWTKeyTemplates) -> [[UInt8]] {
        var values: [JWTKeyPlaceholder: [UInt8]] = [.jti: jti, .sid: jti]
        values[.sub] = user
        return keys.keys(for: .allow, values)
    }
}

/// What is at a neighbour, as far as it was asked; never more than the beginning of a value, or a few members.
package struct JWTNeighbourState: Sendable {
    /// Redis' name of the type; `none` where there is no such key, nil where the user may not look.
    package var type: String?
    /// How long it will live.
    package var timeToLive = TimeToLive.unknown
    /// The first bytes of a string.
    package var beginning: [UInt8]?
    /// Whether the member that was asked for is in it.
    package var holdsMember: Bool?
    /// What a hash says of the member, where that is short.
    package var memberText: [UInt8]?
    /// Whether a family says of itself that it is revoked.
    package var isRevoked = false
    /// Members of an index: all, those whose end has passed, those that were looked for on the allow-list, and those of
    /// them that are not on it.
    package var members = 0
    package var pastMembers = 0
    package var soughtMembers = 0
    package var absentMembers = 0

    /// Nothing is known yet.
    package init() {}

    /// Whether the key is there.
    package var isThere: Bool { type != nil && type != "none" }
    /// Bytes of a string that are asked for: enough for every number, and for a word.
    package static let mostBytes = 64
    /// Members of a set that are looked for on the allow-list.
    package static let mostMembers = 32
    /// Fields and members that revoke a family.
    package static let revokingWords = ["revoked", "state", "status"]

    /// Whether `text` is what applications write for a token or a family that is good.
    package static func isGood(_ text: [UInt8]) -> Bool {
        ["", "0", "false", "no", "active", "current", "valid", "unused"].contains(
            String(decoding: text, as: UTF8.self).lowercased())
    }
}
