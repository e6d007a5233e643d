/// Help and messages as the shell says them: there a command stands without the program's name.
enum ShellWording {
    /// What may stand before the name on a line of help or of a message.
    private static let openings = ["", "Usage: ", "USAGE: ", "See '"]

    static func withoutProgram(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map(line).joined(separator: "\n")
    }

    private static func line(_ line: Substring) -> String {
        let indent = line.prefix { $0 == " " }
        let rest = line[indent.endIndex...]
        for opening in openings where rest.hasPrefix(opening + "sessionctl ") {
            return indent + opening + rest.dropFirst(opening.count + "sessionctl ".count)
        }
        return String(line)
    }
}
