// How far a migration comes with its sessions.
extension MigrationJournal {
    /// Notes which sessions are at the source, whatever this job or another one has noted before: their removal was refused or never came to pass, or
    /// somebody has brought them back.
    func noteAtSource(_ keys: [[UInt8]]) throws(StorageError) {
        guard let table, table.isIndexed || related?.hasOthers ?? false else { return }
        // What this run itself has noted it takes back by a further row.
        let moved = table.isIndexed ? try entries(of: keys).filter { $0.value.isMoved }.map(\.key) : []
        guard !moved.isEmpty || related?.hasOthers ?? false else { return }
        try database.transaction(isDurable: false) { () throws(StorageError) in
            for key in keys { try related?.noteNotMoved(key) }
            for key in moved {
                try table.noteNotMoved(key)
                guard var known = recent[key] else { continue }
                known.entry.stay()
                recent.put(key, known)
            }
        }
    }

    /// Notes what is about to be written, beside what was before: until it is read back, either may be at the target.
    func begin(_ steps: [(key: [UInt8], step: Step)]) throws(StorageError) {
        try note(steps) { table, key, step throws(StorageError) in
            var known = recent[key] ?? RecentEntries.Known()
            known.open = (step, try table.append(key, step, .begun))
            known.entry.add(step, .begun)
            recent.put(key, known)
        }
    }

    /// Notes what the target's server has said is written: who does not find it there later knows that it was.
    func noteWritten(_ steps: [(key: [UInt8], step: Step)]) throws(StorageError) {
        let new = steps.filter { !(recent[$0.key]?.entry.isAnswered($0.step) ?? false) }
        try note(new) { table, key, step throws(StorageError) in try advance(key, step, to: .written, in: table) }
    }

    /// Notes what was written and read back; what was begun before is forgotten.
    ///
    /// - Parameter moved: whether it was taken away from the source as well.
    func finish(_ steps: [(key: [UInt8], step: Step)], moved: Bool = false) throws(StorageError) {
        let new = moved ? steps : steps.filter { !(recent[$0.key]?.entry.isDone($0.step) ?? false) }
        try note(new) { table, key, step throws(StorageError) in
            if moved { try related?.noteMoved(key, to: step.place ?? key) }
            guard !(recent[key]?.entry.isDone(step, moved: moved) ?? false) else { return }
            try advance(key, step, to: moved ? .moved : .done, in: table)
        }
    }

    /// Notes what was found at the target and left there: who does not find it there later knows that somebody has ended it.
    func noteSeen(_ steps: [(key: [UInt8], step: Step)]) throws(StorageError) {
        let new = steps.filter { !(recent[$0.key]?.entry.isSeen($0.step) ?? false) }
        try note(new) { table, key, step throws(StorageError) in
            var known = recent[key] ?? RecentEntries.Known()
            _ = try table.append(key, step, .seen)
            // A row of its own, behind the one of what was begun before.
            known.open = nil
            known.entry.add(step, .seen)
            recent.put(key, known)
        }
    }

    /// Notes how far a step has come: in the row that it has, where that is the last of its session.
    private func advance(
        _ key: [UInt8], _ step: Step, to state: State, in table: JournalTable
    ) throws(StorageError) {
        var known = recent[key] ?? RecentEntries.Known()
        if let open = known.open, open.step == step {
            try table.mark(open.row, state)
        } else {
            known.open = (step, try table.append(key, step, state))
        }
        if state == .done || state == .moved { known.open = nil }
        known.entry.add(step, state)
        recent.put(key, known)
    }

    /// All of them or none. A process that is killed loses nothing of it; after a power failure the target is compared.
    private func note(
        _ steps: [(key: [UInt8], step: Step)], _ body: (JournalTable, [UInt8], Step) throws(StorageError) -> Void
    ) throws(StorageError) {
        guard let table, !steps.isEmpty else { return }
        try database.transaction(isDurable: false) { () throws(StorageError) in
            for (key, step) in steps { try body(table, key, step) }
        }
    }
}
