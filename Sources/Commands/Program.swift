import ArgumentParser
import Terminal

/// The program without its process: parses arguments, runs one command and returns the exit status.
package enum Program {
    /// Runs the command that `arguments` (without the program's own name) ask for.
    package static func run(_ arguments: [String], in context: CommandContext) -> ExitStatus {
        let status = finish(context, runCommand(arguments, in: context))
        return status == .interrupted ? context.takeInterrupt() ?? status : status
    }

    /// The same without closing the streams, as the shell needs it for each line.
    static func runCommand(
        _ arguments: [String], of tree: any ParsableCommand.Type = SessionctlCommand.self, in context: CommandContext
    ) -> ExitStatus {
        context.reveals = arguments.contains("--reveal")
        context.hasDoneAll = false
        context.commandWords = RecordedCommand.words(arguments)
        do {
            try refuseKeys(arguments)
            let arguments = ArgumentOrder.normalized(arguments)
            if let topic = WordCheck.topic(arguments) {
                context.output.write(context.wording(topic.text))
                return .done
            }
            try WordCheck.check(arguments, of: tree)
            try ConnectionOptions.refuseWhereNoServer(arguments, of: tree)
            try RepeatedOptions.check(arguments, of: tree)
            try NumberOptions.check(arguments, of: tree)
            var command = try tree.parseAsRoot(arguments)
            guard var subcommand = command as? any Subcommand else {
                try command.run()
                return .done
            }
            let status = try subcommand.run(in: context)
            // What was interrupted in the middle of a value is not done, however well it ended.
            return status == .done && context.wasCutShort ? .interrupted : status
        } catch {
            return status(of: error, of: tree, in: context)
        }
    }

    /// Refuses a private key among the words of a command, which everybody on the machine can read, and which no message must repeat.
    private static func refuseKeys(_ arguments: [String]) throws(Failure) {
        guard KeyWords.holdPrivateKey(arguments) else { return }
        throw .usage(
            "a private key stands among the words of the command: it may have been seen already",
            advice:
                "--pem, --jwk and --secret-file take a file, env:NAME for a variable of the environment, or - for standard input"
        )
    }

    /// Tells `error` and chooses the exit status; help and version are no errors.
    private static func status(
        of error: any Error, of tree: any ParsableCommand.Type, in context: CommandContext
    ) -> ExitStatus {
        if isOwn(error) {
            let failure = Failure(error)
            // What could not be written is told at the end, when the rest is to be.
            if !(error is TerminalError && context.shell == nil && context.output.failure != nil) {
                context.report(failure)
            }
            return failure.status
        }
        let text = context.wording(tree.fullMessage(for: error))
        if tree.exitCode(for: error) == .success {
            context.output.write(text.isEmpty ? "" : text + "\n")
            return .done
        }
        let prefix = context.shell == nil ? "" : context.messagePrefix
        context.errors.write(prefix + context.message(text, keepLines: true) + "\n")
        return .usage
    }

    /// Sends all output on its way and waits for the pager.
    static func finish(_ context: CommandContext, _ status: ExitStatus) -> ExitStatus {
        do {
            try context.output.finish()
        } catch .interrupted {
            // What was done until then is told all the same.
            try? context.errors.finish()
            return .interrupted
        } catch {
            context.report(Failure(error))
            try? context.errors.finish()
            return status == .done ? .partial : status
        }
        try? context.errors.finish()
        return context.wasCutShort && status == .done ? .interrupted : status
    }
}

extension CommandContext {
    /// Whether somebody wanted to stop the command before its end.
    fileprivate var wasCutShort: Bool { isInterrupted() && !hasDoneAll }
}
