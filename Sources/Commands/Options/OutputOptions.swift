import ArgumentParser
import Terminal

extension ColorChoice: ExpressibleByArgument {
    package static var allValueDescriptions: [String: String] {
        ["auto": "on a terminal, unless NO_COLOR is set", "always": "everywhere", "never": "nowhere"]
    }
}

/// What output looks like.
struct OutputOptions: ParsableArguments {
    @Flag(name: .customLong("reveal"), help: "Show values that look secret instead of masking them.")
    var reveal = false

    @Option(name: .customLong("color"), help: ArgumentHelp("Colour.", valueName: "when"))
    var color: ColorChoice = .auto

    @Flag(name: .customLong("no-pager"), help: "Never start a pager.")
    var noPager = false

    @Flag(name: [.customShort("q"), .customLong("quiet")], help: "No progress and no closing line.")
    var quiet = false

    /// The colours for data.
    func palette(_ context: CommandContext) -> Palette {
        Palette(isEnabled: color.isOn(isTerminal: context.screen != nil, environment: context.environment))
    }
}
