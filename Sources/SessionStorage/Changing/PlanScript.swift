import Sessions

/// The script by which all plans of one shape are run: conditions first, then the commands, in one step of the server.
///
/// What plans of a shape have in common, the commands and the kinds of their conditions, stands in the script; keys, fields and
/// values are its arguments. A script that reads the commands from its arguments would take the server twice as long.
struct PlanScript {
    /// Its text, in Lua.
    let text: [UInt8]
    /// By what the server knows it.
    let digest: [UInt8]

    /// Arguments of one command that are named one by one; Lua takes more only from a table.
    private static let mostNamed = 16

    /// The script for plans like that of `call`.
    ///
    /// It answers `{n, there}` where the n-th condition is not met, with whether its key is there at all; else
    /// `{0, place, error, …}` with the errors of commands by their place. A command that is essential ends it by its error.
    ///
    /// - Parameter tellsExpiry: whether the server tells when keys end.
    init(for call: PlanCall, tellsExpiry: Bool) {
        var lua = "local k, a, call, e, g = KEYS, ARGV, redis.pcall, {0}\n"
        if call.readsWhatVaries { lua = "if redis.replicate_commands then redis.replicate_commands() end\n" + lua }
        var next = 1
        for question in call.questions {
            lua += question.lua(
                key: call.place(of: question.condition.key), firstArgument: next, tellsExpiry: tellsExpiry)
            next += question.arguments.count
        }
        for (index, command) in call.plan.commands.enumerated() {
            let words = command.arguments.count
            lua += Self.lua(command, place: index + 1, key: call.place(of: command.key), next..<next + words)
            next += words
        }
        text = Array((lua + "return e\n").utf8)
        digest = SHA1.hexadecimal(of: text)
    }

    private static func lua(_ command: PlannedCommand, place: Int, key: Int, _ range: Range<Int>) -> String {
        let rest = range.isEmpty ? "" : ", " + arguments(range)
        let end = command.isEssential ? " return e" : ""
        return "g = call('\(command.name)', k[\(key)]\(rest)) "
            + "if type(g) == 'table' and g.err then e[#e + 1] = \(place) e[#e + 1] = g.err\(end) end\n"
    }

    /// Arguments of the script as those of a command.
    static func arguments(_ range: Range<Int>) -> String {
        guard range.count <= mostNamed else { return "unpack(a, \(range.lowerBound), \(range.upperBound - 1))" }
        return range.map { "a[\($0)]" }.joined(separator: ", ")
    }
}
