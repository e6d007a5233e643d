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

    /// Finds all of them, or none; asks the store only by key unless a scan is needed.
    ///
    /// - Parameter store: the open store that `connection` names.
    func sessions(
        in context: CommandContext, _ connection: ConnectionOptions, _ store: SessionStore, quiet: Bool
    ) throws -> [Session] {
        try search(in: context, connection, store, quiet: quiet) { throw $0 }
    }

    /// Finds those that are there, and tells of each other that it is not.
    func found(in context: CommandContext, _ connection: ConnectionOptions, quiet: Bool) throws -> FoundSessions {
        var status = ExitStatus.done
        let sessions = try search(in: context, connection, nil, quiet: quiet) { error in
            let failure = try context.reportMissing(error)
            if status == .done { status = failure.status }
        }
        return FoundSessions(sessions: sessions, status: status)
    }

    /// - Parameter miss: gets the error of a name that leads to no session; the search goes on unless it throws.
    private func search(
        in context: CommandContext, _ connection: ConnectionOptions, _ open: SessionStore?, quiet: Bool,
        miss: (StorageError) throws -> Void
    ) throws -> [Session] {
        let current = try currentSession(context, connection)
        let store = try open ?? context.openStore(connection)
        let lookup = context.lookup(connection, in: store)
        if let current { return [try lookup.session(atKey: current)] }
        let progress = context.progress("searching", unit: "keys", quiet: quiet)
        defer { progress.hide() }
        var sessions: [Session] = []
        for word in names {
            do throws(StorageError) {
                sessions += try lookup.sessions(named: SessionName(word)) { progress.update(done: $0, total: $1) }
            } catch {
                progress.hide()
                try miss(error)
            }
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

/// What was found of the sessions that were named.
struct FoundSessions {
    let sessions: [Session]
    /// `done`, or what the first name that led to no session makes of the command.
    let status: ExitStatus
}

extension CommandContext {
    /// Tells that a name leads to no session; the others may.
    ///
    /// - Throws: `error` where it is about more than the name.
    @discardableResult
    func reportMissing(_ error: StorageError) throws -> Failure {
        guard error.isAboutTheNameOnly else { throw error }
        let failure = Failure(error)
        report(failure)
        return failure
    }
}
