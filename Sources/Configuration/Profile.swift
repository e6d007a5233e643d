/// A connection that has a name.
///
/// What it says is what the flag of the same name would say; what it does not say is nil or empty.
package struct Profile: Equatable, Sendable {
    /// Where a password is; never the password itself.
    package enum PasswordSource: Equatable, Sendable {
        /// A file as it is named in the profile.
        case file(String)
        /// A variable of the environment.
        case variable(String)
    }

    package let name: String
    /// Where it begins in the file, from 1.
    package let line: Int
    package var url: String?
    package var host: String?
    package var port: Int?
    package var socket: String?
    package var database: Int?
    package var user: String?
    package var password: PasswordSource?
    /// Seconds.
    package var connectTimeout: Double?
    /// Seconds.
    package var timeout: Double?
    package var namespaces: [String] = []
    /// Seconds.
    package var maxInactiveInterval: Int64?
    package var jwtKeys: [String] = []
    /// Whether sessions are changed only where somebody says so.
    package var isProduction = false
    /// Whether no session is changed.
    package var isReadOnly = false
    /// The lines of its keys, for what is wrong with a value.
    package var lines: [ProfileKey: Int] = [:]

    init(name: String, line: Int) {
        self.name = name
        self.line = line
    }
}

/// What a profile may say.
package enum ProfileKey: String, CaseIterable, Sendable {
    case url, host, port, socket, db, user
    case passwordFile = "password-file"
    case passwordEnv = "password-env"
    case connectTimeout = "connect-timeout"
    case timeout, namespace
    case maxInactiveInterval = "max-inactive-interval"
    case jwtKeys = "jwt-keys"
    case production
    case readOnly = "read-only"
}
