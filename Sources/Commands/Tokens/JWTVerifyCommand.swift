import ArgumentParser
import Sessions
import Terminal
import Tokens

/// The forms of `jwt verify`.
enum JWTVerifyForms: CommandForms {
    static let all: [OutputForm] = [.table, .tsv, .csv, .json, .jsonl]
}

/// `jwt verify`: whether tokens are to be accepted.
struct JWTVerifyCommand: Subcommand {
    static let withoutServer: String? = "jwt verify needs no server"

    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Judge tokens by a key and by what is asked of them.",
        usage:
            "sessionctl jwt verify TOKEN ... (--pem FILE | --jwk FILE | --secret-file FILE) [--iss ISSUER] [-o FORM]",
        discussion: """
            TOKEN is a JSON Web Token, a file with one a line, or - for standard input; white space around it and the word Bearer \
            before it are left out. It is valid if its signature was made with the key and nothing speaks against it by RFC 7519 \
            and RFC 8725; otherwise every reason is told. Exit status 1 means that one at least was refused.

            The key pins the algorithm: a public key never checks an HMAC, and what alg says is only compared. Secrets have 32 \
            bytes at least, RSA keys 2048 bits. Keys that come with a token (jwk, x5c) are not used, URLs (jku, x5u) not fetched; \
            kid chooses among the keys that were given, and one that none of them has is refused. Encrypted tokens (JWE) are \
            named as such and not verified.

            exp, nbf and iat are compared with the time, iss, aud and typ only where they are asked for; that they were not is \
            told.

            Examples:
              sessionctl jwt verify --pem public.pem token.jwt
              sessionctl jwt verify --jwk jwks.json --iss https://idp.invalid - < tokens
              sessionctl jwt verify --secret-file secret.bin --alg HS256 secret.jwt
              sessionctl jwt verify --pem public.pem --require jti --leeway 30s token.jwt
            """)

    @Argument(
        help: ArgumentHelp("Token, file with tokens, or - for standard input.", valueName: "token"),
        completion: .file())
    var tokens: [String]

    @OptionGroup(title: "Key") var key: TokenKeyOptions
    @OptionGroup(title: "What is asked for") var policy: TokenPolicyOptions
    @OptionGroup(title: "Output") var form: FormOptions<JWTVerifyForms>
    @OptionGroup(title: "Output") var output: OutputOptions

    mutating func run(in context: CommandContext) throws -> ExitStatus {
        let source = try key.requiredSource(in: context)
        guard !source.isStandardInput || !tokens.contains("-") else {
            throw Failure.usage("standard input is for the key or for tokens, and both were asked for")
        }
        let policy = try policy.policy(now: context.clock())
        let keys = try source.read(in: context)
        let verifier = TokenVerifier(keys: keys.keys, policy: policy)
        let given = try GivenTokens(tokens, in: context)
        var writer = VerdictWriter(form.form(onTerminal: .table, inPipe: .tsv, context: context), output, context)
        var (refused, isForged) = (0, false)
        for token in given.tokens {
            guard context.output.wantsMore, !context.isInterrupted() else { return .interrupted }
            let verdict = verifier.verify(token)
            writer.write(verdict)
            if verdict.token == nil { refused += 1 }
            isForged = isForged || verdict.refusals.contains { $0.reason == .signature }
        }
        writer.finish()
        conclude(keys, given.tokens.count, refused, isForged, context)
        return refused == 0 ? .done : .notFound
    }

    private func conclude(
        _ keys: GivenKeys, _ count: Int, _ refused: Int, _ isForged: Bool, _ context: CommandContext
    ) {
        if isForged, keys.endsInLineFeed {
            context.say("the secret ends in a line feed, which is part of it: printf, unlike echo, writes none")
        }
        guard !output.quiet else { return }
        for key in keys.keys.refused {
            let name = key.id.map { "'\(EscapedName.text(of: $0.bytes))'" } ?? "without a kid"
            context.say("a key \(name) of the set is not used: \(key.problem)")
        }
        if count > 1 { context.say("\(count) tokens, \(refused) refused") }
    }
}
