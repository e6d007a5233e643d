import Terminal

/// What could not be decoded while values were written; the exit status and the message depend on it.
final class RenderingProblems {
    /// How many are named.
    private static let most = 5

    /// The first of them, with the way to each.
    private(set) var named: [String] = []
    private(set) var count = 0
    var isEmpty: Bool { count == 0 }
    /// The id of the session that is being written; empty where there is none.
    var session: [UInt8] = []

    /// Notes one problem, with the way to the value.
    func note(_ place: String, _ reason: String) {
        count += 1
        guard named.count < Self.most else { return }
        let owner = session.isEmpty ? "" : "session '\(TerminalText.escape(bytes: session))', "
        named.append(owner + TerminalText.escape(place.isEmpty ? reason : "\(place): \(reason)"))
    }

    /// The status and, on the error stream, what it was; nothing where all was decoded.
    func conclude(in context: CommandContext, _ status: ExitStatus = .done) -> ExitStatus {
        guard let first = named.first else { return status }
        if count == 1 {
            context.say("could not be decoded: " + first)
        } else {
            let rest = count > named.count ? ["… and \(count - named.count) more"] : []
            context.say("\(count) values could not be decoded:", named + rest)
        }
        return .undecodable
    }
}
