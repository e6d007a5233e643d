import Sessions

/// What could not be decoded while values were written; the exit status and the message depend on it.
final class RenderingProblems {
    private(set) var first: String?
    private(set) var count = 0
    /// The id of the session that is being written; empty where there is none.
    var session: [UInt8] = []

    /// Notes one problem, with the way to the value.
    func note(_ place: String, _ reason: String) {
        count += 1
        guard first == nil else { return }
        let owner = session.isEmpty ? "" : "session '\(EscapedName.text(of: session))', "
        first = owner + (place.isEmpty ? reason : "\(place): \(reason)")
    }

    /// The status and, on the error stream, one line; nothing where all was decoded.
    func conclude(in context: CommandContext, _ status: ExitStatus = .done) -> ExitStatus {
        guard let first else { return status }
        let rest = count > 1 ? " (and \(count - 1) more)" : ""
        context.say("could not be decoded: " + first + rest)
        return .undecodable
    }
}
