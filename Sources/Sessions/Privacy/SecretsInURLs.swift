/// Finds `password` in `scheme://user:password@host`, `token` in `https://token@host`, and the values of secret parameters behind it
/// (RFC 3986 §3.2.1, §3.4).
enum SecretsInURLs {
    /// The places in `text`, in order.
    static func places(in text: [UInt8]) -> [Range<Int>] {
        var places: [Range<Int>] = []
        var position = 0
        while let start = authority(in: text, from: position) {
            let end = text[start...].firstIndex(where: endsURL) ?? text.count
            let hasScheme = start > 2 && text[start - 3] == UInt8(ascii: ":")
            if let password = password(in: text[start..<end], scheme: hasScheme ? scheme(before: start, in: text) : [])
            {
                places.append(password)
            }
            places += parameters(in: text[(places.last?.upperBound ?? start)..<end].drop { $0 != UInt8(ascii: "?") })
            position = end
        }
        return places
    }

    /// Whether `//name` stands before the colon at `index`, and nothing of a URL before that: a reference without a scheme.
    static func isPassword(behind index: Int, in text: borrowing Span<UInt8>) -> Bool {
        var start = index
        while start > 0, index - start < 64, SecretsInAssignments.isNameByte(text[start - 1]) { start -= 1 }
        return start > 1 && text[start - 1] == 0x2F && text[start - 2] == 0x2F
            && (start == 2 || isBeforeReference(text[start - 3]))
    }

    private static func isBeforeReference(_ byte: UInt8) -> Bool {
        byte <= 0x20 || [UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "="), UInt8(ascii: "(")].contains(byte)
    }

    /// The first place behind `://`, or behind `//` where a reference without a scheme begins.
    private static func authority(in text: [UInt8], from position: Int) -> Int? {
        var index = position
        while index + 2 < text.count {
            if text[index] == UInt8(ascii: ":"), text[index + 1] == UInt8(ascii: "/"),
                text[index + 2] == UInt8(ascii: "/")
            {
                return index + 3
            }
            if text[index] == UInt8(ascii: "/"), text[index + 1] == UInt8(ascii: "/"),
                index == 0 || isBeforeReference(text[index - 1])
            {
                return index + 2
            }
            index += 1
        }
        return nil
    }

    private static func endsURL(_ byte: UInt8) -> Bool {
        byte <= 0x20 || [UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "<"), UInt8(ascii: ">")].contains(byte)
    }

    /// The password of what stands between `://` and the end of the URL.
    ///
    /// A slash ends the authority, but people forget to encode one in a password: then no port's digits are in front
    /// of it.
    ///
    /// - Parameter scheme: says whether what stands alone before the host is a credential.
    private static func password(in url: ArraySlice<UInt8>, scheme: [UInt8]) -> Range<Int>? {
        let delimiters = Array("/?#".utf8)
        let authority = url.prefix { !delimiters.contains($0) }
        let host = authority.lastIndex(of: UInt8(ascii: "@")) ?? unencodedEnd(of: authority, in: url)
        guard let host else { return nil }
        let user = url[..<host]
        if let colon = user.firstIndex(of: UInt8(ascii: ":")) { return colon + 1 < host ? colon + 1..<host : nil }
        return isCredential(user, scheme) ? user.indices : nil
    }

    /// Schemes of which what stands alone before the host is mostly a token: of git servers, of DSNs. Of others, such as ssh, ftp,
    /// imap and databases, it is the name of a user.
    private static let tokenSchemes = ["http", "https", "ws", "wss", "git", "amqp", "amqps"].map { Array($0.utf8) }
    /// Schemes of which it is the password, as clients of Redis have it.
    private static let passwordSchemes = ["redis", "rediss", "valkey", "valkeys"].map { Array($0.utf8) }

    private static func isCredential(_ user: ArraySlice<UInt8>, _ scheme: [UInt8]) -> Bool {
        guard !user.isEmpty else { return false }
        if passwordSchemes.contains(scheme) { return true }
        let text = String(decoding: user, as: UTF8.self)
        return SecretPolicy.isSecret(text: text) || tokenSchemes.contains(scheme) && !isName(user)
    }

    /// What a token hardly is: a few small letters, such as `alice`, `git` or `first.last`, and none of the words for secrets.
    private static func isName(_ user: ArraySlice<UInt8>) -> Bool {
        user.count <= 20 && user.allSatisfy { (0x61...0x7A).contains($0) || ".-_".utf8.contains($0) }
            && !SecretPolicy.isSecret(name: String(decoding: user, as: UTF8.self))
    }

    /// The letters before `://`, behind a `+` as in `git+https`.
    private static func scheme(before start: Int, in text: [UInt8]) -> [UInt8] {
        let letters = text[..<(start - 3)].suffix(8).reversed().prefix { (0x61...0x7A).contains($0 | 0x20) }
        return letters.reversed().map { $0 | 0x20 }
    }

    private static func unencodedEnd(of authority: ArraySlice<UInt8>, in url: ArraySlice<UInt8>) -> Int? {
        guard authority.first != UInt8(ascii: "["), let colon = authority.firstIndex(of: UInt8(ascii: ":")),
            !authority[colon...].dropFirst().allSatisfy({ 0x30...0x39 ~= $0 })
        else { return nil }
        return url.lastIndex(of: UInt8(ascii: "@"))
    }

    /// The values of `?name=value&name=value` whose names are those of secrets.
    private static func parameters(in query: ArraySlice<UInt8>) -> [Range<Int>] {
        let separators = Array("?&;#".utf8)
        return query.split(whereSeparator: { separators.contains($0) }).compactMap { parameter in
            guard let equals = parameter.firstIndex(of: UInt8(ascii: "=")), equals + 1 < parameter.endIndex,
                SecretPolicy.isSecret(name: String(decoding: parameter[..<equals], as: UTF8.self))
                    || SecretPolicy.isSecret(text: String(decoding: parameter[(equals + 1)...], as: UTF8.self))
            else { return nil }
            return equals + 1..<parameter.endIndex
        }
    }
}
