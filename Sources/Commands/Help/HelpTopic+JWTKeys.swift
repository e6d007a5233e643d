import Sessions

extension HelpTopic {
    /// What help says of the keys beside tokens.
    static let jwtKeyText = """
        A token travels with the browser; what an application keeps about it in Redis
        has names of its own. These are found unless --jwt-keys says others:

        \(usualKeys)
        An entry of an allow-list and a refresh token are sessions of the format jwt:
        the id is the jti, sid or hash, the principal is sub, the creation iat or
        issued, the end exp or that of the key. Names as common as session: and
        refresh: are taken only if what is there looks like it: a hash, or for a
        refresh token also JSON, with two of ip ua iat issued exp sub jti sid ver
        family client scope; for session: nothing but a hash.

        The other keys are no sessions. What they say of one is a finding of it:
        denied, before-cutoff, version-mismatch, refresh-used, family-revoked,
        not-indexed, stale-index, jti-forever, deny-ends-early. 'sessionctl keys' shows
        them, also of a token, a jti or a user that has no session any more, and
        --purpose all that are kept for one purpose. No signature is verified.

        Another name is set by --jwt-keys PURPOSE=TEMPLATE, which may be repeated. The
        usual templates of the purpose are then out of force; PURPOSE= alone says that
        there are no such keys. Placeholders:

          {sub}     the user, with every character that the rest leaves
          {jti}     the token's id
          {sid}     the session's id
          {hash}    a digest: of a token its SHA-256 in hexadecimal digits
          {family}  the id that the refresh tokens of one login share

        A brace itself is written twice: jwt:{{{sub}}}:{jti} for jwt:{alice}:1. With
        deny={jti} the bare id is asked for of every token; none is found by it alone.

        Examples:
          sessionctl list --jwt-keys 'deny=revoked:{jti}' --where "finding = denied"
          sessionctl --jwt-keys 'allow=auth:{sid}' --jwt-keys 'cutoff=' list
          sessionctl list --where "variant = refresh-token" --fields id,principal,ttl
          sessionctl keys --purpose deny
        """ + "\n"

    /// A line for each usual template.
    private static var usualKeys: String {
        JWTKeyPurpose.allCases.map { purpose in
            let templates = JWTKeyTemplates.standard.all(for: purpose).map(\.text).joined(separator: "  ")
            return "  " + purpose.rawValue + String(repeating: " ", count: 9 - purpose.rawValue.count) + templates
                + "\n"
        }.joined()
    }
}
