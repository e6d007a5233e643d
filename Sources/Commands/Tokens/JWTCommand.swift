import ArgumentParser

/// `jwt`: tokens that are judged, and made.
struct JWTCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jwt",
        abstract: "Verify and sign JSON Web Tokens, ask what Redis says of them, and revoke them.",
        discussion: """
            What a token says is shown by decode; which keys Redis keeps about tokens by keys and list.

            Examples:
              sessionctl jwt verify --pem public.pem token.jwt
              sessionctl jwt verify --jwk jwks.json --iss https://idp.invalid - < tokens
              sessionctl jwt sign claims.json --pem private.pem
              sessionctl jwt check jti:b --jwt-keys 'allow='
              sessionctl jwt revoke token.jwt --until 2100-01-01 --dry-run
            """,
        subcommands: [
            JWTVerifyCommand.self,
            JWTSignCommand.self,
            JWTCheckCommand.self,
            JWTRevokeCommand.self,
        ])
}
