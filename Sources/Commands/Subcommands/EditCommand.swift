import ArgumentParser
import SessionStorage
import Sessions
import Terminal

/// `edit`: the attributes of a session in the user's editor.
struct EditCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "edit",
        abstract: "Change a session in an editor.",
        usage: "sessionctl edit [SESSION] [ATTRIBUTE ...] [--reveal] [--dry-run] [CONNECTION]",
        discussion: """
            Shows the attributes, or those that are named, as typed JSON in the editor of SESSIONCTL_EDITOR, VISUAL or EDITOR. \
            When it is left, what was changed is shown and asked for. A text that cannot be taken over is shown again with the \
            reason above the line. A file that is left as it was changes nothing.

            What looks secret is {"$masked": …} unless --reveal shows it; it stays as it is, wherever it is moved to. An object \
            that occurs in several places stands in the first and is changed for all of them. New values are written as typed \
            or as plain JSON.

            What others do to the session meanwhile stays. Where they have changed the same attribute, the text is shown again \
            with what it is now, and what was written above it.

            The file is in a directory that only its owner may look into, in XDG_RUNTIME_DIR or TMPDIR, and gone when the \
            program ends, however that happens. A text that was written and not taken over is kept, for its owner alone, in \
            $XDG_STATE_HOME/sessionctl/edits: the last ten, for 30 days.

            Examples:
              sessionctl edit 019FD27F
              sessionctl edit 13C0914C cart --dry-run
              sessionctl edit user:grace --reveal
            """)

    @Argument(
        help: ArgumentHelp("Session; in the shell, the current one if left out.", valueName: "session"))
    var session: String?

    @Argument(help: ArgumentHelp("Attributes that are shown; all if left out.", valueName: "attribute"))
    var attributes: [String] = []

    /// As they were written: whether the first is a session is told by what it says.
    private var words: [String] { [session].compactMap { $0 } + attributes }

    @OptionGroup var options: EditingOptions

    mutating func run(in context: CommandContext) throws -> ExitStatus {
        let (name, attributes) = try named(in: context)
        let store = try context.openStore(options.connection, toChange: options.change.permission)
        let session = try OneSession(name, in: store, options.connection, quiet: options.output.quiet).read(in: context)
        // Before somebody has worked on it for nothing.
        try refuseWhatCannotBeWritten(session, context)
        var work = try EditorWork(session, attributes: attributes, in: store, options: options, context: context)
        if !options.change.dryRun { try refuseWhereNothingIsWritten(store, context) }
        return try work.run()
    }

    /// The session that is named, nil for the shell's current one; and the attributes.
    private func named(in context: CommandContext) throws(Failure) -> (session: String?, attributes: [String]) {
        let isMarked = EditedSession.isMarked(words.first ?? "")
        if context.shell?.current != nil, !isMarked { return (nil, words) }
        guard let first = words.first else {
            throw .usage("name a session", advice: "such as: sessionctl edit 019FD27F")
        }
        return (EditedSession.name(first, in: context), Array(words.dropFirst()))
    }

    private func refuseWhatCannotBeWritten(_ group: SessionGroup, _ context: CommandContext) throws(Failure) {
        do throws(ChangeRefusal) {
            _ = try SessionChanges.edit(group, SessionEdit([]), ChangeContext(now: context.clock()))
        } catch {
            throw .usage("session '\(EscapedName.text(of: group.session.id))': \(error)")
        }
    }

    private func refuseWhereNothingIsWritten(_ store: SessionStore, _ context: CommandContext) throws {
        try BulkChange.requireWritable(try ChangeServer(of: store.connection))
        try Confirmation(options: options.change, verb: EditedSession.verb, count: 1, place: "in \(store.endpoint)")
            .check(in: context)
    }
}
