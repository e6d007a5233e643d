import ArgumentParser
import SessionStorage
import Sessions
import Terminal

/// `jwt revoke`: tokens that are good no more from now on.
struct JWTRevokeCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Revoke tokens, all tokens of a user, or a family of refresh tokens.",
        usage:
            "sessionctl jwt revoke (TOKEN | jti:ID | sid:ID | user:NAME | family:ID) ... [--dry-run] [--yes] [CONNECTION]",
        discussion: """
            TOKEN is a JSON Web Token, a file with one a line, or - for standard input; it is taken as it is, and not verified. Its \
            entry on the allow-list and its place in the index are deleted, and a key of the deny-list is set that lives up to exp \
            and the leeway: by jti, or, where the token has none, by the SHA-256 of what was signed. What tells no end, such as jti:ID \
            without an entry, needs --until or --lifetime. A key that lives long enough is left.

            user:NAME sets the user's cut-off to this second by the server's clock, never to an earlier one, raises the version if \
            the application counts one, and deletes the user's entries and refresh tokens. --lifetime says how long the longest \
            token lives: the cut-off stays as long. family:ID marks a family of refresh tokens as revoked and deletes them.

            How keys are named is the application's choice: --jwt-keys and profiles say it (help jwt-keys), and the first name of a \
            purpose that can be filled is written. An application that does not look there accepts the token up to its end. undo \
            takes all of it back.

            Examples:
              sessionctl jwt revoke token.jwt --leeway 30s --dry-run
              sessionctl jwt revoke jti:9a1e9970 --lifetime 24h --yes
              sessionctl jwt revoke user:alice --lifetime 24h --yes
              sessionctl jwt revoke --family f1 --until 2100-01-01 --yes --report r.jsonl
            """)

    @Argument(
        help: ArgumentHelp(
            "Token, file with tokens, jti:ID, sid:ID, user:NAME, family:ID, or - for standard input.",
            valueName: "token"),
        completion: .file())
    var tokens: [String] = []

    @Option(help: ArgumentHelp("All tokens of this user, as user:NAME.", valueName: "name"))
    var principal: String?

    @Option(help: ArgumentHelp("The refresh tokens of one login, as family:ID.", valueName: "id"))
    var family: String?

    @Option(
        help: ArgumentHelp(
            "How long the application accepts a token that has ended: 30s, 1m.", valueName: "duration"))
    var leeway = "60s"

    @Option(
        help: ArgumentHelp(
            "When ends come that no token tells: RFC 3339, a date, or the epoch.", valueName: "time"))
    var until: String?

    @Option(
        help: ArgumentHelp("The same, so long from now: the longest life of a token, 24h, 7d.", valueName: "duration"))
    var lifetime: String?

    @OptionGroup(title: "Change") var change: ChangeOptions
    @OptionGroup(title: "Output") var form: FormOptions<ChangeForms>
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Connection") var connection: ConnectionOptions

    func validate() throws {
        guard until != nil, lifetime != nil else { return }
        throw ValidationError("--until and --lifetime contradict each other: give one of them")
    }

    mutating func run(in context: CommandContext) throws -> ExitStatus {
        let words = try words(in: context)
        let (leeway, end) = (try leewayTime(), try end(now: context.clock()))
        let store = try context.openStore(connection, toChange: change.permission)
        let terms = RevocationTerms(keys: store.jwtKeys, leeway: leeway, end: end)
        try requireLifetime(words, terms)
        let job = RevocationJob(
            context: context, options: change, output: output, connection: connection,
            form: form.form(onTerminal: .table, inPipe: .table, context: context), words: words, terms: terms)
        return try job.run(on: store)
    }

    private func words(in context: CommandContext) throws(Failure) -> [TokenWords.Word] {
        let names = tokens + (principal.map { ["user:" + $0] } ?? []) + (family.map { ["family:" + $0] } ?? [])
        guard !names.isEmpty else {
            throw .usage(
                "say what is to be revoked: tokens, jti:ID, user:NAME or family:ID",
                advice: "sessionctl jwt revoke user:NAME --lifetime 24h --dry-run shows what it would do")
        }
        return try TokenWords(names, in: context).words
    }

    private func leewayTime() throws(Failure) -> Int64 {
        guard let time = TimeWords.duration(leeway), 0...TokenPolicyOptions.longestLeeway ~= time else {
            throw .usage("--leeway \(leeway): write 30s or 1m; clocks differ by an hour at most")
        }
        return time
    }

    private func end(now: Int64) throws(Failure) -> RevocationTerms.End? {
        if let lifetime {
            guard let span = TimeWords.duration(lifetime), span > 0, span <= Self.longestLife else {
                throw .usage("--lifetime \(lifetime): write 30m, 24h or 7d")
            }
            return .after(span)
        }
        guard let until else { return nil }
        guard let time = TimeWords.time(until, now: now) else {
            throw .usage("--until \(until): write 2026-01-31, 2026-01-31T12:00:00Z or epoch seconds")
        }
        guard time > now else { throw .usage("--until \(until) is past: nothing would be revoked") }
        return .at(time)
    }

    /// A hundred years: longer than any key is needed.
    private static let longestLife: Int64 = 36_525 * 86_400_000

    /// Before anything is deleted whose new tokens a cut-off is to stop.
    private func requireLifetime(_ words: [TokenWords.Word], _ terms: RevocationTerms) throws(Failure) {
        let namesUser = words.contains { if case .user = $0 { true } else { false } }
        guard namesUser, terms.end == nil, !terms.keys.all(for: .cutoff).isEmpty else { return }
        throw .usage(
            "a cut-off has to live as long as the longest of the user's tokens, and nothing tells how long that is",
            advice: "--lifetime 24h says it; --jwt-keys cutoff= where the application keeps no cut-off")
    }
}
