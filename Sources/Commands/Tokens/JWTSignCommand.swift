import ArgumentParser
import Sessions
import Terminal
import Tokens

/// The forms of `jwt sign`.
enum JWTSignForms: CommandForms {
    static let all: [OutputForm] = [.text, .json]
}

/// `jwt sign`: a new token.
struct JWTSignCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "sign",
        abstract: "Make a token of claims, or of a session.",
        usage:
            "sessionctl jwt sign [FILE] (--pem FILE | --jwk FILE | --secret-file FILE) [--from SESSION] [--set PATH=VALUE] ... "
            + "[--expires-in DURATION] [-o FORM] [CONNECTION]",
        discussion: """
            The claims are a JSON object in a file or on standard input, those of a session (--from), or what --set says. The value \
            of --set is JSON where it is some, else text: --set admin=true, --set 'roles=["a"]', --set sub=alice, --set sub='"7"'. \
            Every token ends: exp is in the claims, or --expires-in sets it.

            The key signs with its one algorithm, or with the one that --alg names; keys are never words of the command line. \
            Refused are weak keys, claims that look like secrets (everybody who holds the token can read them), times that have \
            passed or are milliseconds, and whatever jwt verify would refuse. The token is shown as it is: whoever has it is who \
            it says.

            --from says a session as a token: the user as sub, roles (with their prefix ROLE_) as roles, SCOPE_x as scope, \
            attributes as attr:NAME, a hash of the id as sid, a random jti; exp is when the session would end. What has no form \
            in a token, or is secret, is left out, and named on standard error with all that changes its form. The session stays. \
            docs/tokens.md has the table.

            Examples:
              sessionctl jwt sign claims.json --pem private.pem
              sessionctl jwt sign --set sub=alice --expires-in 15m --pem private.pem
              sessionctl jwt sign claims.json --secret-file secret.bin --alg HS256
              sessionctl jwt sign --from 019FD27F --pem private.pem --expires-in 1h
              sessionctl jwt sign - --pem private.pem --typ at+jwt < claims.json
            """)

    @OptionGroup(title: "Claims") var claims: ClaimOptions

    @OptionGroup(title: "Key") var key: TokenKeyOptions

    @Option(
        name: .customLong("alg"),
        help: ArgumentHelp("The algorithm, where the key is for several.", valueName: "name"))
    var algorithm: AlgorithmWord?

    @Option(
        name: .customLong("kid"),
        help: ArgumentHelp(
            "The key of a set that signs; the kid of the token, where the key has none.", valueName: "id"))
    var keyID: String?

    @Option(name: .customLong("typ"), help: ArgumentHelp("The token's type, such as at+jwt.", valueName: "type"))
    var type = "JWT"

    @OptionGroup(title: "Output") var form: FormOptions<JWTSignForms>
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Connection") var connection: ConnectionOptions

    mutating func run(in context: CommandContext) throws -> ExitStatus {
        try claims.check()
        let source = try key.requiredSource(in: context)
        try requireOwnInputs(source, context)
        let key = try SigningKey(try source.read(in: context), id: keyID, algorithm?.algorithm)
        let made = try NewClaims(claims, connection, quiet: output.quiet, in: context)
        try ClaimChecks(now: context.clock()).require(made.json)
        let signed = SignedToken(token: try sign(made, key), algorithm: key.signer.algorithm, claims: made)
        signed.tell(in: context)
        signed.write(form.form(onTerminal: .text, inPipe: .text, context: context), in: context)
        return .done
    }

    private func requireOwnInputs(_ source: KeySource, _ context: CommandContext) throws(Failure) {
        if claims.file == "-" {
            try context.requireStandardInput()
            guard !source.isStandardInput else {
                throw .usage("standard input is for the key or for the claims, and both were asked for")
            }
        }
        guard claims.session != nil || connection.isEmpty else {
            throw .usage("jwt sign needs a server only for a session: --from names it")
        }
    }

    private func sign(_ claims: NewClaims, _ key: SigningKey) throws(Failure) -> [UInt8] {
        do throws(TokenError) {
            return try key.signer.sign(claims: claims.json, type: type, id: key.id)
        } catch {
            throw .usage("\(error)")
        }
    }
}
