import SessionStorage
import Sessions
import Terminal

/// What became of the sessions of an undone change.
struct UndoTally {
    let isDryRun: Bool
    /// The number of the change.
    let change: Int64
    private(set) var total = 0
    private var restored = 0
    private var unneeded = 0
    private var ended = 0
    private var gone = 0
    private var troubles: [String] = []
    private var changed = 0
    private var refused = 0
    private var failed = 0

    private static let mostNamed = 20

    init(isDryRun: Bool, change: Int64) { (self.isDryRun, self.change) = (isDryRun, change) }

    /// By the words that reports have; without those that there are none of.
    var counts: [String: Int] {
        [
            "restored": restored, "unneeded": unneeded, "ended": ended + gone, "changed": changed, "refused": refused,
            "failed": failed,
        ]
        .filter { $0.value > 0 }
    }

    var isIncomplete: Bool { changed + refused + failed > 0 }

    var status: ExitStatus { isIncomplete ? .partial : .done }

    mutating func add(_ session: KeptSession, _ outcome: UndoBatch.Outcome) {
        total += 1
        switch outcome {
        case .planned, .restored: restored += 1
        case .unneeded: unneeded += 1
        case .notReached: total -= 1
        case .ended: ended += 1
        case .gone: gone += 1
        case .changed(let what):
            changed += 1
            note(session, "changed since: \(what)")
        case .refused(let reason):
            refused += 1
            note(session, "refused: \(reason)")
        case .failed(let message):
            failed += 1
            note(session, "failed: \(message)")
        }
    }

    private mutating func note(_ session: KeptSession, _ text: String) {
        guard troubles.count < Self.mostNamed else { return }
        troubles.append("\(EscapedName.text(of: session.id)): \(text)")
    }

    func lines(of count: Int) -> [String] {
        var notes: [String] = []
        if unneeded > 0 { notes.append(unneeded == 1 ? "1 is as it was" : "\(unneeded) are as they were") }
        if ended > 0 { notes.append("\(ended) would have ended meanwhile (--extend brings them back)") }
        if gone > 0 { notes.append("\(gone) \(gone == 1 ? "has" : "have") ended since") }
        if changed > 0 {
            let verb = changed == 1 ? "was" : "were"
            notes.append("\(changed) \(verb) changed since (--force overwrites that)")
        }
        if refused > 0 { notes.append("\(refused) refused") }
        if failed > 0 { notes.append("\(failed) failed") }
        if total < count { notes.append("\(count - total) not reached: the same command goes on") }
        let sessions = count == 1 ? "1 session" : "\(count) sessions"
        let verb = isDryRun ? "would take back" : "took back"
        let rest = notes.isEmpty ? "" : ": \(notes.joined(separator: ", "))"
        let summary = "change \(change): \(verb) \(restored) of \(sessions)" + rest
        let events = restored > 0 && !isDryRun ? ["events that the application has acted on are not taken back"] : []
        let hidden = changed + refused + failed - troubles.count
        return troubles + (hidden > 0 ? ["and \(hidden) more"] : []) + [summary] + events
    }
}
