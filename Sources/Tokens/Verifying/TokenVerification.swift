internal import Sessions

/// One token on its way to a verdict.
struct TokenVerification {
    let token: JWT
    let policy: TokenPolicy
    /// What shows without a key. Times are judged by the policy instead.
    let findings: [JWTFinding]
    private let bytes: [UInt8]
    private(set) var refusals: [TokenRefusal] = []
    /// Set by a signature that holds and by nothing else.
    private var signedBy: (key: TokenKey, algorithm: SignatureAlgorithm)?

    init(_ token: JWT, _ bytes: [UInt8], _ policy: TokenPolicy) {
        self.token = token
        self.bytes = bytes
        self.policy = policy
        findings = token.findings(now: nil)
    }

    mutating func refuse(
        _ reason: TokenRefusal.Reason, _ part: JWTFinding.Part, _ name: String? = nil, _ message: String
    ) {
        refusals.append(TokenRefusal(reason, part, name, message))
    }

    mutating func refuse(_ finding: JWTFinding) { refusals.append(TokenRefusal(finding)) }

    /// Whether it is a signed token at all; an encrypted one is told by its name and not looked at further.
    mutating func checkForm() -> Bool {
        if token.wrapping.range != 0..<bytes.count {
            refuse(.wrapped, .token, nil, "white space, quotation marks or Bearer stand around the token")
        }
        guard !token.isEncrypted else {
            refuse(.encrypted, .token, nil, "the token is encrypted (JWE, RFC 7516), which is not verified here")
            return false
        }
        for finding in findings where finding.isAgainstTheHeader { refuse(finding) }
        refusals += TokenRefusal.nestedDuplicates(in: token)
        return true
    }

    /// The signature over what was sent: header, dot and payload in their Base64url (RFC 7515 §5.2).
    mutating func checkSignature(_ keys: KeySet) {
        guard let algorithm = namedAlgorithm else { return refuseAlgorithm() }
        switch keys.choose(id: token.header.root["kid"]?.string, algorithm, among: policy.algorithms) {
        case .failure(let refusal): refusals.append(refusal.refusal)
        case .success(let keys):
            if let key = keys.first(where: { $0.material.isValid(token.signature, of: signedBytes, algorithm) }) {
                signedBy = (key, algorithm)
            } else if !refusals.contains(where: { $0.part == .signature }) {
                refuse(.signature, .signature, nil, "the signature was made with another key or of other content")
            }
        }
    }

    private var namedAlgorithm: SignatureAlgorithm? {
        token.header.root["alg"]?.string?.text.flatMap { SignatureAlgorithm(rawValue: $0) }
    }

    /// Most names that are no algorithm here were found already.
    private mutating func refuseAlgorithm() {
        guard !refusals.contains(where: { $0.name == JSONString("alg") }) else { return }
        refuse(.algorithm, .header, "alg", "no token is verified with this algorithm here")
    }

    private var signedBytes: [UInt8] {
        let range = token.wrapping.range
        let end = bytes[range].lastIndex(of: UInt8(ascii: ".")) ?? range.lowerBound
        return Array(bytes[range.lowerBound..<end])
    }

    /// Verified if a signature holds and nothing speaks against it.
    var verdict: TokenVerdict {
        guard refusals.isEmpty, let signedBy else {
            // A token without a valid signature always has a reason by now; this one is for a mistake of ours.
            let unsigned = TokenRefusal(.signature, .signature, nil, "no signature was verified")
            return .refused(refusals.isEmpty ? [unsigned] : refusals)
        }
        return .verified(
            VerifiedToken(
                token: token, algorithm: signedBy.algorithm, keyID: signedBy.key.id, notes: findings,
                unchecked: unchecked))
    }

    private var unchecked: [String] {
        var names: [String] = []
        if policy.issuers.isEmpty, claim("iss") != nil { names.append("iss") }
        if policy.audiences.isEmpty, claim("aud") != nil { names.append("aud") }
        if policy.type == nil, token.header.root["typ"] != nil { names.append("typ") }
        return names
    }

    /// The value of a claim.
    func claim(_ name: String) -> JSONNode? { token.claims?.last(named: JSONString(name)) }
}

extension JWTFinding {
    /// Whether it is a reason to refuse a signed token whatever its payload.
    var isAgainstTheHeader: Bool {
        switch code {
        // What is only remarkable to one who decodes: no key is for such an `alg`; a payload that is compressed (RFC
        // 8725 §3.6) or not encoded (RFC 7797 §7) is no claims.
        case .algorithmUnknown, .compressed, .unencodedPayload: true
        default: severity == .error && part != .payload
        }
    }

    /// Whether it is a reason to refuse a token for what its payload is.
    var isAgainstThePayload: Bool {
        switch code {
        case .payloadIsToken: true
        // Other claims are the business of whoever asks for them.
        case .wrongType where part == .payload: name.map { Self.registeredClaims.contains($0) } ?? true
        default: severity == .error && part == .payload
        }
    }

    /// RFC 7519 §4.1.
    private static let registeredClaims = Set(
        ["iss", "sub", "aud", "exp", "nbf", "iat", "jti"].map { JSONString($0) })
}
