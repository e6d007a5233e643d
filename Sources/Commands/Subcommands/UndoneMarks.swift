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
    func note(_ sessions: [ArchivedSession]) {
        let places = places(of: sessions).filter { !noted.contains($0) }
        guard !places.isEmpty else { return }
        do throws(StorageError) {
            try archive.markUndone(places, of: change, at: clock(), isDurable: false)
            noted.formUnion(places)
        } catch {
            return
        }
    }

    /// Marks them, also for when the power fails.
    func mark(_ sessions: [ArchivedSession]) throws(StorageError) {
        let places = places(of: sessions)
        guard !places.isEmpty else { return }
        try archive.markUndone(places, of: change, at: clock())
        noted.subtract(places)
    }

    /// A change that goes on may still write what it has not noted, and that is to be taken back then; what it has noted it leaves alone.
    private func places(of sessions: [ArchivedSession]) -> [Int] {
        sessions.filter { !isRunning || $0.outcome == .changed }.map(\.place)
    }
}
