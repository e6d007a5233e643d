import SessionStorage

/// Marks the sessions of a change that are what they were, each once: they are never written again by the same number.
final class UndoneMarks {
    private let archive: UndoArchive
    /// The number of the change.
    private let change: Int64
    private let clock: () -> Int64
    private var marked: Set<Int> = []

    init(archive: UndoArchive, change: Int64, clock: @escaping () -> Int64) {
        self.archive = archive
        self.change = change
        self.clock = clock
    }

    /// Marks them where that is possible; ``mark(_:)`` tries again what could not be marked.
    func note(_ sessions: [ArchivedSession]) { try? mark(sessions) }

    /// Marks those that are not marked yet.
    func mark(_ sessions: [ArchivedSession]) throws(StorageError) {
        let places = sessions.map(\.place).filter { !marked.contains($0) }
        guard !places.isEmpty else { return }
        try archive.markUndone(places, of: change, at: clock())
        marked.formUnion(places)
    }
}
