import ArgumentParser
import Redis
import SessionStorage
import Sessions
import Terminal

/// The forms of `undo`.
enum UndoForms: CommandForms {
    static let all: [OutputForm] = [.table, .tsv, .csv, .json, .jsonl]
}

/// `undo`: makes sessions what they were before a change.
struct UndoCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Take back what a command has changed.",
        usage:
            "sessionctl undo [N [SESSION ...]] [--dry-run] [--yes] [CONNECTION]\n       sessionctl undo list | show N",
        discussion: """
            What expire, touch and other changing commands overwrite is kept first, in a file of your own \
            ($XDG_STATE_HOME/sessionctl/undo.sqlite), for 30 days and up to 1 GB. undo takes back the last change that was made in \
            this database (given again, it does not go on to the one before), undo N the one of that number, with ids only theirs; undo list shows them all, undo show N the \
            sessions of one. The file holds whole sessions: nobody else may read it.

            Every key has the content and the end again that it had; after set, unset and edit the values have that they changed, and \
            nothing else. Sessions that would have ended meanwhile are left and counted; \
            --extend brings them back, as if they were used now. What somebody has used or changed since is left, unless --force \
            overwrites it. Where the server was started after the change, it may be another one at the same address: that is \
            refused unless --same-server says that it is not. What is taken back is noted, and not written again, also with --force; where \
            the server has lost it since (a restart from an older file, say), --again takes it back once more. Events that the application has acted on, such as a logout that it wrote down, are not taken back.

            Examples:
              sessionctl undo list
              sessionctl undo --dry-run
              sessionctl undo --yes
            """)

    @Argument(
        help: ArgumentHelp(
            "Number of the change, and ids of its sessions or unique beginnings of six characters; or list, or show and a number.",
            valueName: "what"))
    var words: [String] = []

    @Flag(help: "Overwrite what was changed since, and take back what was done at another address.")
    var force = false

    @Flag(
        name: .customLong("same-server"),
        help: "The server was restarted since the change, and is the same, with its data.")
    var sameServer = false

    @Flag(help: "Take back once more what is taken back, where the server has lost that.")
    var again = false

    @Flag(help: "Bring back sessions that would have ended meanwhile, as if they were used now.")
    var extend = false

    @Flag(name: .customLong("dry-run"), help: "Show the commands for each session, and send none that writes.")
    var dryRun = false

    @Flag(help: "Change sessions also where the profile says that it is production.")
    var write = false

    @Flag(name: [.customShort("y"), .customLong("yes")], help: "Do not ask.")
    var yes = false

    @OptionGroup(title: "Output") var form: FormOptions<UndoForms>
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Connection") var connection: ConnectionOptions

    mutating func run(in context: CommandContext) throws -> ExitStatus {
        let form = form.form(onTerminal: .table, inPipe: .tsv, context: context)
        guard let archive = try UndoArchive.openExisting(environment: context.environment) else {
            guard words == ["list"] else {
                throw Failure(.notFound, "nothing was changed from here that is still kept")
            }
            UndoListing(form, output, context).write([])
            return .done
        }
        switch words.first {
        case "list":
            guard words.count == 1 else { throw Failure.usage("undo list takes no more words") }
            UndoListing(form, output, context).write(try archive.changes().filter { $0.counts.sessions > 0 })
            return .done
        case "show":
            guard words.count == 2 else { throw Failure.usage("undo show takes the number of a change") }
            try UndoListing(form, output, context).write(archive.sessions(of: Self.number(words[1])))
            return .done
        default: return try undo(archive, form, context)
        }
    }

    private func undo(_ archive: UndoArchive, _ form: OutputForm, _ context: CommandContext) throws -> ExitStatus {
        if let wished = self.form.wished, [.tsv, .csv].contains(wished) {
            throw Failure.usage(
                "-o \(wished.rawValue) is a form of undo list and undo show", advice: "undo itself has json and jsonl")
        }
        let store = try context.openStore(
            connection, toChange: WritePermission(isDryRun: dryRun, isMeant: write))
        let change = try change(in: archive, store)
        let names = UndoNames(archive: archive, change: change.number)
        let job = UndoJob(
            context: context, archive: archive, store: store, change: change,
            ids: try names.ids(Array(words.dropFirst())), manner: UndoBatch.Manner(isForced: force, extends: extend),
            quiet: output.quiet, form: form, isAtItsAddress: Self.isAt(store, change), isSameServer: sameServer,
            isRepeated: again)
        return try job.run(dryRun: dryRun, yes: yes)
    }

    /// Whether the store is at the address where a change was made.
    private static func isAt(_ store: SessionStore, _ change: ArchivedChange) -> Bool {
        change.origin.endpoint == store.endpoint.absolute && change.origin.database == store.endpoint.database
    }

    /// The change that is meant, which was made in the store.
    private func change(in archive: UndoArchive, _ store: SessionStore) throws -> ArchivedChange {
        let endpoint = store.endpoint.absolute
        func isHere(_ change: ArchivedChange) -> Bool { Self.isAt(store, change) }
        guard let word = words.first else { return try last(of: archive.changes().filter(isHere), at: endpoint) }
        guard let change = try archive.change(Self.number(word)) else {
            throw Failure(
                .notFound, "there is no change \(word)", advice: "sessionctl undo list shows those that there are")
        }
        guard isHere(change) || force else {
            throw Failure.usage(
                "change \(word) was made in \(change.origin.endpoint), and this is \(endpoint)",
                advice: "connect to where it was made; --force takes it back here")
        }
        return change
    }

    /// The last one that has changed anything. Given again, the same command must not go on to the one before.
    private func last(of changes: [ArchivedChange], at endpoint: String) throws(Failure) -> ArchivedChange {
        let changes = changes.filter { $0.counts.changed + $0.counts.unknown > 0 }
        guard let last = changes.first else {
            throw Failure(
                .notFound, "no change is kept that was made in \(endpoint)",
                advice:
                    "sessionctl undo list shows those that are, and where they were made; undo N --force takes one back here"
            )
        }
        guard last.counts.open > 0 || again else {
            let before = changes.dropFirst().first { $0.counts.open > 0 }
            throw Failure(
                .notFound, "change \(last.number), the last one here, is taken back already: nothing was changed",
                advice: (before.map { "sessionctl undo \($0.number) takes back the one before it that is not; " } ?? "")
                    + UndoJob.again)
        }
        return last
    }

    private static func number(_ word: String) throws -> Int64 {
        guard let number = Int64(word), number > 0 else {
            throw Failure.usage("'\(word)' is no number of a change", advice: "sessionctl undo list shows them")
        }
        return number
    }
}
