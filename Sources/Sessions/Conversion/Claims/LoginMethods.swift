/// How somebody logged in, in the words of RFC 8176 §2, as far as the session tells.
enum LoginMethods {
    /// Of factors as Spring Security 7 grants them.
    private static let factors = [
        "FACTOR_PASSWORD": "pwd", "FACTOR_OTT": "otp", "FACTOR_WEBAUTHN": "pop", "FACTOR_X509": "pop",
    ]
    /// Of the servlet specification's `getAuthType`.
    private static let types = ["FORM": "pwd", "BASIC": "pwd", "DIGEST": "pwd", "CLIENT_CERT": "pop"]

    /// The words, each once; none where nothing is known.
    static func words(for authentication: Authentication, authType: String?) -> [String] {
        var words = authentication.roles.compactMap { factors[$0] }
        if words.isEmpty, let word = authType.flatMap({ types[$0] }) { words = [word] }
        if words.isEmpty, authentication.className.hasSuffix(".UsernamePasswordAuthenticationToken") { words = ["pwd"] }
        var seen: Set<String> = []
        words = words.filter { seen.insert($0).inserted }
        return words.count > 1 ? words + ["mfa"] : words
    }
}
