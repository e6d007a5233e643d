import SessionStorage
import Sessions
import Terminal

/// Shows what a migration would write, and writes nothing.
struct MigrationRehearsal {
    private let migration: Migration
    private let batch: MigrationBatch

    init(_ migration: Migration, batch: MigrationBatch) {
        self.migration = migration
        self.batch = batch
    }

    func run(_ look: MigrationPreflight.Look) throws -> ExitStatus {
        var writer = PlanWriter(migration.form, migration.context)
        var status = look.status
        var left = migration.options.limit ?? .max
        try look.keys.forEach(BulkChange.sessionsAtOnce) { keys in
            var rest = keys[...]
            while !rest.isEmpty, left > 0 {
                let rehearsed = try batch.rehearse(Array(rest), at: { migration.times })
                for one in rehearsed where left > 0 { show(one, &writer, &status, &left) }
                rest = rest.dropFirst(max(rehearsed.count, 1))
            }
            return migration.goesOn && left > 0
        }
        writer.finish()
        return status
    }

    private func show(
        _ one: MigrationBatch.Rehearsed, _ writer: inout PlanWriter, _ status: inout ExitStatus, _ left: inout Int
    ) {
        switch one {
        case .write(let group, let plan, _):
            writer.write(ShownPlan(group, .plan(plan)))
            left -= 1
        case .left(let session):
            let isRefused = session.outcome.isIncomplete
            if isRefused { status = .partial }
            let text = [session.outcome.word, session.outcome.detail].compactMap { $0 }.joined(separator: ": ")
            writer.write(ShownPlan(session, isRefused ? .refused(text) : .left(text)))
        }
    }
}
