import ArgumentParser
import SessionStorage
import Sessions
import Terminal

/// Which sessions a command changes: named ones, or all that a filter finds.
struct ChangeSelection: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Session: id, cookie value, Redis key, prefix of six characters or more, or user:NAME for all of a user.",
            valueName: "session"))
    var names: [String] = []

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp("Sessions that fulfil the filter; of several, all.", valueName: "filter"))
    var filters: [String] = []

    @Option(help: ArgumentHelp("All sessions of this user, as user:NAME.", valueName: "name"))
    var principal: String?

    @Flag(help: "All sessions of the database.")
    var all = false

    @Option(help: ArgumentHelp("But not this session, named as others are.", valueName: "session"))
    var except: [String] = []

    @Option(
        name: .customLong("pattern"),
        help: ArgumentHelp("Only keys that match this glob-style pattern, as of SCAN.", valueName: "glob"))
    var pattern: String?

    /// Users whose sessions are meant, each as it was written.
    private var users: [String] {
        names.compactMap { $0.rest(behind: "user:") } + [principal].compactMap { $0 }
    }
    /// Names that stand for one session each.
    private var single: [String] { names.filter { $0.rest(behind: "user:") == nil } }

    /// Whether a walk over the database finds them. The index of a principal leaks and misses, so nobody relies on it.
    var needsWalk: Bool { single.isEmpty }

    /// Whether the command line says which, so that the shell's current session is not meant.
    var saysWhich: Bool { !names.isEmpty || !filters.isEmpty || principal != nil || all }

    /// Whether each of them was named, or its user: then it is meant although somebody is using it.
    var isNamed: Bool { !names.isEmpty || principal != nil }

    /// All conditions as one filter.
    func filter(now: Int64) throws -> SessionFilter {
        var conditions = try filters.map { try SessionFilter($0, now: now) }
        if !users.isEmpty {
            // A principal that is no text is shown, and typed, with escapes.
            let names = users.flatMap { [$0, EscapedName.text(of: Array($0.utf8))] }.map { Self.quoted($0) }
            conditions.append(try SessionFilter("principal in (\(names.joined(separator: ", ")))", now: now))
        }
        return SessionFilter(all: conditions)
    }

    /// `; did you mean 'X'?` where somebody is logged in whose name is nearly that of the user who was asked for; else nothing.
    func nearestUser(in store: SessionStore, _ context: CommandContext, quiet: Bool) throws -> String {
        guard filters.isEmpty, users.count == 1, let user = users.first else { return "" }
        let progress = context.progress("searching", unit: "keys", quiet: quiet)
        defer { progress.hide() }
        var nearest: String?
        _ = try SessionScan(parts: [.principal]).run(on: store) {
            progress.update(done: $0, total: $1)
        } body: { session throws(StorageError) in
            guard let principal = session.principal, principal != nearest else { return true }
            nearest = NearestWord.suggestion(for: user, among: [nearest, principal].compactMap { $0 })
            return true
        }
        // Who is there by just that name was left for another reason.
        return nearest.flatMap { $0 == user ? nil : "; did you mean '\($0)'?" } ?? ""
    }

    /// As a value of a filter, in which a quote is written twice.
    private static func quoted(_ text: String) -> String {
        "'" + text.unicodeScalars.map { $0 == "'" ? "''" : String($0) }.joined() + "'"
    }

    /// Throws where it is not said which sessions are meant.
    func check(in context: CommandContext, command: String) throws(Failure) {
        if !saysWhich, context.shell?.current == nil {
            throw .usage(
                "say which sessions: names, user:NAME, --where FILTER, or --all",
                advice: "sessionctl \(command) --where \"idle > 30d\" --dry-run shows what it would do")
        }
        if all, !names.isEmpty || principal != nil {
            throw .usage("--all and names contradict each other: give one of them")
        }
        if !single.isEmpty, pattern != nil {
            throw .usage("--pattern is about sessions that are searched for, and these are named: leave it out")
        }
        if !single.isEmpty, !users.isEmpty {
            throw .usage("sessions and users in one command: give one command for each")
        }
    }

    /// The keys of the named sessions, as far as they fulfil the filter.
    func namedKeys(
        in store: SessionStore, _ context: CommandContext, _ connection: ConnectionOptions, now: Int64, quiet: Bool
    ) throws -> [[UInt8]] {
        let filter = try filter(now: now)
        return try keys(of: single, in: store, context, connection, quiet: quiet) { filter.matches($0, now: now) }
    }

    /// The keys of those that are to be left.
    func exceptedKeys(
        in store: SessionStore, _ context: CommandContext, _ connection: ConnectionOptions, quiet: Bool
    ) throws -> Set<[UInt8]> {
        Set(try keys(of: except, in: store, context, connection, quiet: quiet))
    }

    private func keys(
        of words: [String], in store: SessionStore, _ context: CommandContext, _ connection: ConnectionOptions,
        quiet: Bool, where isWanted: (Session) -> Bool = { _ in true }
    ) throws -> [[UInt8]] {
        let lookup = context.lookup(connection, in: store)
        let progress = context.progress("searching", unit: "keys", quiet: quiet)
        defer { progress.hide() }
        var seen: Set<[UInt8]> = []
        return try words.flatMap { word in
            try lookup.sessions(named: SessionName(word)) { progress.update(done: $0, total: $1) }
                .filter(isWanted).map(\.key)
        }.filter { seen.insert($0).inserted }
    }
}
