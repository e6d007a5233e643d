import ArgumentParser
import Terminal

/// The forms that output can take.
enum OutputForm: String, CaseIterable {
    case table, tree, text, json, jsonl, csv, tsv, raw, prometheus

    /// What help says of it.
    var summary: String {
        switch self {
        case .table: "columns, for people"
        case .tree: "branches with all values, for people"
        case .text: "plain text"
        case .json: "JSON (docs/json.md)"
        case .jsonl: "JSON, one value a line"
        case .csv: "comma-separated values (RFC 4180)"
        case .tsv: "tab-separated values"
        case .raw: "bytes as they are stored"
        case .prometheus: "metrics, in the text format of Prometheus"
        }
    }
}

/// The forms that one command has.
protocol CommandForms: Sendable {
    static var all: [OutputForm] { get }
}

/// One of a command's forms; the parser refuses the others and names those that there are.
struct CommandForm<Forms: CommandForms>: ExpressibleByArgument {
    let form: OutputForm

    init?(argument: String) {
        guard let form = OutputForm(rawValue: argument), Forms.all.contains(form) else { return nil }
        self.form = form
    }

    static var allValueStrings: [String] { Forms.all.map { $0.rawValue } }

    static var allValueDescriptions: [String: String] {
        Dictionary(uniqueKeysWithValues: Forms.all.map { ($0.rawValue, $0.summary) })
    }
}

/// The form of a command's output.
struct FormOptions<Forms: CommandForms>: ParsableArguments {
    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Form of the output.", valueName: "form"))
    var form: CommandForm<Forms>?

    @Flag(name: .customLong("json"), help: "Short for -o json.")
    var json = false

    /// The form that was asked for.
    var wished: OutputForm? { json ? .json : form?.form }

    /// The form: as asked, else `terminal` on a terminal and `pipe` elsewhere.
    func form(onTerminal terminal: OutputForm, inPipe pipe: OutputForm, context: CommandContext) -> OutputForm {
        wished ?? (context.screen == nil ? pipe : terminal)
    }
}
