/// The SQLite files that the program keeps for a user.
enum ArchiveKind: Sendable, Hashable {
    /// What sessions were before they were changed.
    case undo
    /// What migrations have done so far.
    case migrations

    /// The name of the file.
    var fileName: String {
        switch self {
        case .undo: "undo.sqlite"
        case .migrations: "migrations.sqlite"
        }
    }

    /// What messages call it.
    var title: String {
        switch self {
        case .undo: "the undo archive"
        case .migrations: "the journal of migrations"
        }
    }

    /// What can be done without one.
    var wayOnWithout: String {
        switch self {
        case .undo: "changes with --no-undo need none"
        case .migrations: "without it a migration compares all that is at the target"
        }
    }
}
