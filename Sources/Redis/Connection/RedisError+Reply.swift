extension RedisError.Cause {
    /// What an error reply means. `line` is the reply's text: a code, a space, words.
    init(errorReply line: String) {
        let code = String(line.prefix { $0 != " " }.prefix(40))
        let kind = Self.kind(code: code, line: line)
        // Behind the name of a command that it does not know the server quotes arguments, which are nobody's business.
        let told = line.hasPrefix(RedisError.unknownCommand) ? line.prefix { $0 != "," } : line[...]
        self.init(kind: kind, message: told.count > 500 ? told.prefix(500) + "…" : String(told))
    }

    private static func kind(code: String, line: String) -> RedisError.Kind {
        switch code {
        case "NOAUTH", "WRONGPASS": .authentication
        case "NOPERM", "DENIED": .permission
        case "ERR" where line.hasPrefix("ERR max number of clients"): .cannotConnect
        // Whoever runs the server has renamed it (rename-command), or sells the server without it.
        case "ERR" where line.hasPrefix(RedisError.unknownCommand): .permission
        // Before Redis 6 these had no code of their own.
        case "ERR" where isAboutAuthentication(line): .authentication
        default: .server(code: code)
        }
    }

    private static func isAboutAuthentication(_ line: String) -> Bool {
        [
            "ERR invalid password", "ERR AUTH ", "ERR Client sent AUTH", "ERR wrong number of arguments for 'auth'",
        ].contains { line.hasPrefix($0) }
    }

    /// The same without a password: servers quote the first bytes of the arguments of a command that they do not know.
    func hiding(_ secret: Secret?) -> RedisError.Cause {
        guard let secret, kind != .authentication else { return self }
        let isQuoted = message.hasPrefix(RedisError.unknownCommand) || secret.withBytes { message.utf8.contains($0) }
        guard isQuoted else { return self }
        return RedisError.Cause(kind: kind, message: "refused; the server's words may quote the password")
    }
}

extension Collection where Element == UInt8 {
    /// Whether `part` occurs in these bytes. The empty part does not.
    func contains(_ part: [UInt8]) -> Bool {
        !part.isEmpty && indices.contains { self[$0...].starts(with: part) }
    }
}
