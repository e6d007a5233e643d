import ArgumentParser
import JavaSerialization
import SessionStorage
import Sessions
import Terminal

/// `set`: gives places in a session's attributes new values.
struct SetCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Set values inside of a session.",
        usage: "sessionctl set [SESSION] PATH=VALUE ... [--type TYPE] [--dry-run] [--yes] [CONNECTION]",
        discussion: """
            A path is written as for get. The value is read as what stands at the place: a number for a number, a constant's name \
            for an enum, text for a String; what does not fit is refused, and nothing is changed. An attribute, an entry of a \
            map, or the element behind the last one is added where it is not there; --type says of which class it is. \
            --append puts the value behind the last element of a list, --insert before the element of the path, and --rename \
            gives an attribute or an entry of a map the name that stands in place of the value.

            The value may be @FILE or - for standard input, b64:, hex: for bytes, json: for JSON, also as --typed prints it; \
            text: stands before text that begins like one of these, or that is to be text in JSON where a number stands. A file that \
            holds a Java stream is that object.

            Several are set one after the other, each in what the ones before have made of the session.

            An object that other paths lead to as well is changed for this path alone; --shared changes it for all.

            In the shell, the current session is meant where the first word has an equals sign.

            Examples:
              sessionctl set 019FD27F theme=dark --yes
              sessionctl set 13C0914C "cart.items['SKU-0009'].quantity=3" --dry-run
              sessionctl set 2979428e visits=1 --type Integer --yes
              sessionctl set 019FD27F note=@note.txt --yes
            """)

    /// What is done with the value.
    enum Mode: String, EnumerableFlag {
        case append, insert, rename

        static func help(for value: Mode) -> ArgumentHelp? {
            switch value {
            case .append: "Put the value behind the last element of the list, set or array at the path."
            case .insert: "Put the value before the element at the path."
            case .rename: "Give the attribute or the entry at the path this name."
            }
        }
    }

    @Argument(
        help: ArgumentHelp("Session; in the shell, the current one if left out.", valueName: "session"))
    var session: String?

    @Argument(help: ArgumentHelp("What is set.", valueName: "path=value"))
    var assignments: [String] = []

    /// As they were written: whether the first is a session is told by what it says.
    private var words: [String] { [session].compactMap { $0 } + assignments }

    @Flag var mode: Mode?

    @Option(
        help: ArgumentHelp(
            "The class of new values; enum writes a constant also where the session has none of its name.",
            valueName: "type"))
    var type: ValueTypeWord?

    @Option(
        help: ArgumentHelp(
            "The class of the key of a map's entry, where the keys that are there do not tell; enum as for --type.",
            valueName: "type"))
    var keyType: ValueTypeWord?

    @Flag(help: "Change an object that several paths lead to for all of them.")
    var shared = false

    @OptionGroup var options: EditingOptions

    mutating func run(in context: CommandContext) throws -> ExitStatus {
        let (session, assignments) = try EditedSession.split(
            words, in: context, isPlace: { Assignment($0) != nil },
            usage: "name a session and what to set", example: "sessionctl set 019FD27F theme=dark")
        guard assignments.count(where: { Assignment($0)?.value == "-" }) < 2 else {
            throw Failure.usage("standard input is one value, and several are to be read from it")
        }
        if keyType != nil, let mode {
            throw Failure.usage(
                "--key-type is about entries that are set, and --\(mode.rawValue) is something else",
                advice: mode == .rename ? "--type says of which class the new key is" : nil)
        }
        let edit = SessionEdit(try assignments.map { try attributeEdit($0) })
        let editing = EditedSession(session: session, edit: edit, options: options)
        return try editing.run(in: context)
    }

    private func attributeEdit(_ word: String) throws -> AttributeEdit {
        guard let assignment = Assignment(word) else {
            throw Failure.usage(
                "'\(word)' has no equals sign", advice: "write PATH=VALUE; unset takes paths alone")
        }
        let path = assignment.path
        if mode == .rename {
            return AttributeEdit(path, .rename(assignment.value, key: type?.type.value(assignment.value)))
        }
        let value = try assignment.newValue(type?.type)
        let operation: AttributeEdit.Operation =
            switch mode {
            case .append: .append(value)
            case .insert: .insert(value)
            default: keyType.map { .setEntry(value, key: $0.type) } ?? .set(value)
            }
        return AttributeEdit(path, operation, changesShared: shared)
    }
}

/// The class of a new value or key as a word of the command line.
struct ValueTypeWord: ExpressibleByArgument {
    let type: NewValueType

    private static let enumWord = "enum"

    init?(argument: String) {
        if argument == Self.enumWord {
            type = .enumConstant
        } else if let type = JavaValueType(rawValue: argument) {
            self.type = .platform(type)
        } else {
            return nil
        }
    }

    static var allValueStrings: [String] { JavaValueType.allCases.map { $0.rawValue } + [enumWord] }
}
