import ArgumentParser
import SessionStorage
import Sessions
import Terminal

/// `touch`: extends sessions as if they had been used now.
struct TouchCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "touch",
        abstract: "Extend sessions, as if they had been used now.",
        usage:
            "sessionctl touch (SESSION ... | --where FILTER | --principal NAME | --all) [--dry-run] [--yes] [CONNECTION]",
        discussion: """
            A Spring session gets a new time of its last use, and its keys, its bucket or its place among the expirations follow. Of \
            formats whose manager counts by the life of the key, that begins anew. What has ended is not brought back, and a \
            token, whose end is signed, cannot be extended.

            Examples:
              sessionctl touch 019FD27F --yes
              sessionctl touch user:carol --yes
              sessionctl touch --where "user = 'carol' and ttl < 1d" --yes
            """,
        aliases: ["extend"])

    @OptionGroup var selection: ChangeSelection
    @OptionGroup(title: "Change") var change: ChangeOptions
    @OptionGroup(title: "Output") var form: FormOptions<ChangeForms>
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Connection") var connection: ConnectionOptions

    mutating func run(in context: CommandContext) throws -> ExitStatus {
        try selection.check(in: context, command: "touch")
        let store = try context.openStore(connection, toChange: change.permission)
        let bulk = BulkChange(
            context: context,
            verb: ChangeVerb(infinitive: "Extend", gerund: "extending", participle: "extended", goesOn: false),
            selection: selection, options: change, output: output, connection: connection,
            form: form.form(onTerminal: .table, inPipe: .table, context: context)
        ) { group, context throws(ChangeRefusal) in
            try SessionChanges.touch(group, context)
        }
        return try bulk.run(on: store)
    }
}
