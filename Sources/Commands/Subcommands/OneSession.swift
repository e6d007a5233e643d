import ArgumentParser
import SessionStorage
import Sessions

/// One session with all that it holds, for a command that works on a single one.
struct OneSession {
    private let name: String?
    private let store: SessionStore
    private let connection: ConnectionOptions
    private let isQuiet: Bool

    /// - Parameter name: nil for the shell's current session.
    init(_ name: String?, in store: SessionStore, _ connection: ConnectionOptions, quiet: Bool) {
        self.name = name
        self.store = store
        self.connection = connection
        isQuiet = quiet
    }

    /// - Throws: where there is none, or the name stands for several.
    func read(in context: CommandContext) throws -> SessionGroup {
        let argument = try SessionArgument.parse(name.map { ["--", $0] } ?? [])
        let found = try argument.sessions(in: context, connection, store, quiet: isQuiet)
        guard let session = found.first, found.count == 1 else {
            let ids = found.map { EscapedName.text(of: $0.id) }.joined(separator: ", ")
            throw Failure.usage(
                "'\(name ?? "")' stands for \(found.count) sessions: \(ids)", advice: "name one of them")
        }
        let fetch = GroupFetch(
            of: store, on: try store.changeConnection(), try ChangeServer(of: store.connection),
            needs: SessionNeeds([.attributes]))
        guard let group = try fetch.groups(at: [session.key]).first ?? nil else {
            throw Failure(.notFound, "session '\(EscapedName.text(of: session.id))' has just ended")
        }
        guard group.record.isWhole else {
            throw Failure.usage("session '\(EscapedName.text(of: session.id))' is too large to be edited as a whole")
        }
        return group
    }
}
