/// Finds `password` in `scheme://user:password@host` and the values of secret parameters behind it
/// (RFC 3986 §3.2.1, §3.4).
enum SecretsInURLs {
    /// The places in `text`, in order.
    static func places(in text: [UInt8]) -> [Range<Int>] {
        var places: [Range<Int>] = []
        var position = 0
        while let start = authority(in: text, from: position) {
            let end = text[start...].firstIndex(where: endsURL) ?? text.count
            if let password = password(in: text[start..<end]) { places.append(password) }
            places += parameters(in: text[(places.last?.upperBound ?? start)..<end].drop { $0 != UInt8(ascii: "?") })
            position = end
        }
        return places
    }

    /// The first place behind `://`.
    private static func authority(in text: [UInt8], from position: Int) -> Int? {
        var index = position
        while index + 2 < text.count {
            if text[index] == UInt8(ascii: ":"), text[index + 1] == UInt8(ascii: "/"),
                text[index + 2] == UInt8(ascii: "/")
            {
                return index + 3
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
    private static func password(in url: ArraySlice<UInt8>) -> Range<Int>? {
        let delimiters = Array("/?#".utf8)
        let authority = url.prefix { !delimiters.contains($0) }
        let host = authority.lastIndex(of: UInt8(ascii: "@")) ?? unencodedEnd(of: authority, in: url)
        guard let host else { return nil }
        let user = url[..<host]
        if let colon = user.firstIndex(of: UInt8(ascii: ":")) { return colon + 1 < host ? colon + 1..<host : nil }
        return SecretPolicy.isSecret(text: String(decoding: user, as: UTF8.self)) ? user.indices : nil
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
