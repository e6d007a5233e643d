#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

extension RedisError.Cause {
    static func protocolViolation(_ message: String) -> RedisError.Cause {
        RedisError.Cause(kind: .protocolViolation, message: "the server broke the protocol: \(message)")
    }

    static func overLimit(_ message: String) -> RedisError.Cause {
        RedisError.Cause(kind: .overLimit, message: "the server's answer is too large: \(message)")
    }

    static var interrupted: RedisError.Cause {
        RedisError.Cause(kind: .interrupted, message: "interrupted")
    }

    static var closedByServer: RedisError.Cause {
        RedisError.Cause(kind: .connectionLost, message: "the server closed the connection")
    }

    static var closedBefore: RedisError.Cause {
        RedisError.Cause(kind: .connectionLost, message: "the connection is closed")
    }

    /// What the system says in `errno`.
    static func system(_ kind: RedisError.Kind, _ code: CInt) -> RedisError.Cause {
        RedisError.Cause(kind: kind, message: String(cString: strerror(code)))
    }
}
