#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

internal import CReadline

/// Reads lines with GNU readline: editing, history, completion and the user's inputrc.
///
/// readline is one per process, so there is one of these at a time, and it is used by one thread.
package final class ReadlineEditor: LineEditor {
    /// The editor whose keys readline is reading. readline's callbacks carry no context and come on the thread that
    /// called it.
    nonisolated(unsafe) static var active: ReadlineEditor?

    let completion: (CompletionRequest) -> Completion
    /// Whether a signal asks the program to stop.
    let interruption: () -> Bool
    private let history: HistoryFile?
    /// Why the history file is not used, if it is not: worth one warning.
    package let historyProblem: TerminalError?
    /// Lines of one paste that were not asked for yet.
    private var pasted: [String] = []
    private var lineNumber = 0
    /// The byte that Ctrl-C sends while readline has the terminal, and whether it came.
    var interruptKey: UInt8 = 3
    var isInterrupted = false
    /// Whether readline has the terminal already for the line that is being read.
    var isPrepared = false

    /// - Parameters:
    ///   - historyFile: loaded now and added to line by line; nil for no file.
    ///   - input, output: the terminal's descriptors, which stay open.
    ///   - interruption: asked at least every 100 ms while nobody types; true ends the line as Ctrl-C does.
    ///   - completion: asked when Tab is pressed; it should answer within 100 ms.
    package init(
        historyFile: String?,
        input: Int32 = StandardStream.input.descriptor,
        output: Int32 = StandardStream.output.descriptor,
        interruption: @escaping () -> Bool = { false },
        completion: @escaping (CompletionRequest) -> Completion
    ) {
        self.completion = completion
        self.interruption = interruption
        Self.useUTF8()
        Self.connect(input: input, output: output)
        using_history()
        clear_history()
        stifle_history(HistoryFile.limit)
        var problem: TerminalError?
        do throws(TerminalError) {
            history = try historyFile.map { path throws(TerminalError) in try HistoryFile(path: path) }
        } catch {
            history = nil
            problem = error
        }
        historyProblem = problem
    }

    package func readLine(prompt: String) throws(TerminalError) -> LineInput {
        if !pasted.isEmpty { return .line(pasted.removeFirst()) }
        Self.active = self
        defer { Self.active = nil }
        isInterrupted = false
        isPrepared = false
        installCallbacks()
        rl_reset_screen_size()
        guard let typed = readline(Self.marked(prompt)) else { return end() }
        defer { free(typed) }
        if isInterrupted { return .interrupted }
        lineNumber += 1
        guard let text = String(validatingCString: typed) else { throw .notText(line: lineNumber) }
        // A paste may bring several lines at once.
        var lines = text.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
        guard !lines.isEmpty else { return .line("") }
        let first = lines.removeFirst()
        pasted = lines
        return .line(first)
    }

    package func addHistory(_ line: String) {
        if let newest = readline_newest_history_line(), String(cString: newest) == line { return }
        add_history(line)
        history?.appendNewest()
    }

    private func end() -> LineInput {
        // The shell's next output, or the user's own shell, begins on a line of its own.
        if readline_ends_line() == 0 { fputs("\n", readline_output_stream()) }
        fflush(readline_output_stream())
        return isInterrupted ? .interrupted : .endOfInput
    }

    /// The prompt with its colours between the marks (RL_PROMPT_START_IGNORE and its end) that tell readline to count
    /// no columns for them.
    static func marked(_ prompt: String) -> String {
        var result = ""
        var isInColour = false
        for scalar in prompt.unicodeScalars {
            if scalar == "\u{1B}" {
                result += "\u{1}"
                isInColour = true
            }
            result.unicodeScalars.append(scalar)
            if isInColour, scalar == "m" {
                result += "\u{2}"
                isInColour = false
            }
        }
        return result
    }

    /// readline takes characters apart as the locale says. Commands and prompts are UTF-8 in every locale.
    private static func useUTF8() {
        setlocale(LC_CTYPE, "")
        if String(cString: nl_langinfo(nl_item(CODESET))) != "UTF-8" { setlocale(LC_CTYPE, "C.UTF-8") }
    }

    private static func connect(input: Int32, output: Int32) {
        readline_set_application_name()
        readline_set_streams(fdopen(dup(input), "r"), fdopen(dup(output), "w"))
        readline_set_changes_environment(0)
        rl_initialize()
        readline_break_words_at_blanks()
    }
}
