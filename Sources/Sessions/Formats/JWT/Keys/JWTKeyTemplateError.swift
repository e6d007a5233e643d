/// Why a template of keys is none; the words name what there is.
public enum JWTKeyTemplateError: Error, Hashable, Sendable {
    /// A setting is no `PURPOSE=TEMPLATE`, or its purpose is unknown.
    case unknownPurpose(String)
    /// `{word}` is no placeholder.
    case unknownPlaceholder(String, String)
    /// The placeholder means nothing in keys of this purpose.
    case outOfPlace(String, String, JWTKeyPurpose)
    /// The placeholder by which keys of this purpose are found is missing.
    case incomplete(String, JWTKeyPurpose)
    /// Anything else: the template, and what is wrong.
    case invalid(String, String)
}

extension JWTKeyTemplateError: CustomStringConvertible {
    /// One line for people; it repeats what the user wrote.
    public var description: String {
        switch self {
        case .unknownPurpose(let setting):
            "'\(setting)' is not PURPOSE=TEMPLATE; the purposes are "
                + JWTKeyPurpose.allCases.map(\.rawValue).joined(separator: " ")
        case .unknownPlaceholder(let text, let word):
            "'\(text)': {\(word)} is no placeholder; they are " + Self.list(JWTKeyPlaceholder.allCases, " ")
        case .outOfPlace(let text, let word, let purpose):
            "'\(text)': \(word) means nothing in keys for \(purpose.rawValue); "
                + "there they have " + Self.list(purpose.allowed, " ")
        case .incomplete(let text, let purpose):
            "'\(text)': a template for \(purpose.rawValue) has " + Self.list(purpose.needed, " or ")
        case .invalid(let text, let reason): "'\(text)': \(reason)"
        }
    }

    private static func list(_ placeholders: [JWTKeyPlaceholder], _ separator: String) -> String {
        placeholders.map { "{\($0.rawValue)}" }.joined(separator: separator)
    }
}
