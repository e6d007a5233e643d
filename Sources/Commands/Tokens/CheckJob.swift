import SessionStorage
import Sessions
import Terminal
import Tokens

/// Asks Redis about tokens, some hundred at a time.
struct CheckJob {
    let context: CommandContext
    let store: SessionStore
    /// Nil where signatures are not looked at.
    let verifier: TokenVerifier?
    let quiet: Bool

    private static let tokensAtOnce = 256

    /// A word with the token that it names.
    private struct Asked {
        let word: TokenWords.Word
        let token: Result<NamedToken, SessionError>

        var named: NamedToken? { try? token.get() }
    }

    /// `body` gets each token, in the order of the words.
    ///
    /// - Returns: the status that they make together.
    func run(_ words: [TokenWords.Word], _ body: (CheckedToken) -> Void) throws -> ExitStatus {
        let asked = words.map { Asked(word: $0, token: named($0)) }
        let progress = context.progress("scanning", unit: "keys", quiet: quiet)
        defer { progress.hide() }
        let standings = try TokenStandings(
            of: asked.compactMap(\.named), in: store, judgesEnd: verifier == nil
        ) { progress.update(done: $0, total: $1) }
        var status = ExitStatus.done
        for start in stride(from: 0, to: asked.count, by: Self.tokensAtOnce) {
            guard context.output.wantsMore, !context.isInterrupted() else { return .interrupted }
            let some = asked[start..<min(start + Self.tokensAtOnce, asked.count)]
            let found = try standings.standings(of: some.compactMap(\.named))
            progress.hide()
            for token in checked(some, found) {
                body(token)
                status = CheckedToken.status(status, token.status)
            }
        }
        return status
    }

    private func named(_ word: TokenWords.Word) -> Result<NamedToken, SessionError> {
        do throws(SessionError) {
            switch word {
            case .token(let bytes):
                return .success(try NamedToken(token: bytes, store.jwtKeys, now: context.clock() + store.clockOffset))
            case .id(let id): return .success(NamedToken(id, store.jwtKeys))
            case .user(let name):
                // The command has refused it.
                return .success(NamedToken(.init(.sub, TokenWords.bytes(name)), store.jwtKeys))
            case .family(let id): return .success(NamedToken(.init(.family, id), store.jwtKeys))
            }
        } catch {
            return .failure(error)
        }
    }

    private func checked(_ asked: ArraySlice<Asked>, _ standings: [TokenStanding]) -> [CheckedToken] {
        var standings = standings[...]
        return asked.map { one in
            var refusals: [TokenRefusal] = []
            if case .token(let bytes) = one.word { refusals = verifier?.verify(bytes).refusals ?? [] }
            switch one.token {
            case .success: return CheckedToken(standing: standings.popFirst(), refusals: refusals)
            case .failure(let problem): return CheckedToken(standing: nil, problem: problem, refusals: refusals)
            }
        }
    }
}
