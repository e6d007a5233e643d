import ArgumentParser
import Terminal

/// `write`: whether the shell changes sessions of a production store.
struct WriteCommand: Subcommand {
    static let withoutServer: String? = "write is about the shell's own store"

    enum Switch: String, ExpressibleByArgument, CaseIterable {
        case on, off
    }

    static let configuration = CommandConfiguration(
        commandName: "write",
        abstract: "Allow changes in a production store, or no longer.",
        usage: "sessionctl write [on | off]",
        discussion: """
            Where a profile is production, the shell changes nothing until this is on; also written \\write on. It holds for the \
            shell's own store; on a line for another store --write is needed. Without an argument it is shown.

            Examples:
              sessionctl write on
              sessionctl write off
            """)

    @Argument(help: ArgumentHelp("on or off.", valueName: "switch"))
    var state: Switch?

    mutating func run(in context: CommandContext) throws -> ExitStatus {
        guard let shell = context.shell else { return .usage }
        guard let protection = shell.plan.protection else {
            context.say("no profile protects \(shell.plan.endpoint): changes are allowed there")
            return .done
        }
        if state == .on, protection.kind != .production {
            try protection.check(WritePermission(isDryRun: false, isMeant: true), in: context)
        }
        if let state {
            shell.writes = state == .on
        } else {
            context.output.write(shell.mayWrite(protection) ? "on\n" : "off\n")
        }
        return .done
    }
}
