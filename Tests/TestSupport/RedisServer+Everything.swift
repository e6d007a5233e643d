extension RedisServer {
    /// The value and the end of every key, as DEBUG DIGEST-VALUE and PEXPIRETIME tell them: equal where nothing was changed.
    ///
    /// The server must allow DEBUG.
    package func everything() throws -> [[UInt8]: [RespValue]] {
        let client = try client()
        guard case .array(let keys) = try client.command([Array("KEYS".utf8), Array("*".utf8)]) else {
            throw FixtureError("an answer to KEYS that is none")
        }
        var all: [[UInt8]: [RespValue]] = [:]
        for case .string(let key) in keys {
            all[key] = [
                try client.command([Array("DEBUG".utf8), Array("DIGEST-VALUE".utf8), key]),
                try client.command([Array("PEXPIRETIME".utf8), key]),
            ]
        }
        return all
    }
}
