package import Redis
package import Sessions

/// Migrates sessions, a batch at a time: they are read at the source, ahead of those that are written to the target, read back, and, where
/// they are to move, taken away from the source.
package struct MigrationBatch {
    private let reader: MigrationReader
    private let reading: ReadAhead<MigrationReader.Wanted, MigrationReader.Batch>
    private var writer: MigrationWriter
    private let journal: MigrationJournal?
    /// What was read, and is not to be migrated yet.
    private var rest: MigrationReader.Batch?
    /// Sessions that were begun to be read and are not migrated yet.
    package private(set) var ahead = 0
    /// Whether sessions were not reached: a connection was lost, say, or somebody wanted to stop.
    package private(set) var hasLeftSome = false
    /// Why the last sessions were not reached, where a connection was lost and could not be had again.
    package private(set) var lost: RedisError?

    /// How often a session is taken again that somebody else is changing, or a connection was lost at.
    private static let attempts = 5

    package init(
        _ manner: Manner, from source: Side, to target: Side, journal: MigrationJournal?
    ) throws(StorageError) {
        self.journal = journal
        let reader = try MigrationReader(manner, source)
        self.reader = reader
        reading = ReadAhead { reader.read($0) }
        writer = try MigrationWriter(manner, from: source, to: target, journal: journal)
    }

    /// Begins to read the sessions at `keys`, while others are migrated.
    package mutating func beginToRead(_ keys: [[UInt8]], at now: @escaping () -> Times) {
        ahead += keys.count
        reading.begin((keys, now))
    }

    /// Migrates the first of those that were begun to be read, no more than `limit`; one outcome for each.
    ///
    /// - Throws: where the user may not run what is needed, before anything of the batch is written.
    package mutating func migrateNext(
        upTo limit: Int, at now: @escaping () -> Times
    ) throws(StorageError) -> [MigratedSession] {
        let batch = rest ?? reading.take()
        let first = batch.prefix(limit)
        rest = first.keys.count < batch.keys.count ? batch.dropFirst(first.keys.count) : nil
        ahead -= first.keys.count
        return try migrate(first, now)
    }

    /// Ends the reading; what was begun and not migrated is given up.
    package func endReading() { reading.end() }

    /// Migrates the sessions at `keys` once more; one outcome for each, in their order.
    package mutating func run(
        _ keys: [[UInt8]], at now: @escaping () -> Times
    ) throws(StorageError) -> [MigratedSession] {
        try journal?.prepareForAnySession()
        var results: [MigratedSession] = []
        while results.count < keys.count {
            results += try migrate(reading.read((Array(keys[results.count...]), now)), now)
        }
        return results
    }

    /// Those of `keys` that the source has; nil where it was lost.
    package mutating func atSource(_ keys: [[UInt8]]) throws(StorageError) -> Set<[UInt8]>? {
        for _ in 1...Self.attempts {
            do throws(RedisError) {
                let isThere = try writer.isAtSource(keys)
                if lost?.endpoint == writer.sourceEndpoint { lost = nil }
                return Set(zip(keys, isThere).filter { $1 }.map { $0.0 })
            } catch {
                guard error.isALoss else { throw .redis(error) }
                lost = error
            }
            guard let lost, reopens(after: .redis(lost)) else { return nil }
        }
        return nil
    }

    /// What would be written, and nothing else.
    package enum Rehearsed {
        case write(SessionGroup, ChangePlan, losses: [ConversionLoss])
        case left(MigratedSession)
    }

    /// What would be done with the sessions at the first of `keys`, as many as may be held at once; writes nothing.
    package func rehearse(_ keys: [[UInt8]], at now: () -> Times) throws(StorageError) -> [Rehearsed] {
        let times = now()
        let readings = try reader.read(keys, now: times.source)
        var decisions = try writer.decisions(readings.compactMap(\.migrating), times)[...]
        return readings.compactMap { reading in
            switch reading {
            case .decided(let session): .left(session)
            case .migrating(let session):
                switch decisions.popFirst() {
                case .outcome(let outcome)?: .left(MigratedSession(session, outcome))
                case .write(let plan)?: .write(session.group, plan, losses: session.losses)
                case nil: nil
                }
            }
        }
    }

    // MARK: Attempts

    /// What has become of the sessions of a batch so far.
    private struct Results {
        let keys: [[UInt8]]
        var outcomes: [MigratedSession?]
        /// The places of those that are to be tried again.
        var open: [Int]
        /// What was seen of them at the target.
        var seen: [SeenAtTarget]

        init(_ keys: [[UInt8]]) {
            self.keys = keys
            outcomes = keys.map { _ in nil }
            seen = keys.map { _ in SeenAtTarget() }
            open = Array(keys.indices)
        }
    }

    private mutating func migrate(
        _ batch: MigrationReader.Batch, _ now: @escaping () -> Times
    ) throws(StorageError) -> [MigratedSession] {
        var results = Results(batch.keys)
        var failure: StorageError?
        for attempt in 1...Self.attempts where !results.open.isEmpty {
            do throws(StorageError) {
                failure = nil
                if attempt == 1 {
                    try take(batch, at: results.open, now, &results)
                } else {
                    try again(now, &results)
                }
            } catch {
                if case .redis(let refusal) = error, refusal.deniesCommands { throw error }
                // Where tokens cannot be kept none is made, and a journal that is damaged says nothing of any session.
                if case .tokenFile = error { throw error }
                if case .archive(let problem) = error, problem.kind == .damaged { throw error }
                failure = error
                if !reopens(after: error) { break }
            }
            if attempt > 1, !results.open.isEmpty { Pause.milliseconds(5) }
        }
        if failure != nil, !results.open.isEmpty { hasLeftSome = true }
        lost = failure?.loss
        for place in results.open where results.outcomes[place] == nil || failure != nil {
            let outcome = failure.map { MigrationOutcome.failed("it was not reached: \($0.reason)") } ?? .changed
            results.outcomes[place] = MigratedSession(gone: results.keys[place], outcome)
        }
        return zip(results.keys, results.outcomes).map { key, result in result ?? MigratedSession(gone: key, .gone) }
    }

    /// Connections that were lost are made anew, but not where somebody wants to stop at once.
    private func reopens(after error: StorageError) -> Bool {
        guard case .redis(let lost) = error, lost.kind != .interrupted else { return false }
        do throws(RedisError) {
            try writer.reopen()
            return true
        } catch {
            return false
        }
    }

    /// Tries those that are open, as many at once as may be held.
    private mutating func again(_ now: @escaping () -> Times, _ results: inout Results) throws(StorageError) {
        var rest = results.open[...]
        while !rest.isEmpty {
            let batch = reading.read((rest.map { results.keys[$0] }, now))
            try take(batch, at: Array(rest.prefix(batch.keys.count)), now, &results)
            rest = rest.dropFirst(batch.keys.count)
        }
    }

    /// Migrates what was read of the sessions at `places`; leaves open what is to be tried again.
    private mutating func take(
        _ batch: MigrationReader.Batch, at places: [Int], _ now: () -> Times, _ results: inout Results
    ) throws(StorageError) {
        var sessions: [(place: Int, session: MigratingSession)] = []
        let readings = try batch.readings.get()
        try journal?.noteAtSource(readings.filter(\.isAtSource).map(\.key))
        for (place, reading) in zip(places, readings) {
            switch reading {
            case .decided(let result): results.outcomes[place] = result
            case .migrating(let session):
                session.seen = results.seen[place]
                sessions.append((place, session))
            }
        }
        // Also where a connection is lost behind the look.
        defer { for (place, session) in sessions { results.seen[place] = session.seen } }
        let migrated = try writer.migrate(sessions.map(\.session), batch.times, now: now)
        for (place, result) in zip(sessions.map(\.place), migrated) { results.outcomes[place] = result }
        let done = Set(places.filter { !(results.outcomes[$0]?.outcome.isToBeTriedAgain ?? false) })
        results.open.removeAll { done.contains($0) }
    }
}

extension MigrationOutcome {
    /// Whether it is read once more what became of it.
    fileprivate var isToBeTriedAgain: Bool {
        switch self {
        case .changed, .unknown: true
        default: false
        }
    }
}

extension RedisError {
    /// Whether there is no connection any more.
    fileprivate var isALoss: Bool { [.cannotConnect, .connectionLost, .timedOut].contains(kind) }
}

extension StorageError {
    /// The loss of a connection; nil for another failure.
    fileprivate var loss: RedisError? {
        guard case .redis(let error) = self, error.isALoss else { return nil }
        return error
    }
}
