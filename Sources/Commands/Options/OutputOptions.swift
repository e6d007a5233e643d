import ArgumentParser
import Terminal

/// The forms that output can take.
enum OutputForm: String, CaseIterable, ExpressibleByArgument {
    case table, tree, json, jsonl, csv, tsv, raw
}

extension ColorChoice: ExpressibleByArgument {}

/// What output looks like.
struct OutputOptions: ParsableArguments {
    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp(
            "Form of the output: \(OutputForm.allCases.map { $0.rawValue }.joined(separator: ", ")).", valueName: "form"
        ))
    var form: OutputForm?

    @Flag(name: .customLong("json"), help: "Short for -o json.")
    var json = false

    @Flag(name: .customLong("reveal"), help: "Show values that look secret instead of masking them.")
    var reveal = false

    @Option(name: .customLong("color"), help: ArgumentHelp("Colour: auto, always, never.", valueName: "when"))
    var color: ColorChoice = .auto

    @Flag(name: .customLong("no-pager"), help: "Never start a pager.")
    var noPager = false

    @Flag(name: [.customShort("q"), .customLong("quiet")], help: "No progress and no closing line.")
    var quiet = false

    /// The form: as asked, else `terminal` on a terminal and `pipe` elsewhere; refuses those the command does not have.
    func form(
        onTerminal terminal: OutputForm, inPipe pipe: OutputForm, allowed: [OutputForm], context: CommandContext
    ) throws -> OutputForm {
        let wished = json ? .json : form
        guard let wished else { return context.screen == nil ? pipe : terminal }
        guard allowed.contains(wished) else {
            let names = allowed.map { $0.rawValue }.joined(separator: ", ")
            throw Failure.usage("-o \(wished.rawValue) is no form of this command; it has \(names)")
        }
        return wished
    }

    /// The colours for data.
    func palette(_ context: CommandContext) -> Palette {
        Palette(isEnabled: color.isOn(isTerminal: context.screen != nil, environment: context.environment))
    }
}
