import ArgumentParser
import Redis
import SessionStorage
import Sessions
import Terminal
import Tokens

/// The forms of `jwt check`.
enum JWTCheckForms: CommandForms {
    static let all: [OutputForm] = [.table, .tsv, .csv, .json, .jsonl]
}

/// `jwt check`: what Redis says of tokens.
struct JWTCheckCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Ask Redis whether tokens are revoked.",
        usage: "sessionctl jwt check (TOKEN | jti:ID | sid:ID) ... [-o FORM] [CONNECTION]",
        discussion: """
            TOKEN is a JSON Web Token, a file with one a line, or - for standard input. The keys that an application keeps about it \
            are asked (help jwt-keys): deny-list, allow-list, cut-off, version, family and index. Nothing is written. The verdict is \
            allowed, revoked, not-listed (an allow-list is kept, and the token is not on it), expired, or unknown where a key cannot \
            be read; every reason stands beside it, with the key and how long that lives.

            With --jwt-keys allow=TEMPLATE it is known that an allow-list is kept, with an empty one that none is; else any entry in \
            the database tells, for which all keys are looked through. They are, too, for the entry of a token of which only the id \
            is named.

            Redis says nothing of signatures: with a key the token is verified as well, as jwt verify does it, and refused is then \
            one more verdict. Exit status 1 means that one at least is not to be accepted.

            Examples:
              sessionctl jwt check jti:b --jwt-keys 'allow=' -o json
              sessionctl jwt check - --jwt-keys 'deny=gone:{jti}' --jwt-keys 'allow=' < ids
              sessionctl jwt check token.jwt --pem public.pem --jwt-keys 'allow='
            """)

    @Argument(
        help: ArgumentHelp("Token, file with tokens, jti:ID, sid:ID, or - for standard input.", valueName: "token"),
        completion: .file())
    var tokens: [String]

    @OptionGroup(title: "Key") var key: TokenKeyOptions
    @OptionGroup(title: "What is asked for") var policy: TokenPolicyOptions
    @OptionGroup(title: "Output") var form: FormOptions<JWTCheckForms>
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Connection") var connection: ConnectionOptions

    mutating func run(in context: CommandContext) throws -> ExitStatus {
        let verifier = try verifier(in: context)
        let words = try words(in: context)
        let store = try context.openStore(connection)
        // Lives of keys are counted by the server's clock, and compared with the ends of tokens.
        let asked = context.clock()
        store.clockOffset = try ChangeServer.time(of: store.connection, orElse: asked) - asked
        let warning = try EvictionWarning(of: store, try Self.info(of: store))
        let job = CheckJob(context: context, store: store, verifier: verifier, quiet: output.quiet)
        var writer = CheckWriter(form.form(onTerminal: .table, inPipe: .tsv, context: context), output, context)
        let status = try job.run(words) { writer.write($0) }
        writer.finish()
        if let text = warning.text { context.say(text) }
        if verifier == nil, !output.quiet {
            context.say("only Redis was asked: signatures are verified with --pem, --jwk or --secret-file")
        }
        return status
    }

    private static func info(of store: SessionStore) throws(StorageError) -> ServerInfo {
        do throws(RedisError) {
            return try ServerInfo(of: store.connection)
        } catch {
            throw .redis(error)
        }
    }

    /// Nil where no key was given.
    private func verifier(in context: CommandContext) throws -> TokenVerifier? {
        guard let source = try key.source(in: context) else {
            guard policy.isEmpty else {
                throw Failure.usage(
                    "what is asked of tokens is compared where they are verified, and no key was given",
                    advice: "--pem FILE, --jwk FILE or --secret-file FILE")
            }
            return nil
        }
        guard !source.isStandardInput || !tokens.contains("-") else {
            throw Failure.usage("standard input is for the key or for tokens, and both were asked for")
        }
        return TokenVerifier(
            keys: try source.read(in: context).keys, policy: try policy.policy(now: context.clock()))
    }

    private func words(in context: CommandContext) throws(Failure) -> [TokenWords.Word] {
        let words = try TokenWords(tokens, in: context).words
        for word in words {
            switch word {
            case .token, .id: continue
            case .user, .family:
                throw .usage(
                    "jwt check is about tokens, and a user or a family was named",
                    advice: "sessionctl keys user:NAME shows what Redis keeps about a user's tokens")
            }
        }
        return words
    }
}
