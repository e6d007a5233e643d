/// What is wrong with the configuration, and where.
package struct ConfigurationError: Error, Equatable {
    /// The file.
    package let path: String
    /// The line, from 1; nil where it is the file as a whole.
    package let line: Int?
    /// What is wrong; holds no value that may be secret.
    package let message: String
    /// What to do about it.
    package var advice: String?
    /// A word that does not exist, and those that there are.
    package var unknown: Unknown?

    package struct Unknown: Equatable, Sendable {
        package let word: String
        package let known: [String]
    }

    package init(_ path: String, line: Int? = nil, _ message: String, advice: String? = nil, unknown: Unknown? = nil) {
        (self.path, self.line, self.message) = (path, line, message)
        (self.advice, self.unknown) = (advice, unknown)
    }
}
