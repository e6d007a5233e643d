import Sessions

/// What speaks against signing claims: whoever holds the token could read a secret, or nobody could say when it ends.
struct ClaimChecks {
    /// Milliseconds since 1970.
    let now: Int64

    /// - Throws: `Failure` with the path of the claim.
    func require(_ json: [UInt8]) throws(Failure) {
        guard let root = try? JSONReader.read(json, limits: JWT.limits).root, let claims = root.object else { return }
        if let path = SecretPlace.first(inClaims: claims) {
            throw .usage(
                "\(path) looks like a secret, and whoever holds a token can read it",
                advice: "--unset leaves a claim out; what is secret stays on the server")
        }
        for name in ["exp", "iat", "nbf"] { try requireSeconds(name, root) }
        try requireLife(root)
    }

    private func requireSeconds(_ name: String, _ root: JSONNode) throws(Failure) {
        guard let date = Self.date(name, root) else { return }
        if let milliseconds = date.asMilliseconds {
            throw .usage(
                "\(name) must be seconds; it looks like milliseconds, as which it is \(RFC3339.text(milliseconds: milliseconds))"
            )
        }
        guard !date.isOutOfRange else { throw .usage("\(name) is a number of seconds beyond all dates") }
    }

    private func requireLife(_ root: JSONNode) throws(Failure) {
        guard let end = Self.date("exp", root) else {
            guard root["exp"] == nil else { throw .usage("exp must be a number of seconds") }
            throw .usage(
                "the claims have no exp, and a token without an end is never taken back",
                advice: "--expires-in 15m says how long it lives")
        }
        guard end.milliseconds > now else {
            throw .usage("exp has passed: the token would have ended \(end.text ?? "long ago")")
        }
        if let begin = Self.date("nbf", root), begin.milliseconds >= end.milliseconds {
            throw .usage("nbf is not before exp: the token would never be valid")
        }
        if let issued = Self.date("iat", root), issued.milliseconds > end.milliseconds {
            throw .usage("iat is behind exp: the token would have ended before it was issued")
        }
    }

    private static func date(_ name: String, _ root: JSONNode) -> JWTNumericDate? {
        root[name]?.number.map { JWTNumericDate($0) }
    }
}
