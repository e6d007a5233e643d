extension JWTInspection {
    /// The length alone tells a cut signature, and one in another encoding (RFC 7518 §3, RFC 8037 §3.1).
    mutating func inspectSignature() {
        let count = token.signature.count
        if count == 0 {
            let what = token.isEncrypted ? "authentication tag" : "signature"
            return add(.signatureEmpty, .signature, nil, "the token has no \(what)")
        }
        guard !token.isEncrypted, let name = header("alg")?.string?.text else { return }
        if JWTAlgorithm.canSign(name, bytes: count) == false {
            add(.signatureLength, .signature, nil, "\(count) bytes is no length of a signature of its algorithm")
        }
    }
}
