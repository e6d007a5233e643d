extension RedisError.Cause {
    /// What an error reply means. `line` is the reply's text: a code, a space, words.
    init(errorReply line: String) {
        let code = String(line.prefix { $0 != " " }.prefix(40))
        let message = line.count > 500 ? line.prefix(500) + "…" : line
        self.init(kind: Self.kind(code: code, line: line), message: message)
    }

    private static func kind(code: String, line: String) -> RedisError.Kind {
        switch code {
        case "NOAUTH", "WRONGPASS": .authentication
        case "NOPERM", "DENIED", "-DENIED": .permission
        // Before Redis 6 these had no code of their own.
        case "ERR" where isAboutAuthentication(line): .authentication
        default: .server(code: code)
        }
    }

    private static func isAboutAuthentication(_ line: String) -> Bool {
        ["ERR invalid password", "ERR operation not permitted", "ERR AUTH", "ERR Client sent AUTH"]
            .contains { line.hasPrefix($0) }
            || line.hasPrefix("ERR wrong number of arguments for 'auth'")
    }

    /// The same without a password: old servers quote the arguments of a command that they do not know.
    func hiding(_ secret: Secret?) -> RedisError.Cause {
        guard let secret, !message.isEmpty else { return self }
        let isQuoted = secret.withBytes { message.utf8.contains($0) }
        guard isQuoted else { return self }
        let code = message.prefix { $0 != " " }
        return RedisError.Cause(kind: kind, message: "\(code) (the server's words quote the password)")
    }
}

extension Collection where Element == UInt8 {
    /// Whether `part` occurs in these bytes. The empty part does not.
    fileprivate func contains(_ part: [UInt8]) -> Bool {
        !part.isEmpty && indices.contains { self[$0...].starts(with: part) }
    }
}
