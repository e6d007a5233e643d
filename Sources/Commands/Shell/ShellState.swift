import Redis
import SessionStorage
import Sessions
import Terminal

/// What the shell lends to the commands that run in it.
final class ShellState {
    /// The session that commands fall back to.
    struct CurrentSession {
        let key: [UInt8]
        let id: [UInt8]
        let format: String
    }

    /// How the shell reaches its store.
    let plan: ConnectionPlan
    /// Spring namespaces in which ids are looked for first.
    let namespaces: [String]
    /// Names for completion.
    let names: SessionNames
    var session: CurrentSession?
    /// Whether sessions of a production store may be changed: `\write on`.
    var writes = false
    /// Set by `exit`.
    var isLeaving = false
    private var opened: SessionStore?
    private var lastAnswer = -Double.infinity

    /// A connection that was used this short a time ago is not asked whether it still works.
    private static let secondsTrusted = 1.0

    /// Whether what `protection` protects can be changed without a word on each line.
    func mayWrite(_ protection: WriteProtection) -> Bool { writes && protection.kind == .production }

    /// The key of the session that commands fall back to.
    var current: [UInt8]? { session?.key }

    init(plan: ConnectionPlan, namespaces: [String], clock: @escaping () -> Double) {
        self.plan = plan
        self.namespaces = namespaces
        // Nobody waits for a Tab: this and the time that is given to gather names stay below 100 ms together.
        let timeouts = RedisTimeouts(connect: .milliseconds(40), progress: .milliseconds(40))
        names = SessionNames(
            connect: { () throws(RedisError) in
                try RedisConnection.connect(to: plan.endpoint, credentials: plan.credentials, timeouts: timeouts)
            }, clock: clock, jwtKeys: plan.jwtKeys)
    }

    /// The shell's store; a connection that was lost is opened again, and that is told.
    func store(for context: CommandContext) throws -> SessionStore {
        let wasOpen = opened?.connection.isOpen ?? false
        if let opened, isAlive(opened, context) { return opened }
        let isReplaced = opened != nil
        opened = nil
        let store = try context.openStore(plan)
        opened = store
        lastAnswer = context.monotonicClock()
        if isReplaced, wasOpen {
            context.say("the connection was lost; connected again to \(plan.endpoint)")
            try? context.errors.flush()
        }
        return store
    }

    /// Asks a connection that was idle whether anybody is there. Not being allowed to ask is an answer.
    private func isAlive(_ store: SessionStore, _ context: CommandContext) -> Bool {
        guard store.connection.isOpen else { return false }
        if context.monotonicClock() - lastAnswer < Self.secondsTrusted { return true }
        _ = try? store.connection.call("PING")
        lastAnswer = context.monotonicClock()
        return store.connection.isOpen
    }

    func close() {
        opened?.close()
        names.close()
    }
}
