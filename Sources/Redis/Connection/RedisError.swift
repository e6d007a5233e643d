/// Why a command could not be done, at which server. Holds no secret; `message` may hold the server's words, unescaped.
package struct RedisError: Error, Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        /// No connection: unknown host, refused, no such socket.
        case cannotConnect
        /// The server, or something between, closed a connection that worked.
        case connectionLost
        /// Not let in within the connect timeout, or no progress within the progress timeout.
        case timedOut
        /// Wrong or missing user or password.
        case authentication
        /// The user may not do this: ACL, protected mode, a command that was renamed or left out.
        case permission
        /// Any other error reply. `code` is its first word: `ERR`, `WRONGTYPE`, `LOADING`, …
        case server(code: String)
        /// What came is no Redis protocol.
        case protocolViolation
        /// More came than the limits of what was asked allow. The connection is closed; `reopen` makes it good again.
        case overLimit
        /// The caller's interruption said so (Ctrl-C).
        case interrupted
    }

    /// How the answer to a command begins that the server does not have.
    package static let unknownCommand = "ERR unknown command"

    package let kind: Kind
    package let endpoint: RedisEndpoint
    /// What we were doing: a command's name, or `connect`.
    package let command: String
    package let message: String
}

extension RedisError: CustomStringConvertible {
    package var description: String { "\(endpoint): \(command): \(message)" }
}

extension RedisError {
    /// Whether the user may run the command, but not on this key.
    package var isAboutTheKeyOnly: Bool {
        // "NOPERM this user has no permissions to access one of the keys…", since Redis 7.2 "NOPERM No permissions to access a key".
        kind == .permission && message.hasPrefix("NOPERM") && message.utf8.contains(Array(" to access ".utf8))
    }

    /// Whether the key is of another type than the command is for.
    package var isAboutTheType: Bool { kind == .server(code: "WRONGTYPE") }

    /// A failure below the connection, which adds where and during what.
    struct Cause: Error {
        let kind: Kind
        let message: String
    }
}
