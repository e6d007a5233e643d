import SessionStorage
import Sessions

/// What became of the sessions of a migration, counted; those that are not at the target as they should be are named, the first of them.
struct MigrationTally {
    private let moves: Bool
    private(set) var counts: [String: Int] = [:]
    private var troubles = TroubleList()
    private var total = 0
    private var denied = 0

    init(moves: Bool) { self.moves = moves }

    /// Sessions that were written.
    var written: Int { ["migrated", "moved", "left"].reduce(0) { $0 + counts[$1, default: 0] } }
    /// Whether the target's user may write nothing of what was to be written.
    var isDenied: Bool { denied > 0 && written == 0 && counts["unneeded"] == nil }
    /// Whether something is not as it was asked for.
    var isIncomplete: Bool { !troubles.isEmpty }

    /// - Parameter isFirst: whether it was not counted before.
    mutating func add(_ session: MigratedSession, isFirst: Bool) {
        if isFirst {
            total += 1
            if case .denied = session.outcome { denied += 1 }
        }
        // What goes wrong at a second look is counted beside what the first came to; what goes on to change has a count of its own.
        if isFirst || session.outcome.isIncomplete && session.outcome != .changed {
            counts[session.outcome.word, default: 0] += 1
        }
        guard session.outcome.isIncomplete else { return }
        let text = [session.outcome.word, session.outcome.detail].compactMap { $0 }.joined(separator: ": ")
        troubles.note(text, EscapedName.text(of: session.id))
    }

    /// Notes what is about no session in particular.
    mutating func note(_ text: String) { troubles.note(text, "") }

    mutating func takenAgain(_ count: Int) {
        if count > 0 { counts["taken again", default: 0] += count }
    }

    mutating func stillChanging(_ count: Int) {
        if count > 0 { counts["still changing", default: 0] += count }
    }

    /// What is told at the end.
    func lines(of matched: Int) -> [Notice] {
        let words = [
            "unneeded", "absent", "ended", "left", "skipped", "conflict", "refused", "changed", "gone", "failed",
            "unknown",
            "taken again", "still changing",
        ]
        let others = words.compactMap { word in counts[word].map { "\($0) \(word)" } }
        let rest = matched > total ? ["\(matched - total) not reached: the same command goes on"] : []
        let notes = (others + rest).joined(separator: ", ")
        let word = moves ? "moved" : "migrated"
        let summary =
            "\(word) \(counts[word] ?? 0) of \(matched == 1 ? "1 session" : "\(matched) sessions")"
            + (notes.isEmpty ? "" : ": \(notes)")
        return troubles.notices + [Notice(summary)]
    }
}

extension MigrationOutcome {
    /// Whether nothing more will become of the session at the source.
    var isOver: Bool { self == .gone || self == .ended }

    /// Whether a server did not do it, or did not say so.
    var hasFailed: Bool {
        switch self {
        case .failed, .unknown: true
        default: false
        }
    }

    /// Whether the session is not at the target, or still at the source, against what was asked for.
    var isIncomplete: Bool {
        switch self {
        case .migrated, .moved, .unneeded, .ended, .skipped, .gone: false
        case .absent, .left, .conflict, .refused, .denied, .changed, .failed, .unknown: true
        }
    }
}

extension SessionOutcome {
    init(_ session: MigratedSession) {
        (id, key, principal) = (session.id, session.key, session.principal)
        format = session.format
        outcome = session.outcome.word
        losses = session.losses
        detail = session.outcome.detail
    }
}

extension ShownPlan {
    /// A session of which nothing would be written.
    init(_ session: MigratedSession, _ decision: Decision) {
        (id, key, format, variant) = (session.id, session.key, session.format ?? "unknown", nil)
        principal = session.principal
        self.decision = decision
    }
}
