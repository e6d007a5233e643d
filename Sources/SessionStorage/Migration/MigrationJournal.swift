package import Redis
import Sessions

/// What a migration has done so far, kept in an SQLite file: so the same command goes on where it was interrupted, and takes only what is
/// new or changed once it is complete.
///
/// Without it nothing is lost: what is at the target is compared in any case. It tells a session that the migration itself has put there from
/// one that somebody has changed since.
package final class MigrationJournal {
    /// A job that was not begun for 90 days is forgotten.
    private static let keptMilliseconds: Int64 = 90 * 86_400_000

    let database: SQLiteDatabase
    /// Nil where the job was never begun, and others of the same two stores were.
    let table: JournalTable?
    /// Nil where none is asked.
    let related: RelatedJobs?
    /// Held while the job runs.
    private let marks: [RunningMark]
    var recent = RecentEntries()
    private let job: Int64?
    /// Kept where sessions may take the places of others.
    private var places: JournalPlaces?
    /// Kept of a job that runs.
    private let progress: JournalProgress?

    /// Opens the journal of the user whose environment this is, for one job; makes it where there is none.
    ///
    /// - Parameters:
    ///   - identity: what makes it the same job: stores, layouts, filter.
    ///   - stores: which two stores it is between; nil where no other job is asked, and none asks this one.
    ///   - now: milliseconds since 1970.
    /// - Throws: `StorageError` where the same job runs already, or another one between the two stores, or the file is not to be trusted.
    package static func open(
        identity: String, of stores: Stores? = nil, environment: [String: String], now: Int64
    ) throws(StorageError) -> MigrationJournal {
        let folder = try ArchiveFile.folder(environment: environment, .migrations)
        try ArchiveFile.makeFolder(folder, .migrations)
        guard let file = try ArchiveFile(existing: folder, .migrations) else {
            throw .archive(ArchiveProblem(.failed, "the folder \(folder) was taken away; try again"))
        }
        if try file.size() == nil {
            try file.make { path throws(StorageError) in
                try JournalSchema.create(in: try SQLiteDatabase(path: path, .migrations))
            }
        }
        let database = try checked(file)
        try JournalSchema.bringUp(database)
        try JournalSchema.prune(database, before: now - keptMilliseconds) {
            RunningMark.isHeld($0, in: file.folder, .migrations)
        }
        let job = try JournalSchema.job(identity, in: database, now)
        var marks = [try RunningMark(job, in: file.folder, .migrations)]
        if let stores { marks.append(try RunningMark(between: stores, in: file.folder)) }
        try JournalSchema.makeTable(of: job, in: database)
        if let stores { try JournalSchema.note(stores.pair, of: job, in: database) }
        let related = try stores.map { (stores) throws(StorageError) in
            try RelatedJobs(to: job, stores, since: now - keptMilliseconds, in: database)
        }
        return try MigrationJournal(database, job, related, marks: marks)
    }

    /// What is known of a job and of the others of the same two stores, to be read alone; nil where none of them was begun. Makes no journal.
    package static func existing(
        identity: String, of stores: Stores? = nil, environment: [String: String], now: Int64
    ) throws(StorageError) -> MigrationJournal? {
        guard
            let file = try ArchiveFile(
                existing: try ArchiveFile.folder(environment: environment, .migrations), .migrations),
            try file.size() != nil
        else { return nil }
        let database = try checked(file)
        let limit = now - keptMilliseconds
        let job = try JournalSchema.known(identity, since: limit, in: database)
        let related = try stores.map { (stores) throws(StorageError) in
            try RelatedJobs(to: job, stores, since: limit, in: database)
        }
        guard job != nil || related != nil else { return nil }
        return try MigrationJournal(database, job, related, marks: [])
    }

    private static func checked(_ file: ArchiveFile) throws(StorageError) -> SQLiteDatabase {
        let database = try SQLiteDatabase(path: file.path, .migrations)
        try ArchiveSchema.configure(database)
        try JournalSchema.check(database)
        return database
    }

    private init(
        _ database: SQLiteDatabase, _ job: Int64?, _ related: RelatedJobs?, marks: [RunningMark]
    ) throws(StorageError) {
        (self.database, self.marks, self.job, self.related) = (database, marks, job, related)
        guard let job else {
            (table, progress) = (nil, nil)
            return
        }
        let table = try JournalTable(of: job, in: database)
        progress = marks.isEmpty ? nil : try JournalProgress(of: job, in: database)
        // Of a job that begins nothing can be found.
        if !table.isEmpty { try table.makeIndex() }
        self.table = table
    }

    /// Whether the job has noted nothing yet.
    package var isNew: Bool { table?.isEmpty ?? true }

    /// What is known of the sessions at `keys`; of a job that has just begun only of the last few thousand, as a first walk comes to each
    /// session once.
    package func entries(of keys: [[UInt8]]) throws(StorageError) -> [[UInt8]: Entry] {
        var entries: [[UInt8]: Entry] = [:]
        for key in keys {
            if recent[key] == nil, let table, table.isIndexed, let found = try table.entry(of: key) {
                recent.put(key, RecentEntries.Known(entry: found))
            }
            entries[key] = recent[key]?.entry
        }
        return entries
    }

    /// What other jobs between the same two stores know of the session at `key` of the source, where that is at `place` of the target.
    func relatedEntries(of key: [UInt8], at place: [UInt8]) throws(StorageError) -> RelatedEntries {
        try related?.entries(of: key, at: place) ?? RelatedEntries()
    }

    /// Keeps from now on which session of the source has become which one of the target.
    func keepPlaces() throws(StorageError) {
        if let job { places = try JournalPlaces(of: job, in: database) }
    }

    /// The keys of the sessions that have become the ones at `targets`; nil for those that none has.
    func sources(of targets: [[UInt8]]) throws(StorageError) -> [[UInt8]?] {
        guard let places else { return targets.map { _ in nil } }
        var sources: [[UInt8]?] = []
        for target in targets { sources.append(try places.source(of: target)) }
        return sources
    }

    /// Notes which sessions are about to become those at `target`.
    func take(_ taken: [(target: [UInt8], source: [UInt8])]) throws(StorageError) {
        guard let places, !taken.isEmpty else { return }
        // Of two that would become one in the same batch the first is written first.
        var seen: Set<[UInt8]> = []
        let first = taken.filter { seen.insert($0.target).inserted }
        try database.transaction(isDurable: false) { () throws(StorageError) in
            for one in first { try places.take(one.target, by: one.source) }
        }
    }

    /// Up to where in the scan of the source all was done when the job was interrupted; nil where it was complete, and where `source` is
    /// not the process that it was then, or does not say.
    package func place(on source: ServerIdentity?) throws(StorageError) -> ScanCursor? {
        guard let source else { return nil }
        return try progress?.place(ofRun: source.run)
    }

    /// Keeps that place; nil where the job has gone through all.
    package func keep(_ place: ScanCursor?, on source: ServerIdentity?) throws(StorageError) {
        try progress?.keep(place, ofRun: source?.run)
    }

    /// To be called before sessions are taken once more that were begun some time ago.
    package func prepareForAnySession() throws(StorageError) { try table?.makeIndex() }
}
