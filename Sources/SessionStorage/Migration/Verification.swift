import Redis
import Sessions

/// Compares sessions of two stores by what they mean: values, types, times, lives and the sets that they are in.
package struct Verification {
    let manner: MigrationBatch.Manner
    let tolerance: Int64
    private let reader: MigrationReader
    private let groups: GroupFetch
    private let recorder: StateRecorder

    /// - Parameter tolerance: milliseconds by which lives may differ, and times that are derived from them.
    package init(
        _ manner: MigrationBatch.Manner, of source: MigrationBatch.Side, and target: MigrationBatch.Side,
        tolerance: Int64
    ) throws(StorageError) {
        self.manner = manner
        self.tolerance = tolerance
        reader = try MigrationReader(manner, source)
        let connection = try target.store.sideConnection()
        groups = GroupFetch(
            of: target.store, on: connection, target.server, needs: SessionNeeds([.attributes, .principal, .variant]))
        recorder = StateRecorder(target.store, on: connection, target.server)
    }

    /// Compares the sessions at the first of `keys` of the source, as many as may be held at once.
    ///
    /// The session of a token counts from when it was made, which the target alone can tell: one that is not equal is made again as of then.
    package func compare(_ keys: [[UInt8]], at now: MigrationBatch.Times) throws(StorageError) -> [Compared] {
        var looks = try look(at: keys, now)
        let places = looks.indices.filter { looks[$0].madeAt != nil }
        for (madeAt, places) in Dictionary(grouping: places, by: { looks[$0].madeAt ?? now.source }) {
            var rest = places[...]
            while !rest.isEmpty {
                let again = try look(
                    at: rest.map { looks[$0].compared.key }, MigrationBatch.Times(source: madeAt, target: now.target))
                for (place, look) in zip(rest, again) where look.compared.verdict.isOfBoth { looks[place] = look }
                rest = rest.dropFirst(max(again.count, 1))
            }
        }
        return looks.map(\.compared)
    }

    private struct Look {
        let compared: Compared
        /// When the session of the target was made, where it takes the place of a token and is not equal.
        var madeAt: Int64?
    }

    private func look(at keys: [[UInt8]], _ now: MigrationBatch.Times) throws(StorageError) -> [Look] {
        let readings = try reader.read(keys, now: now.source)
        var sessions: [MigratingSession] = []
        for case .migrating(let session) in readings { sessions.append(session) }
        var current = try recorder.current(of: sessions.flatMap { $0.wanted + $0.absent })[...]
        let found = try targets(sessions.map { $0.wanted[0].key })
        return readings.map { reading in
            switch reading {
            case .decided(let session): return Look(compared: Self.compared(session))
            case .migrating(let session):
                let states = Array(current.prefix(session.wanted.count))
                let others = Array(current.dropFirst(states.count).prefix(session.absent.count))
                current = current.dropFirst(states.count + others.count)
                return look(session, Found(states: states, others: others, target: found[session.wanted[0].key]), now)
            }
        }
    }

    private func targets(_ keys: [[UInt8]]) throws(StorageError) -> [[UInt8]: SessionGroup] {
        var found: [[UInt8]: SessionGroup] = [:]
        var rest = keys[...]
        while !rest.isEmpty {
            let some = try groups.groups(at: Array(rest))
            for (key, group) in zip(rest, some) { found[key] = group }
            rest = rest.dropFirst(max(some.count, 1))
        }
        return found
    }

    private static func compared(_ session: MigratedSession) -> Compared {
        let verdict: Verdict =
            switch session.outcome {
            case .refused(let reason): .refused(reason)
            // It is looked at again.
            case .changed: .missing
            default: .ended
            }
        var compared = Compared(id: session.id, key: session.key, target: nil, verdict: verdict)
        compared.isLoggedOut = verdict == .ended && session.isLoggedOut
        return compared
    }

    private func look(_ session: MigratingSession, _ found: Found, _ now: MigrationBatch.Times) -> Look {
        let compared = Compared(
            id: session.group.session.id, key: session.group.record.key, target: session.wanted[0].key,
            verdict: verdict(session, found, now),
            indices: session.wanted.filter { $0.role == .principalIndex }.map(\.key))
        guard session.group.session.format == JWTFormat.name, !compared.verdict.isRight,
            let state = found.states.first
        else { return Look(compared: compared) }
        let target = found.target.map { Self.used($0.session, state) }
        return Look(compared: compared, madeAt: target.flatMap { madeAt($0, of: session.group.session) })
    }

    /// When the session of a token was made. Its interval was what was left of the token then; where it was given another, its last use
    /// tells, which some layouts have only to the millisecond or two of a key's life.
    private func madeAt(_ target: Session, of token: Session) -> Int64? {
        guard manner.conversion?.interval == nil, let end = token.statedEnd, let seconds = target.maxInactiveSeconds
        else { return target.lastAccessedAt }
        let (interval, first) = seconds.multipliedReportingOverflow(by: 1000)
        let (time, second) = end.subtractingReportingOverflow(interval)
        return first || second ? target.lastAccessedAt : time
    }
}
