import SessionStorage
import Sessions

/// What became of the sessions of a change, counted; those that are not as they should be are named, the first of them.
struct ChangeTally {
    private let verb: ChangeVerb
    /// Whether each session was named, so that one that is left is not what was asked for.
    private let isNamed: Bool
    private(set) var total = 0
    private(set) var counts: [String: Int] = [:]
    private var troubles = TroubleList()

    init(verb: ChangeVerb, isNamed: Bool) {
        self.verb = verb
        self.isNamed = isNamed
    }

    /// Sessions that were changed.
    var written: Int { (counts["done"] ?? 0) + (counts["uncertain"] ?? 0) }
    /// The same with those of which that is not certain: what failed may have been done in part.
    var mayBeWritten: Int { written + (counts["failed"] ?? 0) + (counts["unknown"] ?? 0) }
    /// Those among the failed that are as they were.
    private var denied = 0
    /// Whether there may be something to take back.
    var mayHaveWritten: Bool { mayBeWritten > denied }
    /// Whether there is anything to look at once more.
    var isOpen: Bool { written > 0 }
    /// Whether something is not as it was asked for.
    var isIncomplete: Bool { !troubles.isEmpty }

    mutating func add(_ session: ChangedSession) {
        total += 1
        counts[session.outcome.word, default: 0] += 1
        let id = EscapedName.text(of: session.id)
        switch session.outcome {
        case .done(let failures), .uncertain(_, let failures):
            if case .uncertain(let doubt, _) = session.outcome { note("outcome unknown: \(doubt)", id) }
            for failure in failures {
                note("\(failure.command.name) of the \(failure.command.role.rawValue) failed: \(failure.message)", id)
            }
        case .refused(let reason): note("refused: \(reason)", id)
        case .denied(let message):
            denied += 1
            note("failed: \(message)", id)
        case .failed(let message): note("failed: \(message)", id)
        case .unknown(let message): note("outcome unknown: \(message)", id)
        case .changed: note("changed meanwhile by somebody else, and left: look at it, and give the command again", id)
        case .usedSince, .inUse, .gone: if isNamed { note(session.outcome.word, id) }
        case .unneeded: break
        }
    }

    mutating func note(cameBack session: Session) {
        counts["came back", default: 0] += 1
        note("came back after it was \(verb.participle)", EscapedName.text(of: session.id))
    }

    private mutating func note(_ trouble: String, _ id: String) { troubles.note(trouble, id) }

    /// What is told at the end.
    ///
    /// - Parameters:
    ///   - left: how many of those that were to be changed were not reached.
    ///   - beyond: how many fit that a limit leaves for another time.
    func lines(left: Int, matched: Int, beyond: Int) -> [Notice] {
        let words = [
            "uncertain", "active again", "changed", "gone", "in use", "unneeded", "refused", "failed", "unknown",
            "came back",
        ]
        let others = words.compactMap { word in counts[word].map { "\($0) \(word)" } }
        let way = verb.goesOn ? ": the same command goes on" : ": the same command begins anew"
        var rest = left > 0 ? ["\(left) not reached" + way] : []
        if left == 0, beyond > 0 { rest.append("\(beyond) more fit" + way) }
        let notes = (others + rest).joined(separator: ", ")
        let of = matched == 1 ? "1 session" : "\(matched) sessions"
        let summary = "\(verb.participle) \(counts["done"] ?? 0) of \(of)" + (notes.isEmpty ? "" : ": \(notes)")
        let advice = troubles.texts.contains { Self.isAboutRights($0) } ? [Failure.rights] : []
        return troubles.notices + ([summary] + advice).map { Notice($0) }
    }

    /// Whether the server said that the user may not.
    private static func isAboutRights(_ trouble: String) -> Bool {
        trouble.contains("NOPERM") || trouble.contains("no permissions") || trouble.contains("can't run this command")
    }

    func status(_ status: ExitStatus) -> ExitStatus {
        guard isIncomplete else { return status }
        if total == counts["refused"] { return .usage }
        if total == counts["failed"], troubles.texts.allSatisfy({ Self.isAboutRights($0) }) { return .permission }
        return total == counts["gone"] ? .notFound : .partial
    }
}
