import ArgumentParser
import Tokens

/// The keys that tokens are verified or signed with.
struct TokenKeyOptions: ParsableArguments {
    @Option(
        name: .customLong("pem"),
        help: ArgumentHelp("Keys in PEM: a file, env:NAME, or - for standard input.", valueName: "file"),
        completion: .file())
    var pem: String?

    @Option(
        name: .customLong("jwk"),
        help: ArgumentHelp("A JSON Web Key or a set of them: a file, env:NAME, or -.", valueName: "file"),
        completion: .file())
    var jwk: String?

    @Option(
        name: .customLong("secret-file"),
        help: ArgumentHelp(
            "A shared secret, all bytes of a file, of env:NAME, or of - as they are.", valueName: "file"),
        completion: .file())
    var secretFile: String?

    /// Where the keys are; nil where no option says it.
    func source(in context: CommandContext) throws(Failure) -> KeySource? {
        let given: [(KeySource.Form, String?)] = [(.pem, pem), (.jwk, jwk), (.secret, secretFile)]
        let sources = given.compactMap { form, word in word.map { KeySource(form: form, word: $0) } }
        guard sources.count < 2 else {
            let names = sources.map(\.form.rawValue).joined(separator: " and ")
            throw .usage(
                "\(names) contradict each other: give one of them", advice: "--jwk takes a set of several keys")
        }
        if let source = sources.first, source.isStandardInput { try context.requireStandardInput() }
        return sources.first
    }

    /// The same where there must be a key.
    func requiredSource(in context: CommandContext) throws(Failure) -> KeySource {
        guard let source = try source(in: context) else {
            throw .usage(
                "no key is given: nothing can be said of a signature without one",
                advice: "--pem FILE, --jwk FILE or --secret-file FILE; env:NAME and - instead of a file")
        }
        return source
    }
}

extension CommandContext {
    /// Throws where standard input is not the command's.
    func requireStandardInput() throws(Failure) {
        guard shell == nil else {
            throw .usage("in the shell, standard input is where the lines come from; give a file")
        }
    }
}
