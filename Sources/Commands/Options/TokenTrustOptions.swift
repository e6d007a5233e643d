import ArgumentParser
import Sessions
import Tokens

/// By what tokens are trusted that sessions are to be made of.
struct TokenTrustOptions: ParsableArguments {
    @OptionGroup var key: TokenKeyOptions
    @OptionGroup var policy: TokenPolicyOptions

    @Flag(help: "Take tokens without looking at their signatures: whoever can write to the source can become anybody.")
    var unverified = false

    /// What is trusted, as it is said, where sessions become others.
    func trust(for conversion: SessionConversion?, in context: CommandContext) throws -> TokenTrust {
        // Then the key signs, and what is asked for is said.
        if conversion?.isToTokens ?? false { return TokenTrust(way: .none) }
        let source = try key.source(in: context)
        guard conversion != nil || !unverified && source == nil && policy.isEmpty else {
            throw Failure.usage(
                "tokens are verified where sessions are made of them: --to says of which layout",
                advice: "without --to every key is written as it is")
        }
        guard !unverified else {
            guard source == nil, policy.isEmpty else {
                throw Failure.usage("--unverified looks at nothing: it contradicts keys and what is asked of tokens")
            }
            return TokenTrust(way: .unverified)
        }
        guard let source else {
            guard policy.isEmpty else {
                throw Failure.usage("what is asked of tokens is looked at where they are verified: give a key as well")
            }
            return TokenTrust(way: .none)
        }
        let policy = try self.policy.policy(now: context.clock())
        return TokenTrust(way: .keys(try source.read(in: context).keys, policy, isNow: self.policy.time == nil))
    }
}

/// Which tokens are trusted.
struct TokenTrust: Sendable {
    enum Way {
        /// None: nobody has said how.
        case none
        /// All, whatever their signatures.
        case unverified
        /// Those that a verifier takes with these keys; whether they are judged by the time at which they are read.
        case keys(KeySet, TokenPolicy, isNow: Bool)
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
        case .keys(let keys, var policy, let isNow):
            // What is no token is told by whoever wants one.
            guard let token = session.token else { return nil }
            if isNow { policy.now = now }
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
