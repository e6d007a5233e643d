import ArgumentParser

/// A subcommand: options, one call and an exit status.
protocol Subcommand: ParsableCommand {
    /// Why the command takes no connection options; nil if it does.
    static var withoutServer: String? { get }

    /// Options of its own that elsewhere say how to connect, or what of.
    static var ownConnectionOptions: Set<String> { get }

    /// Does the work; everything from outside is in `context`.
    mutating func run(in context: CommandContext) throws -> ExitStatus
}

extension Subcommand {
    static var withoutServer: String? { nil }
    static var ownConnectionOptions: Set<String> { [] }

    /// Commands are run by the program with their context, never by the parser.
    mutating func run() throws {
        throw Failure.usage("\(Self._commandName) needs the program around it")
    }
}
