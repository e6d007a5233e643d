/// By what the keys beside a token's session are found, and what they are compared with (session-formats, ch. 17.3).
package struct JWTIdentity: Sendable {
    /// What the placeholders of templates stand for.
    var values: [JWTKeyPlaceholder: [UInt8]] = [:]
    /// The token itself, where it is known.
    var token: [UInt8] = []
    /// When it was issued: `iat` in whole seconds since 1970, or nil.
    var issuedAt: Int64?
    /// Whether it is known that the token does not say when it was issued.
    var lacksIssue = false
    /// The `ver` claim.
    var version: Int64?
    /// The names of the user's roles.
    var roles: [String] = []
    /// Whether it is known that the token has no end.
    var endsNever = false
    /// Whether it is a refresh token, which no index of tokens names.
    var isRefreshToken = false
    /// Whether only a name is known, which may be that of a user, a token or a family.
    var isNameOnly = false
    /// What the keys beside it say that revokes the token, as far as they were asked.
    var revoking: [Finding] = []
    /// Why nobody knows what some of those keys say.
    var hiding: [Finding] = []
    let keys: JWTKeyTemplates

    init(keys: JWTKeyTemplates) { self.keys = keys }

    /// What may be known of a token, a user or a family of this name.
    package init(name: [UInt8], keys: JWTKeyTemplates) {
        self.init(keys: keys)
        for placeholder in JWTKeyPlaceholder.allCases { values[placeholder] = name }
        isNameOnly = true
    }

    /// The user of this name.
    package init(user: [UInt8], keys: JWTKeyTemplates) {
        self.init(keys: keys)
        values[.sub] = user
        isNameOnly = true
    }

    /// Takes what claims or fields say; what the key says already stays.
    mutating func take(_ fields: JWTEntryFields) {
        for placeholder in JWTKeyPlaceholder.allCases where placeholder != .hash && values[placeholder] == nil {
            values[placeholder] = fields.text(placeholder.rawValue)
        }
        issuedAt = (fields.time("iat") ?? fields.time("issued")).map { Self.seconds($0) }
        version = fields.integer("ver")
        roles = fields.roles
    }

    private static func seconds(_ milliseconds: Int64) -> Int64 {
        milliseconds / 1000 - (milliseconds % 1000 < 0 ? 1 : 0)
    }

    /// The digests by which a deny-list may name the token: of all of it, and of what was signed, since the signature of an
    /// ECDSA token can be another and be as good. None of what no application takes for a token.
    private var digests: [[UInt8]] {
        guard !token.isEmpty, token.count <= 64 << 10 else { return [] }
        let signed = token.lastIndex(of: UInt8(ascii: ".")).map { token[..<$0] }
        return [SHA256.hexadecimal(of: token)] + (signed.map { [SHA256.hexadecimal(of: $0)] } ?? [])
    }

    private var hashes: [[UInt8]] { (values[.hash].map { [$0] } ?? []) + digests }

    /// The digest of what was signed, by which a token is told that has no id; nil where the token is not known.
    var signedDigest: [UInt8]? { digests.last }

    /// The keys of which one is there if the token is on the allow-list.
    package var allowKeys: [JWTNeighbour] {
        keys.keys(for: .allow, values).map {
            JWTNeighbour(key: $0, purpose: .allow, member: nil, user: values[.sub])
        }
    }

    /// The keys that may say something of the session.
    package var neighbours: [JWTNeighbour] {
        var found: [JWTNeighbour] = []
        let hashes = hashes
        func add(_ purpose: JWTKeyPurpose, member: [UInt8]? = nil) {
            for key in keys.keys(for: purpose, values, hashes: hashes) {
                found.append(JWTNeighbour(key: key, purpose: purpose, member: member, user: values[.sub]))
            }
        }
        add(.deny)
        add(.cutoff)
        add(.version)
        add(.family, member: isNameOnly ? nil : values[.hash])
        if !isRefreshToken { add(.index, member: isNameOnly ? nil : values[.jti]) }
        return found
    }

    /// The keys that exist because of the session, but its own. All come and go: none has to be there.
    func keyGroup(of own: [UInt8]) -> [GroupedKey] {
        var seen: Set<[UInt8]> = [own]
        var group: [GroupedKey] = []
        func add(_ key: [UInt8], _ purpose: JWTKeyPurpose, members: [[UInt8]] = []) {
            guard seen.insert(key).inserted else { return }
            group.append(
                GroupedKey(
                    key: key, role: purpose.role, members: members, isExpected: false, types: purpose.types))
        }
        for key in keys.keys(for: .allow, values) { add(key, .allow) }
        for key in keys.keys(for: .refresh, values, hashes: hashes) { add(key, .refresh) }
        for neighbour in neighbours {
            let isIndex = neighbour.purpose == .index
            add(neighbour.key, neighbour.purpose, members: isIndex ? neighbour.member.map { [$0] } ?? [] : [])
        }
        return group
    }
}
