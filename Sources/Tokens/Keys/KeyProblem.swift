package import Sessions

/// Why a key is not used. No case holds anything that was read from the key.
package enum KeyProblem: Hashable, Sendable {
    /// The text is no JSON, or passes a limit.
    case notJSON(SessionError)
    /// The JSON is neither a key nor a set of keys (RFC 7517 §4, §5).
    case notAKey
    /// A member twice (RFC 7517 §4).
    case duplicateMember
    /// A member that must be there.
    case missing(String)
    /// A member that is not as its specification says: its name, and what it must be.
    case malformed(String, String)
    /// A kind of key that no signature is verified with here.
    case unsupported(String)
    /// `use` or `key_ops` keep the key from signatures (RFC 7517 §4.2, §4.3).
    case notForSignatures
    /// `alg` names no signature algorithm, or one that is not for this key.
    case wrongAlgorithm
    /// An HMAC secret shorter than the hash's output (RFC 7518 §3.2).
    case shortSecret(bytes: Int)
    /// An HMAC secret of so few different bytes that it was typed, and can be guessed (RFC 8725 §3.5).
    case repetitiveSecret
    /// A key whose public part everybody has, offered as an HMAC secret (RFC 8725 §2.1).
    case secretIsAKey
    /// An RSA key that swift-crypto refuses: below 2048 bits (RFC 7518 §3.3), or an exponent that is even or 1.
    case weakRSA
    /// An RSA key whose prime numbers can be computed (CVE-2017-15361).
    case guessableRSA
    /// A point that is not on its curve, or one of small order (RFC 8725 §3.4).
    case invalidPoint
    /// The private part does not belong to the public one.
    case notAPair
    /// The text has no PEM block that holds a key (RFC 7468).
    case noPEM
    /// A PEM block without an end, or with something else than Base64 in it.
    case malformedPEM
    /// The bytes in the PEM block are not the structure that its label says.
    case malformedDER
    /// A certificate.
    case certificate
    /// A private key behind a passphrase.
    case encrypted
    /// A private key in OpenSSH's own form.
    case openSSH
    /// No key at all.
    case empty
    /// Two keys of one id: which is meant is not certain.
    case duplicateID
    /// Shared secrets beside public keys in one set.
    case mixedSet
    /// No key of the set can be used; the reason of the first.
    indirect case noneUsable(KeyProblem)
}

extension KeyProblem {
    /// Whether the key may well be right, and is for something else than the signatures of tokens.
    var isAboutPurpose: Bool {
        switch self {
        case .notForSignatures, .wrongAlgorithm, .unsupported: true
        default: false
        }
    }
}

extension KeyProblem: CustomStringConvertible {
    /// What is wrong and, where there is a way, what to do.
    package var description: String {
        switch self {
        case .notJSON(let error): "the key is no JSON: \(error)"
        case .notAKey: "the JSON is neither a key with kty nor a set of keys"
        case .duplicateMember: "the key has a member twice"
        case .missing(let name): "the key has no \(name)"
        case .malformed(let name, let form): "\(name) of the key must be \(form)"
        case .unsupported(let what): "\(what), which no token is verified with here"
        case .notForSignatures: "use or key_ops say that the key is not for signatures"
        case .wrongAlgorithm: "alg of the key is no signature algorithm of such a key"
        case .shortSecret(let count):
            "the secret has \(count) bytes; HS256 needs 32, HS384 48 and HS512 64 at least (RFC 7518 §3.2)"
        case .repetitiveSecret:
            "the secret has so few different bytes that it can be guessed; make one of chance: openssl rand -out secret.bin 64"
        case .secretIsAKey: "a PEM, DER or JSON key is no secret: with a public one everybody could sign"
        case .weakRSA: "the RSA key is malformed, has fewer than 2048 bits or an exponent that protects nothing"
        case .guessableRSA: "the RSA key comes from a generator whose keys can be broken (ROCA, CVE-2017-15361)"
        case .invalidPoint: "the key is no valid point of its curve"
        case .notAPair: "the private part of the key does not belong to its public part"
        case .noPEM, .malformedPEM, .malformedDER, .certificate, .encrypted, .openSSH: textOfPEM
        case .empty: "there is no key"
        case .duplicateID: "two keys have the same kid"
        case .mixedSet: "the set mixes shared secrets with public keys; keep them in files of their own"
        case .noneUsable(let first): "none of the keys can be used; the first one: \(first)"
        }
    }

    private var textOfPEM: String {
        switch self {
        case .malformedPEM: "the PEM text is damaged"
        case .malformedDER: "the bytes in the PEM text are not the key that its label says"
        case .certificate:
            "this is a certificate; take the key out of it: openssl x509 -in cert.pem -noout -pubkey > key.pem"
        case .encrypted: "the private key has a passphrase; take it off: openssl pkey -in key.pem -out plain.pem"
        case .openSSH: "the key is in OpenSSH's form; turn a copy into PEM: ssh-keygen -p -m PKCS8 -f copy"
        default: "there is no PEM block with a key"
        }
    }
}
