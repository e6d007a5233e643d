/// What was noted or looked up last: of a session that is tried once more nothing has to be read.
struct RecentEntries {
    struct Known {
        var entry = MigrationJournal.Entry()
        /// What was begun last and is not read back yet, with the number of its row.
        var open: (step: MigrationJournal.Step, row: Int64)?
    }

    /// So many are known at least, and twice as many at most.
    private static let fewest = 2048

    private var newer: [[UInt8]: Known] = [:]
    private var older: [[UInt8]: Known] = [:]

    subscript(key: [UInt8]) -> Known? { newer[key] ?? older[key] }

    mutating func put(_ key: [UInt8], _ known: Known) {
        if newer.count >= Self.fewest { (older, newer) = (newer, [:]) }
        newer[key] = known
    }
}
