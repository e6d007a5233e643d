import Sessions
import Terminal

/// Reads lines and runs them, until somebody leaves.
final class Shell {
    /// Where lines come from, and what an error means there.
    enum Mode {
        /// A person: errors are told, and the next line is asked for.
        case interactive
        /// A pipe or a file: the first error ends the run, or with `keepGoing` none does.
        case script(keepGoing: Bool)
    }

    private let context: CommandContext
    private let state: ShellState
    private let editor: any LineEditor
    private let mode: Mode
    private let prompt: ShellPrompt
    private let table = CommandTable(of: ShellCommandTree.self)
    private var lineNumber = 0

    init(context: CommandContext, state: ShellState, editor: any LineEditor, mode: Mode, palette: Palette) {
        self.context = context
        self.state = state
        self.editor = editor
        self.mode = mode
        prompt = ShellPrompt(palette: palette)
    }

    /// Runs until the end of the input, `exit`, an error that ends it, or a signal.
    ///
    /// A person's shell ends with 0; a script with the status of the line that ended it, or with 5 if it went on after
    /// errors.
    func run() -> ExitStatus {
        var worst = ExitStatus.done
        while !state.isLeaving {
            guard let status = next() else { break }
            if let end = context.takeInterrupt() { return end }
            switch mode {
            case .interactive: continue
            case .script where status == .done: continue
            case .script(keepGoing: true) where status != .interrupted: worst = .partial
            case .script: return status
            }
        }
        return context.takeInterrupt() ?? worst
    }

    /// Reads and runs one line; nil where there are no more.
    private func next() -> ExitStatus? {
        do throws(TerminalError) {
            switch try editor.readLine(prompt: prompt.text(state)) {
            case .endOfInput: return nil
            case .interrupted: return .interrupted
            case .line(let line):
                lineNumber += 1
                return run(line)
            }
        } catch {
            return failed(reading: error)
        }
    }

    private func failed(reading error: TerminalError) -> ExitStatus? {
        // The error says its line itself, where it has one.
        let line = lineContext([], isNumbered: false)
        line.report(Failure(error))
        let status = Program.finish(line, .usage)
        // One line was bad; everything else would come again and again.
        if case .notText = error {
            lineNumber += 1
            return status
        }
        state.isLeaving = true
        return status
    }

    private func run(_ line: String) -> ExitStatus {
        if let kept = ShellHistory.remembered(line) { editor.addHistory(kept) }
        // A Ctrl-C that came while nothing ran stops nothing.
        if let end = context.takeInterrupt() { return end }
        let words: [String]
        let line = Result { () throws(Failure) in try Self.words(of: line) }
        let command: CommandContext
        switch line {
        case .success(let split):
            if split.isEmpty { return .done }
            words = split
            command = lineContext(words)
        case .failure(let failure):
            command = lineContext([])
            command.report(failure)
            return Program.finish(command, failure.status)
        }
        let status = Program.finish(command, perform(words, in: command))
        if status == .interrupted, case .interactive = mode {
            command.errors.write("\n")
            try? command.errors.flush()
        }
        return status
    }

    private func lineContext(_ words: [String], isNumbered: Bool = true) -> CommandContext {
        var prefix = ""
        if case .script = mode { prefix = "sessionctl: " + (isNumbered ? "line \(lineNumber): " : "") }
        return context.forCommand(words, messagePrefix: prefix)
    }

    /// The words of a line; `\q` and `\?` are short for commands, and `write` is always written so.
    private static func words(of line: String) throws(Failure) -> [String] {
        let start = line.drop { $0.isWhitespace }
        guard start.hasPrefix("\\") else { return try ShellWords(line).all() }
        switch start.split(whereSeparator: { $0.isWhitespace }).first {
        case "\\q": return ["exit"]
        case "\\?": return ["help"]
        case "\\write": return try ["write"] + ShellWords(String(start)).all().dropFirst()
        case let word: throw .usage("there is no \(word ?? "\\"); \\? is help, \\q leaves, \\write on allows changes")
        }
    }

    private func perform(_ words: [String], in context: CommandContext) -> ExitStatus {
        if words == ["help"] || words == ["--help"] {
            context.output.write(ShellHelp(table: table).text)
            return .done
        }
        if let name = ArgumentOrder.normalized(words).first, !name.hasPrefix("-"), table.command(name) == nil {
            let reason = ShellCommandTree.refusal(of: name).map { "\(name): \($0)" }
            let names = table.commands.flatMap { [$0.name] + $0.aliases }
            let missing = "there is no command '\(name)'" + NearestWord.question(for: name, among: names)
            context.report(.usage(reason ?? missing, advice: reason == nil ? "help lists them" : nil))
            return .usage
        }
        return Program.runCommand(words, of: ShellCommandTree.self, in: context)
    }
}
