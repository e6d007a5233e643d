/// What an application keeps a Redis key for beside its tokens (session-formats, ch. 17.3).
public enum JWTKeyPurpose: String, Sendable, Hashable, CaseIterable {
    /// An entry of the allow-list: a session. Its absence revokes the token.
    case allow
    /// An entry of the deny-list: the token is revoked as long as the key lives.
    case deny
    /// Tokens of a user that were issued before this time are revoked.
    case cutoff
    /// The counter that the `ver` claim of a user's tokens is compared with.
    case version
    /// A refresh token, by its hash: a session.
    case refresh
    /// The used refresh tokens of one login.
    case family
    /// The ids of a user's tokens.
    case index

    /// Whether such a key is a session itself; the others say something of sessions.
    package var isSession: Bool { self == .allow || self == .refresh }

    /// What such a key is called in the group of a session.
    package var role: GroupedKey.Role {
        switch self {
        case .allow: .allowList
        case .deny: .denyList
        case .cutoff: .cutOff
        case .version: .tokenVersion
        case .refresh: .refreshToken
        case .family: .refreshFamily
        case .index: .tokenIndex
        }
    }

    /// Redis' names of the types that such a key may have.
    package var types: [String] {
        switch self {
        case .allow, .refresh: ["string", "hash"]
        case .deny, .cutoff, .version: ["string"]
        case .family: ["set", "hash", "string"]
        case .index: ["set", "zset"]
        }
    }

    /// The placeholders of which a template has one at least.
    var needed: [JWTKeyPlaceholder] {
        switch self {
        case .allow: [.jti, .sid]
        case .deny: [.jti, .hash, .sid]
        case .cutoff, .version, .index: [.sub]
        case .refresh: [.hash, .jti]
        case .family: [.family]
        }
    }

    /// The placeholders that a template may have.
    var allowed: [JWTKeyPlaceholder] {
        switch self {
        case .allow, .deny: [.sub, .jti, .sid] + (self == .deny ? [.hash] : [])
        case .cutoff, .version, .index: [.sub]
        case .refresh: [.sub, .hash, .jti, .family]
        case .family: [.sub, .family]
        }
    }
}

/// What stands in a key in place of a template's `{word}`.
public enum JWTKeyPlaceholder: String, Sendable, Hashable, CaseIterable {
    /// The user: the `sub` claim.
    case sub
    /// The token's id: the `jti` claim.
    case jti
    /// The id of a session over several tokens: the `sid` claim.
    case sid
    /// A digest in place of a token: letters, digits and `-_+/=`. Of tokens that are looked for it is their SHA-256 in
    /// hexadecimal digits.
    case hash
    /// The id that the refresh tokens of one login share.
    case family
}
