import ArgumentParser
import SessionStorage
import Sessions
import Terminal

/// The sessions that a command is about: its arguments, or the shell's current session.
struct SessionArgument: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Session: id, cookie value, Redis key, prefix of six characters or more, user:NAME, or a JWT; id:, cookie: and key: force a meaning.",
            valueName: "session"))
    var names: [String] = []

    /// Finds all of them; asks the store only by key unless a scan is needed.
    func sessions(in context: CommandContext, _ connection: ConnectionOptions, quiet: Bool) throws -> [Session] {
        let current = try currentSession(context, connection)
        let store = try context.openStore(connection)
        let lookup = context.lookup(connection, in: store)
        if let current { return [try lookup.session(atKey: current)] }
        let progress = context.progress("searching", unit: "keys", quiet: quiet)
        defer { progress.hide() }
        var sessions: [Session] = []
        for word in names {
            sessions += try lookup.sessions(named: SessionName(word)) { progress.update(done: $0, total: $1) }
        }
        return sessions
    }

    /// The key of the shell's current session where no session is named, and an error where there is none; needs no connection.
    @discardableResult
    func currentSession(_ context: CommandContext, _ connection: ConnectionOptions) throws -> [UInt8]? {
        guard names.isEmpty else { return nil }
        if let key = context.shell?.current {
            guard connection.namesStore else { return key }
            throw Failure.usage("name a session: the current one is in the shell's own store")
        }
        throw Failure.usage(
            "name a session",
            advice: context.shell == nil
                ? "sessionctl list shows them" : "'use ID' sets one for all commands; 'list' shows them")
    }
}
