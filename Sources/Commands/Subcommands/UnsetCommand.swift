import ArgumentParser
import SessionStorage
import Sessions
import Terminal

/// `unset`: takes attributes, elements and entries out of a session.
struct UnsetCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "unset",
        abstract: "Take values out of a session.",
        usage: "sessionctl unset [SESSION] PATH ... [--purge] [--dry-run] [--yes] [CONNECTION]",
        discussion: """
            Takes away attributes, elements of lists and sets, and entries of maps. A field of an object becomes null.

            Of an attribute, Spring Session's own removal leaves an empty field in the hash, by which other nodes see that it is \
            gone; --purge takes the field away as well.

            In the shell, the current session is meant unless the first word begins with id:, user:, key: or cookie:.

            Examples:
              sessionctl unset 13C0914C lastUrl --yes
              sessionctl unset 13C0914C "cart.items['SKU-0009']" --dry-run
              sessionctl unset 2979428e cart --purge --yes
            """)

    @Argument(
        help: ArgumentHelp("Session; in the shell, the current one if left out.", valueName: "session"))
    var session: String?

    @Argument(help: ArgumentHelp("What is taken away.", valueName: "path"))
    var paths: [String] = []

    /// As they were written: whether the first is a session is told by what it says.
    private var words: [String] { [session].compactMap { $0 } + paths }

    @Flag(help: "Leave no mark of a removed attribute: HDEL.")
    var purge = false

    @Flag(help: "Change an object that several paths lead to for all of them.")
    var shared = false

    @OptionGroup var options: EditingOptions

    mutating func run(in context: CommandContext) throws -> ExitStatus {
        let (session, paths) = try EditedSession.split(
            words, in: context, isPlace: { _ in context.shell?.current != nil },
            usage: "name a session and what to take away", example: "sessionctl unset 019FD27F theme")
        let shared = shared
        let edit = SessionEdit(
            AttributePath.inOrderOfRemoval(paths).map { AttributeEdit($0, .remove, changesShared: shared) },
            purges: purge)
        let editing = EditedSession(session: session, edit: edit, options: options)
        return try editing.run(in: context)
    }
}
