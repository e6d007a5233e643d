import SessionStorage

/// Marks the sessions of a change that are what they were: they are not written again by the same number.
final class UndoneMarks {
    private let archive: UndoArchive
    /// The number of the change.
    private let change: Int64
    /// Whether the change goes on.
    private let isRunning: Bool
    private let clock: () -> Int64
    /// Marked, and not on the disk yet.
    private var noted: Set<Int> = []

    init(archive: UndoArchive, change: Int64, isRunning: Bool, clock: @escaping () -> Int64) {
        self.archive = archive
        self.change = change
        self.isRunning = isRunning
        self.clock = clock
    }

    /// Marks them where that is possible, for whoever is killed behind it; ``mark(_:)`` tries again what could not be marked.
    ///
    /// - Parameter areWritten: whether they were made what they were, and were not so already.
    func note(_ sessions: [ArchivedSession], areWritten: Bool) {
        let places = places(of: sessions, areWritten).filter { !noted.contains($0) }
        guard !places.isEmpty else { return }
        do throws(StorageError) {
            try archive.markUndone(places, of: change, at: clock(), isDurable: false)
            noted.formUnion(places)
        } catch {
            return
        }
    }

    /// Marks them, also for when the power fails.
    func mark(_ sessions: [(ArchivedSession, UndoBatch.Outcome)]) throws(StorageError) {
        let written = sessions.filter { if case .restored = $1 { true } else { false } }.map { $0.0 }
        let others = sessions.filter { if case .unneeded = $1 { true } else { false } }.map { $0.0 }
        let places = places(of: written, true) + places(of: others, false)
        guard !places.isEmpty else { return }
        try archive.markUndone(places, of: change, at: clock())
        noted.subtract(places)
    }

    /// What is as it was while the change goes on, which has not noted it, the change may still write: that is to be taken back then.
    private func places(of sessions: [ArchivedSession], _ areWritten: Bool) -> [Int] {
        sessions.filter { areWritten || !isRunning || $0.outcome == .changed }.map(\.place)
    }
}
