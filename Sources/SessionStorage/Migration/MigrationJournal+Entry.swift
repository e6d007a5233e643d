extension MigrationJournal {
    /// One writing of a session.
    package struct Step: Sendable, Hashable {
        /// The session at the source, when it was read.
        package let source: KeyFingerprint
        /// The same at the target, as it was to be written; of what was only seen there, as it was found.
        package let target: KeyFingerprint
        /// Its key at the target; nil where that is the same as at the source, and in a step that was read from the file, where nobody asks for it.
        package var place: [UInt8]?

        /// Whether it is the same, but for some milliseconds of a life.
        func isSame(as other: Step) -> Bool {
            source.isSame(as: other.source) && target.isSame(as: other.target)
        }
    }

    /// How far a step has come; the number is the one in the file.
    enum State: Int64, Sendable {
        /// It is about to be written: it may be at the target, or not.
        case begun = 0
        /// It was read back at the target.
        case done = 1
        /// The target's server has said that it is written, and nobody has read it back.
        case written = 2
        /// Another session was at its key at the target, and has stayed there.
        case seen = 3
        /// It was read back at the target, and taken away from the source.
        case moved = 4
    }

    /// What is known of one session.
    package struct Entry: Sendable, Hashable {
        /// What was written and read back last.
        package private(set) var done: Step?
        /// What the target's server has said since that it is written.
        private(set) var written: Step?
        /// What a run has found at the target since, and left there.
        private(set) var seen: Step?
        /// Whether the migration itself has taken it away from the source then.
        private(set) var isMoved = false
        /// What was begun since it was read back last: any of it may have been written, or nothing.
        private var begun: [Step] = []

        /// A session of which nothing was noted before.
        init() {}

        /// What the target certainly had last; nil where no server has said so of anything.
        var answered: Step? { written ?? done }

        /// Notes a further row, in the order in which they were written, or how far the last one has come.
        mutating func add(_ step: Step, _ state: State) {
            isMoved = state == .moved
            switch state {
            case .begun: begun.append(step)
            case .written:
                if begun.last != step { begun.append(step) }
                written = step
                seen = nil
            case .done, .moved:
                done = step
                (written, seen) = (nil, nil)
                begun = []
            case .seen: seen = step
            }
        }

        /// Notes that the session is at the source still, or again.
        mutating func stay() { isMoved = false }

        /// Whether nothing of `step` has to be noted any more.
        ///
        /// - Parameter moved: whether it was taken away from the source behind it.
        func isDone(_ step: Step, moved: Bool = false) -> Bool {
            begun.isEmpty && isMoved == moved && done?.isSame(as: step) ?? false
        }

        /// Whether the source of the job has had the session, and the target got it as it is in `found`, and the job has not taken it away there.
        func hasCopied(_ found: KeyFingerprint) -> Bool {
            !isMoved && answered?.target.isSame(as: found) ?? false
        }

        /// Whether it is known that the target had `step` last.
        func isAnswered(_ step: Step) -> Bool { answered?.isSame(as: step) ?? false }

        /// Whether it is known that the target had something at the session's key, when the session was what it is in `step`: whoever misses it
        /// there knows as much by what was answered.
        func isSeen(_ step: Step) -> Bool {
            isAnswered(of: step.source) || seen?.isSame(as: step) ?? false
        }

        /// Whether the target certainly had what was made of the session as it is.
        private func isAnswered(of source: KeyFingerprint) -> Bool { answered?.source.isSame(as: source) ?? false }

        /// Whether what is at the target comes from this migration.
        ///
        /// - Parameter source: what the session was at the source then; nil for whatever it was.
        func wrote(_ found: KeyFingerprint, of source: KeyFingerprint? = nil) -> Bool {
            ([done].compactMap { $0 } + begun).contains { step in
                step.target.isSame(as: found) && source.map { step.source.isSame(as: $0) } ?? true
            }
        }
    }
}
