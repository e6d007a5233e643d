import ArgumentParser
import Sessions
import Tokens

/// By what tokens are trusted that sessions are to be made of.
struct TokenTrustOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Key of the tokens' issuer in PEM.", valueName: "file"))
    var pem: String?

    @Option(help: ArgumentHelp("Key of the tokens' issuer as a JWK, or its keys as a JWK Set.", valueName: "file"))
    var jwk: String?

    @Option(
        name: .customLong("secret-file"),
        help: ArgumentHelp("Secret of the tokens' issuer, to the byte.", valueName: "file"))
    var secretFile: String?

    @Option(
        name: .customLong("iss"),
        help: ArgumentHelp("Take tokens of this issuer alone; more than once for several.", valueName: "issuer"))
    var issuers: [String] = []

    @Option(
        name: .customLong("aud"),
        help: ArgumentHelp("Take tokens for this audience alone; more than once for several.", valueName: "audience"))
    var audiences: [String] = []

    @Flag(help: "Take tokens without looking at their signatures: whoever can write to the source can become anybody.")
    var unverified = false

    func validate() throws {
        let keys = [pem, jwk, secretFile].compactMap { $0 }
        if keys.count > 1 { throw ValidationError("--pem, --jwk and --secret-file: give one of them") }
        if unverified, !keys.isEmpty || !issuers.isEmpty || !audiences.isEmpty {
            throw ValidationError("--unverified looks at nothing: it contradicts keys, --iss and --aud")
        }
    }

    /// What is trusted, as it is said, where sessions become others.
    func trust(for conversion: SessionConversion?) throws -> TokenTrust {
        let isSaid =
            unverified || pem != nil || jwk != nil || secretFile != nil || !issuers.isEmpty || !audiences.isEmpty
        guard conversion != nil || !isSaid else {
            throw Failure.usage(
                "tokens are verified where sessions are made of them: --to says of which layout",
                advice: "without --to every key is written as it is")
        }
        if unverified { return TokenTrust(way: .unverified) }
        guard let keys = try keys() else {
            guard issuers.isEmpty, audiences.isEmpty else {
                throw Failure.usage(
                    "--iss and --aud are looked at in tokens that are verified: --pem, --jwk or --secret-file says how")
            }
            return TokenTrust(way: .none)
        }
        return TokenTrust(way: .keys(keys, issuers: issuers, audiences: audiences))
    }

    private func keys() throws -> KeySet? {
        do {
            if let pem { return try .pem(InputBytes.read(pem)) }
            if let jwk { return try .jwk(InputBytes.read(jwk)) }
            if let secretFile { return try .secret(InputBytes.read(secretFile)) }
            return nil
        } catch let error as TokenError {
            throw Failure.usage("the key in '\(pem ?? jwk ?? secretFile ?? "")' cannot be used: \(error)")
        }
    }
}

/// Which tokens are trusted.
struct TokenTrust: Sendable {
    enum Way {
        /// None: nobody has said how.
        case none
        /// All, whatever their signatures.
        case unverified
        /// Those that a verifier takes with these keys.
        case keys(KeySet, issuers: [String], audiences: [String])
    }

    let way: Way

    /// Whether a session is a token that is taken whatever its signature.
    func takesUnverified(_ session: Session) -> Bool {
        guard case .unverified = way else { return false }
        return session.format == JWTFormat.name
    }

    /// Why a token is not to be trusted at a time, in milliseconds since 1970; nil for one that is, and for other sessions.
    func refusal(of session: Session, now: Int64) -> String? {
        guard session.format == JWTFormat.name else { return nil }
        switch way {
        case .unverified: return nil
        case .none:
            return
                "nobody has said how its signature is verified: give the issuer's key with --pem, --jwk or --secret-file, or take it "
                + "as it is with --unverified"
        case .keys(let keys, let issuers, let audiences):
            // What is no token is told by whoever wants one.
            guard let token = session.token else { return nil }
            let policy = TokenPolicy(now: now, issuers: issuers, audiences: audiences)
            let refusals = TokenVerifier(keys: keys, policy: policy).verify(token).refusals
            return refusals.isEmpty ? nil : "its token is not accepted: " + Self.words(refusals)
        }
    }

    private static func words(_ refusals: [TokenRefusal]) -> String {
        refusals.map { refusal in
            (refusal.name.map { EscapedName.text(of: $0.bytes) + ": " } ?? "") + refusal.message
        }.joined(separator: "; ")
    }
}
