/// Lets connection options stand before the subcommand, as with redis-cli and git.
enum ArgumentOrder {
    /// The same arguments with the options that stand before the subcommand moved behind it.
    ///
    /// `--help` and `--version` stay in front: they are the program's own.
    static func normalized(_ arguments: [String]) -> [String] {
        let arguments = AttachedValues.split(arguments)
        var moved: [String] = []
        var index = 0
        while index < arguments.count {
            let argument = arguments[index]
            guard argument.hasPrefix("-"), argument.count > 1, argument != "--" else { break }
            if argument == "--help" || argument == "--version" || argument.hasPrefix("--generate-completion-script")
                || argument.hasPrefix("--experimental")
            {
                return arguments
            }
            moved.append(argument)
            index += 1
            if ConnectionOptions.valued.contains(argument) || argument == "-o" || argument == "--output"
                || argument == "--color",
                index < arguments.count
            {
                moved.append(arguments[index])
                index += 1
            }
        }
        guard index < arguments.count, !moved.isEmpty else { return arguments }
        let end = index + CommandName.count(in: arguments[index...], of: SessionctlCommand.self)
        return Array(arguments[index..<end]) + moved + arguments[end...]
    }
}
