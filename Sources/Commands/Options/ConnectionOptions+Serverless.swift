import ArgumentParser

extension ConnectionOptions {
    /// Refuses connection options of a command that needs no server, in words of its own: the parser would call them
    /// unknown, and everywhere else they are known. `arguments` begin with the command's name.
    static func refuseWhereNoServer(_ arguments: [String], of tree: any ParsableCommand.Type) throws(Failure) {
        guard let name = CommandName(arguments, in: tree), let command = tree.command(name) as? any Subcommand.Type,
            let reason = command.withoutServer
        else { return }
        var rest = name.rest.prefix { $0 != "--" }
        while let word = rest.popFirst() {
            let option = String(word.prefix { $0 != "=" })
            if names.contains(option), !command.ownConnectionOptions.contains(option) {
                throw .usage("\(reason): \(option) does not apply to it")
            }
            if ["-o", "--output", "--color"].contains(word) { rest = rest.dropFirst() }
        }
    }

    private static let names = valued.union(["--askpass"])
}
