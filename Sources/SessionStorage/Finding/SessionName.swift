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
        for (prefix, form) in forms {
            guard let name = word.rest(behind: prefix) else { continue }
            self = form(name)
            return
        }
        self = .any(word)
    }
}
