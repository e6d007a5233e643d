/// One thing that is to be revoked, all in one step of the server (session-formats, ch. 17.3).
///
/// A revocation says which keys it has to know, and makes a plan of what was read there; it sends nothing.
package struct TokenRevocation {
    /// What is revoked.
    package enum Subject {
        /// A token; its entry lies at one of these keys, if it has one.
        case token(NamedToken, entryKeys: [[UInt8]])
        /// All tokens of a user that were issued until now.
        case user([UInt8])
        /// A family of refresh tokens, and the user whose it is where that is known.
        case family([UInt8], user: [UInt8]?)
        /// An entry of an allow-list or a refresh token, as long as it is that owner's.
        case entry([UInt8], of: Owner)
    }

    /// Whose entries and refresh tokens are revoked.
    package enum Owner: Hashable, Sendable {
        case user([UInt8])
        case family([UInt8])

        /// Whether the session is an entry or a refresh token of this owner. A value that happens to be a token is neither.
        package func owns(_ session: Session) -> Bool {
            guard session.variant != nil, let identity = session.jwt else { return false }
            switch self {
            case .user(let name): return (identity.values[.sub] ?? session.principalName) == name
            case .family(let id): return identity.values[.family] == id
            }
        }
    }

    /// What is revoked.
    package let subject: Subject
    /// How.
    package let terms: RevocationTerms

    package init(_ subject: Subject, _ terms: RevocationTerms) {
        (self.subject, self.terms) = (subject, terms)
    }

    /// The keys at which there may be a session that is revoked.
    package var sessionKeys: [[UInt8]] {
        switch subject {
        case .token(_, let keys): keys
        case .entry(let key, _): [key]
        case .user, .family: []
        }
    }

    /// The keys beside sessions that have to be known.
    package var otherKeys: [GroupedKey] {
        switch subject {
        case .token(let token, _): [denial(of: token)?.key].compactMap { $0 }
        case .user(let name):
            ([cutOffKey(of: name)] + versionKeys(of: name)).compactMap { $0 }
        case .family(let id, let user): [familyKey(of: id, user)].compactMap { $0 }
        case .entry: []
        }
    }

    /// The plan.
    ///
    /// - Parameters:
    ///   - group: the first session at ``sessionKeys``; nil where there is none.
    ///   - found: what is at ``otherKeys``, in their order.
    /// - Throws: why it cannot be revoked in this way.
    package func plan(
        _ group: SessionGroup?, _ found: [KeyReading], _ context: ChangeContext
    ) throws(ChangeRefusal) -> RevocationPlan? {
        switch subject {
        case .token(let token, _): return try plan(for: token, group, found.first, context)
        case .user(let name): return try plan(forUser: name, found, context)
        case .family(let id, _): return try plan(forFamily: id, found.first, context)
        case .entry(_, let owner):
            guard let group, owner.owns(group.session) else { return nil }
            return RevocationPlan(try SessionChanges.expire(group, context))
        }
    }

    /// A key by its purpose.
    func key(_ key: [UInt8], _ purpose: JWTKeyPurpose, members: [[UInt8]] = []) -> GroupedKey {
        GroupedKey(key: key, role: purpose.role, members: members, isExpected: false, types: purpose.types)
    }
}

extension TokenRevocation {
    /// What is revoked, in the form of a session, where there is none in the store.
    ///
    /// - Parameter key: the key that revokes it.
    package func stand(at key: [UInt8]) -> Session {
        var stand = Session(id: key, format: JWTFormat.name, key: key, timeToLive: .unknown)
        switch subject {
        case .token(let token, _):
            (stand.id, stand.principalName) = (token.session.id, token.session.principalName)
            stand.variant = "deny-list"
        case .user(let name):
            (stand.id, stand.principalName) = (name, name)
            stand.variant = "cut-off"
        case .family(let id, let user):
            (stand.id, stand.principalName) = (id, user)
            stand.variant = "refresh-family"
        case .entry: break
        }
        return stand
    }
}
