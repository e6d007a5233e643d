import Sessions

/// What a user may call a session.
package enum SessionName: Hashable, Sendable {
    /// An id, a cookie's value, a key or a unique prefix: whichever fits first.
    case any(String)
    /// `id:` an id and nothing else.
    case id(String)
    /// `cookie:` the value of a session cookie.
    case cookie(String)
    /// `key:` a Redis key.
    case key(String)
    /// `user:` a principal: all of its sessions.
    case user(String)

    /// Shortest prefix of an id that names a session.
    package static let minimumPrefix = 6

    /// Understands a word of the command line.
    package init(_ word: String) {
        let forms: [(String, (String) -> SessionName)] = [
            ("id:", SessionName.id), ("cookie:", SessionName.cookie), ("key:", SessionName.key),
            ("user:", SessionName.user),
        ]
        for (prefix, form) in forms where word.hasPrefix(prefix) {
            self = form(String(word.dropFirst(prefix.count)))
            return
        }
        self = .any(word)
    }
}

/// The ids that a cookie's value may stand for.
///
/// Spring's `SESSION` is the Base64 of the id since 2.0 and the plain id before; `JSESSIONID` is the id, and both may carry
/// `.route`; browsers and proxies may have URL-encoded either (session-formats, ch. 5.3 and 3.1).
enum CookieValue {
    static func ids(in value: String) -> [[UInt8]] {
        let raw = Array(value.utf8)
        let plain = [raw, percentDecoded(raw)].flatMap { [$0] + withoutRoute($0) }
        let encoded = plain.compactMap { base64Decoded($0) }.flatMap { [$0] + withoutRoute($0) }
        var seen: Set<[UInt8]> = []
        return (plain + encoded).filter { seen.insert($0).inserted }
    }

    /// Without what stands behind the last dot, and behind the first: a route may have dots, or stand there twice.
    private static func withoutRoute(_ value: [UInt8]) -> [[UInt8]] {
        let dot = UInt8(ascii: ".")
        return [value.lastIndex(of: dot), value.firstIndex(of: dot)].compactMap { $0 }.filter { $0 > 0 }
            .map { Array(value[..<$0]) }
    }

    /// Ids are text: what decodes to something else was no Base64.
    private static func base64Decoded(_ value: [UInt8]) -> [UInt8]? {
        guard let id = try? Base64.decode(value), !id.isEmpty, String(validating: id, as: UTF8.self) != nil else {
            return nil
        }
        return id
    }

    private static func percentDecoded(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let pair = try? Hexadecimal.decode(bytes[index + 1...index + 2]), pair.count == 1
            {
                result.append(pair[0])
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }
}
