import ArgumentParser

@testable import Commands

extension ParsableCommand {
    /// The commands below this one that can be run, with the names of their groups; no group itself.
    static var runnable: [(name: String, type: any ParsableCommand.Type)] {
        configuration.subcommands.flatMap { command -> [(name: String, type: any ParsableCommand.Type)] in
            let members = command.configuration.subcommands.map { ("\(command._commandName) \($0._commandName)", $0) }
            return members.isEmpty ? [(command._commandName, command)] : members
        }
    }
}
