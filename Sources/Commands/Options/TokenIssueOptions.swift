import ArgumentParser
import Sessions
import Tokens

/// The tokens that sessions become.
struct TokenIssueOptions: ParsableArguments {
    @Option(
        name: .customLong("tokens"),
        help: ArgumentHelp(
            "File that tokens go to with --to jwt, a line of JSON each (docs/tokens.md); only its owner can read it.",
            valueName: "file"),
        completion: .file())
    var file: String?

    @Option(
        name: .customLong("expires-in"),
        help: ArgumentHelp(
            "How long tokens live from now: 15m, 8h; without it each ends when its session would.",
            valueName: "duration"))
    var life: String?

    @Option(
        name: .customLong("drop"),
        help: ArgumentHelp(
            "What sessions may lose with --to jwt --move: an attribute's name; may be repeated.", valueName: "name"))
    var dropped: [String] = []

    @Option(
        name: .customLong("kid"),
        help: ArgumentHelp(
            "The key of a set that signs with --to jwt; the kid of tokens, where the key has none.", valueName: "id"))
    var keyID: String?

    private var isEmpty: Bool { file == nil && life == nil && dropped.isEmpty && keyID == nil }

    /// The layout of tokens; nil where sessions become none.
    ///
    /// - Parameter moves: whether sessions go from the source.
    func layout(_ layout: LayoutOptions, _ trust: TokenTrustOptions, moves: Bool) throws -> TokenLayout? {
        guard layout.to == .jwt else {
            guard isEmpty else {
                throw Failure.usage("--tokens, --expires-in, --drop and --kid are about the tokens that --to jwt makes")
            }
            return nil
        }
        try requireWhatIsSaid(of: trust)
        guard moves || dropped.isEmpty else {
            throw Failure.usage("--drop says what may be lost with --move: sessions that are copied lose nothing")
        }
        return TokenLayout(
            issuer: trust.policy.issuers.first, audiences: trust.policy.audiences, life: try milliseconds(),
            droppable: moves ? dropped.map { Array($0.utf8) } : nil)
    }

    private func requireWhatIsSaid(of trust: TokenTrustOptions) throws(Failure) {
        guard !trust.unverified else {
            throw .usage("--unverified is about tokens of the source, and --to jwt makes them")
        }
        let policy = trust.policy
        guard policy.asksOfMadeTokens else {
            throw .usage("--require, --leeway and --at are about tokens that are verified, and --to jwt makes them")
        }
        guard policy.issuers.count < 2 else { throw .usage("a token has one issuer: give one --iss") }
        guard policy.algorithms.count < 2 else { throw .usage("a token is signed by one algorithm: give one --alg") }
    }

    private func milliseconds() throws(Failure) -> Int64? {
        guard let life else { return nil }
        guard let milliseconds = TimeWords.duration(life), milliseconds >= 1000 else {
            throw .usage("--expires-in \(life): write 15m, 8h or 30d")
        }
        return milliseconds
    }

    /// How the tokens are signed, and where they go.
    func issue(_ trust: TokenTrustOptions, in context: CommandContext) throws -> TokenIssue {
        guard let file else {
            throw Failure.usage(
                "--to jwt makes tokens, and nobody has said where they go",
                advice: "--tokens FILE; only its owner can read it")
        }
        let given = try trust.key.requiredSource(in: context).read(in: context)
        let key = try SigningKey(given, id: keyID, trust.policy.algorithms.first?.algorithm)
        return TokenIssue(key: key, type: trust.policy.type ?? "JWT", file: file)
    }
}
