/// The SQLite files that the program writes.
enum ArchiveKind: Sendable, Hashable {
    /// What sessions were before they were changed.
    case undo
    /// What migrations have done so far.
    case migrations
    /// Sessions that were exported to a file that the user names.
    case export
    /// Tokens that sessions have become, in a file that the user names.
    case tokens

    /// The name of the file.
    var fileName: String {
        switch self {
        case .undo: "undo.sqlite"
        case .migrations: "migrations.sqlite"
        case .export, .tokens: ""
        }
    }

    /// What messages call it.
    var title: String {
        switch self {
        case .undo: "the undo archive"
        case .migrations: "the journal of migrations"
        case .export: "the archive"
        case .tokens: "the file of tokens"
        }
    }

    /// What can be done without one.
    var wayOnWithout: String {
        switch self {
        case .undo: "changes with --no-undo need none"
        case .migrations: "XDG_STATE_HOME names another folder for it"
        case .export: "an export can go to another file"
        case .tokens: "tokens can go to another file"
        }
    }

    /// What to do about a file that cannot be relied on.
    var remedy: String {
        switch self {
        case .undo, .migrations: "move it away to start a new one; \(wayOnWithout)"
        case .export: "nothing of it was used; export the sessions anew, to another file"
        case .tokens: "nothing of it was used"
        }
    }
}
