import Redis
import Sessions

/// Reads sessions that are to be changed, and plans their change. Writes nothing.
struct ChangeReader {
    private let change: SessionChange
    private let groups: GroupFetch
    /// What is there beside what plans look at, where it is kept.
    private let recorder: StateRecorder?
    private let connection: RedisConnection

    /// Sessions that are to be read.
    typealias Wanted = (found: [FoundSession], context: ChangeContext)
    /// The first of them, or why they could not be read.
    typealias Batch = Result<PlannedBatch, StorageError>

    /// - Parameter keepsAll: whether the sessions are read whole, as they are kept for `undo`.
    init(
        _ change: SessionChange, of store: SessionStore, _ server: ChangeServer, keepsAll: Bool
    ) throws(StorageError) {
        self.change = change
        connection = try store.sideConnection()
        groups = GroupFetch(of: store, on: connection, server, needs: change.needs, keepsAll: keepsAll)
        recorder = keepsAll ? StateRecorder(store, on: connection, server) : nil
    }

    /// Reads the first of these sessions, as many as may be held at once, and plans; what is left of them where that could be done.
    func read(_ wanted: Wanted) -> (batch: Batch, rest: Wanted?) {
        do throws(StorageError) {
            let batch = try read(wanted.found, wanted.context)
            let rest = Array(wanted.found.dropFirst(batch.count))
            return (.success(batch), batch.count == 0 || rest.isEmpty ? nil : (rest, wanted.context))
        } catch {
            return (.failure(error), nil)
        }
    }

    /// A connection that was lost is made anew once: to read again changes nothing.
    private func read(_ found: [FoundSession], _ context: ChangeContext) throws(StorageError) -> PlannedBatch {
        do throws(StorageError) {
            return try readOnce(found, context)
        } catch {
            guard case .redis(let lost) = error, !connection.isOpen, lost.kind != .interrupted else { throw error }
            try redis { () throws(RedisError) in try connection.reopen() }
            return try readOnce(found, context)
        }
    }

    private func readOnce(_ found: [FoundSession], _ context: ChangeContext) throws(StorageError) -> PlannedBatch {
        let readings = try zip(found, groups.groups(at: found.map(\.key))).map { found, group in
            group.map { reading($0, found, context) } ?? .gone
        }
        let batch = PlannedBatch(Array(found.prefix(readings.count)), readings: readings, context: context)
        guard let recorder else { return batch }
        return batch.keeping(try recorder.kept(batch.planned))
    }

    private func reading(
        _ group: SessionGroup, _ found: FoundSession, _ context: ChangeContext
    ) -> PlannedBatch.Reading {
        do throws(ChangeRefusal) {
            guard let plan = try change.plan(for: group, found, context) else { return .unwanted(group) }
            return plan.commands.isEmpty ? .unneeded(group) : .planned(PlannedChange(plan: plan, group: group))
        } catch {
            return error.isConflict ? .unwanted(group) : .refused(group, error.description)
        }
    }
}
