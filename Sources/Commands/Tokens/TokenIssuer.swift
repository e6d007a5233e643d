import SessionStorage
import Sessions
import Tokens

/// How the tokens of sessions are made, and where they go.
struct TokenIssue {
    let key: SigningKey
    /// The header's `typ`.
    let type: String
    /// The name of the file.
    let file: String
}

/// Makes the tokens of sessions, and keeps them in a file.
///
/// It is used by one thread at a time.
final class TokenIssuer: MigrationBatch.TokenIssuing, @unchecked Sendable {
    private let issue: TokenIssue
    let file: TokenFile

    /// Opens the file.
    init(_ issue: TokenIssue) throws(StorageError) {
        self.issue = issue
        file = try TokenFile(issue.file)
    }

    func issue(_ claims: [SessionClaims]) throws(StorageError) -> [String?] {
        var lines: [UInt8] = []
        var problems: [String?] = []
        for claims in claims {
            do throws(TokenError) {
                lines += Self.line(
                    of: claims, try issue.key.signer.sign(claims: claims.json, type: issue.type, id: issue.key.id))
                problems.append(nil)
            } catch {
                problems.append("no token was made: \(error)")
            }
        }
        if !lines.isEmpty { try file.append(lines) }
        return problems
    }

    func requireKept() throws(StorageError) { try file.requireWhole() }

    /// What a gateway needs to exchange a session's cookie for its token, without the session's id.
    private static func line(of claims: SessionClaims, _ token: [UInt8]) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        for (name, value) in [("sid", claims.sid), ("jti", claims.jti), ("sub", claims.subject ?? [])] {
            guard !value.isEmpty else { continue }
            writer.name(name)
            writer.string(String(decoding: value, as: UTF8.self))
        }
        writer.name("exp")
        writer.integer(claims.expiresAt)
        writer.name("token")
        writer.string(String(decoding: token, as: UTF8.self))
        writer.endObject()
        return writer.takeBytes() + [UInt8(ascii: "\n")]
    }
}

/// Stands for whoever makes tokens where none is made.
struct NoTokens: MigrationBatch.TokenIssuing {
    func issue(_ claims: [SessionClaims]) -> [String?] { claims.map { _ in nil } }
    func requireKept() {}
}
