/// What came when a line was asked for.
package enum LineInput: Equatable, Sendable {
    case line(String)
    /// Ctrl-D, or the end of the pipe.
    case endOfInput
    /// Ctrl-C: what was typed is gone; the caller asks again.
    case interrupted
}

/// Where a shell's lines come from: a person at a terminal, or a pipe.
package protocol LineEditor: AnyObject {
    /// Reads one line, without its line feed. `prompt` is safe text with colours as a `Palette` writes them.
    func readLine(prompt: String) throws(TerminalError) -> LineInput

    /// Remembers a line for the arrow keys and the history file. Lines with secrets are simply not given here.
    func addHistory(_ line: String)
}
