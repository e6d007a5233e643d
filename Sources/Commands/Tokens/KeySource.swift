import Sessions
import Tokens

/// Where a key is: in a file, in the environment or on standard input, and never in the words of the command line, which
/// everybody on the machine can read.
struct KeySource {
    /// How the key is written.
    enum Form: String {
        /// PEM text with one key or several.
        case pem = "--pem"
        /// A JSON Web Key, or a set of them.
        case jwk = "--jwk"
        /// The bytes of a shared secret.
        case secret = "--secret-file"
    }

    let form: Form
    /// `FILE`, `env:NAME` or `-`.
    let word: String

    /// Whether it is on standard input.
    var isStandardInput: Bool { word == "-" }

    /// The keys, and the bytes that they were read from.
    func read(in context: CommandContext) throws(Failure) -> GivenKeys {
        let bytes = try bytes(in: context)
        do throws(TokenError) {
            let keys =
                switch form {
                case .pem: try KeySet.pem(bytes)
                case .jwk: try KeySet.jwk(bytes)
                case .secret: try KeySet.secret(bytes)
                }
            return GivenKeys(keys: keys, endsInLineFeed: form == .secret && bytes.last == UInt8(ascii: "\n"))
        } catch {
            throw .usage("\(form.rawValue): \(error)")
        }
    }

    private func bytes(in context: CommandContext) throws(Failure) -> [UInt8] {
        if let name = word.rest(behind: "env:") {
            guard let value = context.environment[name] else {
                throw .usage("\(form.rawValue): the environment has no variable '\(name)'")
            }
            return Array(value.utf8)
        }
        guard !looksLikeKey else {
            throw .usage(
                "\(form.rawValue) names where the key is, and the key itself was given: it may have been seen already",
                advice: "give a file, env:NAME for a variable of the environment, or - for standard input")
        }
        // What was not found may be the secret itself, so it is not repeated.
        return try InputBytes.contents(ofFile: word, called: "the file of \(form.rawValue)", atMost: 1 << 20)
    }

    private var looksLikeKey: Bool {
        word.contains("-----BEGIN") || word.drop { $0.isWhitespace }.hasPrefix("{") || word.contains("\n")
    }
}

/// Keys as a command was given them.
struct GivenKeys {
    let keys: KeySet
    /// Whether a secret ends in a line feed, which editors and `echo` write and which is part of it.
    let endsInLineFeed: Bool
}
