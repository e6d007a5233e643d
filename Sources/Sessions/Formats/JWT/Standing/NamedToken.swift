/// A token that somebody names: by itself, or by an id of which nothing else is known.
package struct NamedToken {
    /// An id that keys beside tokens have in their names.
    package struct ID: Hashable, Sendable {
        /// Whether it is a `jti` or a `sid`.
        package let placeholder: JWTKeyPlaceholder
        /// The id.
        package let value: [UInt8]

        package init(_ placeholder: JWTKeyPlaceholder, _ value: [UInt8]) {
            self.placeholder = placeholder
            self.value = value
        }

        /// Whether an entry of an allow-list has the id, in its key or in what it holds.
        package func isOf(_ session: Session) -> Bool {
            session.variant == "allow-list" && session.jwt?.values[placeholder] == value
        }
    }

    /// What the token says, with no key of its own. Its id is that of the token, and never the token, which is a secret.
    package let session: Session
    /// The id by which it was named; nil for a token that is known.
    package let id: ID?

    /// The token in these bytes.
    ///
    /// - Parameter now: milliseconds since 1970.
    /// - Throws: ``SessionError`` where they are none.
    package init(token bytes: [UInt8], _ keys: JWTKeyTemplates, now: Int64) throws(SessionError) {
        _ = try JWT.decode(bytes)
        var session = Session(id: [], format: JWTFormat.name, key: [], timeToLive: .unknown)
        session.take(token: bytes, JWTIdentity(keys: keys), now: now)
        let identity = session.jwt
        session.id = identity?.values[.jti] ?? identity?.signedDigest ?? []
        self.session = session
        id = nil
    }

    /// The token that has this id.
    package init(_ id: ID, _ keys: JWTKeyTemplates) {
        var identity = JWTIdentity(keys: keys)
        identity.values[id.placeholder] = id.value
        var session = Session(id: id.value, format: JWTFormat.name, key: [], timeToLive: .unknown)
        session.jwt = identity
        self.session = session
        self.id = id
    }

    /// The same token with what an entry of the allow-list says of it: its other ids, its user and its end.
    package func known(by entry: Session) -> NamedToken {
        guard let id, var identity = session.jwt, let held = entry.jwt else { return self }
        identity.values.merge(held.values) { own, _ in own }
        var known = session
        known.jwt = identity
        known.principalName = entry.principalName
        known.statedEnd = entry.statedEnd
        return NamedToken(id, known)
    }

    private init(_ id: ID, _ session: Session) {
        self.id = id
        self.session = session
    }

    /// What templates are filled with; a token without an id is told by the digest of what was signed, as the signature of an ECDSA
    /// token can be another and be as good.
    var values: [JWTKeyPlaceholder: [UInt8]] {
        var values = session.jwt?.values ?? [:]
        if values[.hash] == nil { values[.hash] = session.jwt?.signedDigest }
        return values
    }

    /// The keys at which entries of an allow-list may be, as far as what is known fills their names.
    package var entryKeys: [[UInt8]] { session.jwt?.allowKeys.map(\.key) ?? [] }
}
