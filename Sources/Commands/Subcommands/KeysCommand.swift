import ArgumentParser
import SessionStorage
import Sessions
import Terminal

/// The forms of `keys`.
enum KeysForms: CommandForms {
    static let all: [OutputForm] = [.table, .tsv, .csv, .json, .jsonl, .raw]
}

/// `keys`: every key that exists because of a session.
struct KeysCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Show every key that belongs to a session.",
        usage: "sessionctl keys (SESSION ... | --purpose PURPOSE) [-o FORM] [CONNECTION]",
        discussion: """
            A Spring session of an indexed repository has a shadow key, a place in an expirations bucket or sorted set and one in \
            the index of its principal beside its hash, in a reactive repository also a set that names its indices. A session of \
            a Tomcat manager mostly has its own key only; some managers collect ids in a set, keep times or locks beside it \
            (memcached-session-manager), or have many keys for each session (zinin). Keys that should be there and are not \
            are shown as missing.

            Beside a JSON Web Token there may be entries of an allow-list and a deny-list, a cut-off, a version, a family of \
            refresh tokens and an index (help jwt-keys). What one of them says against the token, or what is wrong with it, stands \
            as its state, such as denied (docs/findings.md). A token, its id, a user or a family may be named though \
            no session has it any more.

            --purpose lists all keys that are kept for deny, cutoff, version, family or index. Entries of an allow-list and \
            refresh tokens are sessions: list --where "format = jwt" shows them.

            Examples:
              sessionctl keys 019FD27F
              sessionctl keys user:alice -o json
              sessionctl keys eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiJhIn0.c2ln
              sessionctl keys --purpose deny
            """)

    @OptionGroup var session: SessionArgument

    @Option(
        name: .customLong("purpose"),
        help: ArgumentHelp(
            "All keys beside tokens that are kept for this, instead of a session's.", valueName: "purpose"))
    var purpose: KeyPurpose?

    @OptionGroup(title: "Output") var form: FormOptions<KeysForms>
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Connection") var connection: ConnectionOptions

    mutating func run(in context: CommandContext) throws -> ExitStatus {
        let form = form.form(onTerminal: .table, inPipe: .tsv, context: context)
        var writer = KeyGroupWriter(
            form, palette: output.palette(context), width: context.screen?.columns, to: context.output,
            isForTerminal: context.screen != nil)
        if let purpose { return try writeAll(for: purpose.purpose, &writer, context) }
        try session.currentSession(context, connection)
        let store = try context.openStore(connection)
        let (groups, status) = try groups(in: store, context)
        guard !groups.isEmpty else { return status }
        for states in groups {
            for state in states { writer.write(state) }
        }
        writer.finish()
        let denied = groups.joined().filter(\.isDenied).count
        guard denied > 0 else { return status }
        context.say("this Redis user may not read \(denied) of the keys")
        return status == .done ? .partial : status
    }

    /// The key groups of all sessions that are named, or the keys about what is named where no session is; and how the search
    /// ended.
    private func groups(
        in store: SessionStore, _ context: CommandContext
    ) throws -> (groups: [[KeyGroupState]], status: ExitStatus) {
        guard !session.names.isEmpty else {
            let current = try session.sessions(in: context, connection, store, quiet: output.quiet)
            return (try current.map { try store.keyGroup(of: $0) }, .done)
        }
        var groups: [[KeyGroupState]] = []
        var status = ExitStatus.done
        for word in session.names {
            do {
                groups += try self.groups(of: word, in: store, context)
            } catch let error as StorageError {
                let failure = try context.reportMissing(error)
                if status == .done { status = failure.status }
            }
        }
        return (groups, status)
    }

    private func groups(
        of word: String, in store: SessionStore, _ context: CommandContext
    ) throws -> [[KeyGroupState]] {
        // A token has keys of its own, whichever sessions of its user there are.
        if let states = try store.tokenKeys(ofToken: word), !states.isEmpty { return [states] }
        var one = session
        one.names = [word]
        do {
            let sessions = try one.sessions(in: context, connection, store, quiet: output.quiet)
            return try sessions.map { try store.keyGroup(of: $0) }
        } catch StorageError.noSuchSession(let name, let searched) {
            let states = try store.tokenKeys(named: SessionName(word))
            guard !states.isEmpty else { throw StorageError.noSuchSession(name: name, searched: searched) }
            return [states]
        }
    }

    private func writeAll(
        for purpose: JWTKeyPurpose, _ writer: inout KeyGroupWriter, _ context: CommandContext
    ) throws -> ExitStatus {
        guard session.names.isEmpty else { throw Failure.usage("--purpose lists all keys: name no session beside it") }
        let store = try context.openStore(connection)
        let progress = context.progress("scanning", unit: "keys", quiet: output.quiet)
        defer { progress.hide() }
        let isOnTerminal = context.messageColumns != nil
        let denied = try store.walk(over: purpose, progress: { progress.update(done: $0, total: $1) }) { state in
            if isOnTerminal { progress.hide() }
            writer.write(state)
            return context.output.wantsMore
        }
        writer.finish()
        guard denied > 0 else { return .done }
        context.say("this Redis user may not read \(denied) of the keys")
        return .partial
    }
}

/// What a key beside tokens is for, as a word of the command line.
struct KeyPurpose: ExpressibleByArgument {
    let purpose: JWTKeyPurpose

    init?(argument: String) {
        guard let purpose = JWTKeyPurpose(rawValue: argument), !purpose.isSession else { return nil }
        self.purpose = purpose
    }

    /// Entries of an allow-list and refresh tokens are sessions: `list` shows them.
    static var allValueStrings: [String] { JWTKeyPurpose.allCases.filter { !$0.isSession }.map { $0.rawValue } }
}
