import ArgumentParser

/// `jwt`: tokens that are judged, and made.
struct JWTCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jwt",
        abstract: "Verify JSON Web Tokens.",
        discussion: """
            What a token says is shown by decode; which keys Redis keeps about tokens by keys and list.

            Examples:
              sessionctl jwt verify --pem public.pem token.jwt
              sessionctl jwt verify --jwk jwks.json --iss https://idp.invalid - < tokens
            """,
        subcommands: [JWTVerifyCommand.self])
}
