import Redis
import SessionStorage

/// Keeps what a change is about to overwrite, batch by batch, so that `undo` can take it back.
final class UndoKeeper {
    private let archive: UndoArchive
    private let context: CommandContext
    private let origin: ArchivedChange.Origin
    private let began: Int64
    /// What the server's clock is ahead of this one's.
    private let offset: Int64
    /// When it was begun to keep, in milliseconds since 1970 by the server's clock, and by the clock that nobody sets, in seconds.
    private let start: (time: Int64, seconds: Double)
    /// The number by which `undo` knows the change; nil as long as nothing is kept, so that what changes nothing takes no number.
    private(set) var number: Int64?
    /// How many sessions there may be, for the estimate that the first of them allows; 0 once it was made.
    private var expected: Int
    /// The places of what was kept since outcomes were recorded, by session.
    private var places: [[UInt8]: Int] = [:]

    /// - Parameters:
    ///   - count: how many sessions will be changed.
    ///   - command: its words, as the archive shows them.
    init(
        _ context: CommandContext, store: SessionStore, server: ChangeServer, count: Int, command: [String]
    ) throws(StorageError) {
        self.context = context
        archive = try UndoArchive.open(environment: context.environment)
        _ = try archive.prune(ArchiveLimits(), now: context.clock())
        expected = count
        origin = ArchivedChange.Origin(
            command: command, endpoint: store.endpoint.absolute, database: store.endpoint.database,
            version: SessionctlCommand.version, server: server.identity?.text)
        began = server.time
        offset = store.clockOffset
        start = (context.clock() + offset, context.monotonicClock())
    }

    /// Before the first command is sent that changes one of these: they are on the disk when it returns.
    func keep(_ sessions: [KeptSession]) throws(StorageError) {
        guard !sessions.isEmpty else { return }
        if expected > 0 {
            let bytes = sessions.reduce(0) { $0 + archive.bytes(for: $1) }
            let (all, overflow) = Int64(bytes / sessions.count).multipliedReportingOverflow(by: Int64(expected))
            // The oldest go where the file would pass its size with this one.
            var limits = ArchiveLimits()
            limits.bytes = max(0, limits.bytes - (overflow ? limits.bytes : all))
            _ = try archive.prune(limits, now: context.clock())
            try archive.requireRoom(forBytes: overflow ? .max : all)
            expected = 0
        }
        let change = try begun()
        // What is read again because somebody changed it meanwhile was not written as it was before: of the two rows only one is to be taken back.
        try leave(sessions.compactMap { places.removeValue(forKey: $0.key) })
        for (place, session) in zip(try archive.keep(sessions, of: change), sessions) { places[session.key] = place }
    }

    private func begun() throws(StorageError) -> Int64 {
        if let number { return number }
        let number = try archive.begin(origin, at: began)
        self.number = number
        return number
    }

    /// What became of those that were kept.
    func record(_ sessions: [ChangedSession]) throws(StorageError) {
        try record(
            sessions.compactMap { session in
                places.removeValue(forKey: session.key).map { ($0, session.outcome.archived) }
            })
    }

    /// Nothing was sent of those at these places.
    private func leave(_ places: [Int]) throws(StorageError) { try record(places.map { ($0, .left) }) }

    private func record(_ outcomes: [(place: Int, outcome: ArchivedOutcome)]) throws(StorageError) {
        guard let change = number else { return }
        var rest = outcomes.sorted { $0.place < $1.place }[...]
        while let first = rest.first {
            let run = zip(rest, first.place...).prefix { $0.place == $1 }.map { $0.0.outcome }
            try archive.record(run, from: first.place, of: change)
            rest = rest.dropFirst(run.count)
        }
    }

    /// Of what was kept and has no outcome nothing was sent, where all that was sent is recorded.
    func leaveRest() throws(StorageError) {
        try leave(Array(places.values))
        places.removeAll()
    }

    func finish(isComplete: Bool) throws(StorageError) {
        guard let change = number else { return }
        let seconds = max(0, context.monotonicClock() - start.seconds)
        let elapsed = Int64(exactly: (seconds * 1000).rounded(.up)) ?? 0
        // Where the clock was set back meanwhile, the change has not ended before what it has written.
        let ended = max(context.clock() + offset, start.time.addingReportingOverflow(elapsed).partialValue)
        try archive.finish(change, isComplete: isComplete, at: ended)
    }
}
