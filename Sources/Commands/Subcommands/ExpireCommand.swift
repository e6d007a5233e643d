import ArgumentParser
import SessionStorage
import Sessions
import Terminal

/// The forms of commands that change sessions.
enum ChangeForms: CommandForms {
    static let all: [OutputForm] = [.table, .json, .jsonl]
}

/// The event that an application hears, as a word of the command line.
struct EndEventWord: ExpressibleByArgument {
    let event: ChangeContext.EndEvent

    init(_ event: ChangeContext.EndEvent) { self.event = event }

    init?(argument: String) {
        guard let event = ChangeContext.EndEvent(rawValue: argument) else { return nil }
        self.event = event
    }

    var defaultValueDescription: String { event.rawValue }
    static var allValueStrings: [String] { ChangeContext.EndEvent.allCases.map { $0.rawValue } }
}

/// `expire`: ends sessions so that their application notices.
struct ExpireCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "expire",
        abstract: "Log sessions out, so that their application notices.",
        usage:
            "sessionctl expire (SESSION ... | --where FILTER | --principal NAME | --all) [--dry-run] [--yes] [CONNECTION]",
        discussion: """
            Does what the session's own library does: the application hears of it where it listens, indices and expirations are \
            tidied up, and nothing is left that fails later requests. All that belongs to one session is done in one step, in \
            which it is first looked at whether somebody has used or changed the session since it was read: one of many that a \
            filter found is left then, and counted as active again; one that was named, or whose user was, is read again.

            --in and --at set the end of a session of Spring, or of HttpSessionReplacer, that nobody uses until then: the session's \
            own interval becomes so short, and stays so for whoever comes back before. Other formats refuse it: there the next request \
            extends the session again.

            Some applications keep sessions in the memory of their nodes (Redisson, sticky sessions of ran-jit's manager and of \
            memcached-session-manager). What is done in Redis may not reach them: that is said, and the exit status is 5.

            A running request may write a session back that was just ended. After --settle seconds every session is looked at \
            once more, and those that came back are named.

            Examples:
              sessionctl expire 019FD27F --dry-run
              sessionctl expire user:carol --yes
              sessionctl expire --where "idle > 30d" -y --at-most 50000 --settle 0
              sessionctl expire user:carol --except 13C0914C --yes --report ended.jsonl
              sessionctl expire 2979428e --in 15m --yes
            """,
        aliases: ["logout"])

    @OptionGroup var selection: ChangeSelection

    @Option(
        name: .customLong("in"),
        help: ArgumentHelp("End them so long from now, if nobody uses them: 90s, 30m, 2h, 7d.", valueName: "duration"))
    var delay: String?

    @Option(
        name: .customLong("at"),
        help: ArgumentHelp(
            "End them at this time, if nobody uses them: RFC 3339, a date, or the epoch.", valueName: "time"))
    var end: String?

    @Option(
        help: ArgumentHelp(
            "What an indexed Spring application hears; other formats have no such events.", valueName: "event"))
    var event = EndEventWord(.deleted)

    @Flag(
        name: .customLong("non-sticky"),
        help: "No node of the application keeps sessions in its memory: what is done in Redis counts.")
    var nonSticky = false

    @Option(help: ArgumentHelp("Seconds after which those that came back are looked for.", valueName: "seconds"))
    var settle: String = "3s"

    @OptionGroup(title: "Change") var change: ChangeOptions
    @OptionGroup(title: "Output") var form: FormOptions<ChangeForms>
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Connection") var connection: ConnectionOptions

    func validate() throws {
        guard event.event == .expired, delay != nil || end != nil else { return }
        throw ValidationError(
            "--event is about what a logout makes the application hear: with --in or --at the session ends by itself")
    }

    mutating func run(in context: CommandContext) throws -> ExitStatus {
        try selection.check(in: context, command: "expire")
        let end = try endTime(context)
        guard let pause = TimeWords.duration(settle) else {
            throw Failure.usage("--settle \(settle): write 3s, 500ms or 1m; 0 looks at once")
        }
        let store = try context.openStore(connection, toChange: change.permission)
        var bulk = BulkChange(
            context: context, verb: end.verb,
            selection: selection, options: change, output: output, connection: connection,
            form: form.form(onTerminal: .table, inPipe: .table, context: context)
        ) { group, context throws(ChangeRefusal) in
            switch end {
            case .now: return try SessionChanges.expire(group, context)
            case .at(let time): return try SessionChanges.expire(group, at: time, context)
            // By the clock of the server, by which keys live.
            case .after(let span): return try SessionChanges.expire(group, at: context.now + span, context)
            }
        }
        bulk.planContext.event = event.event
        bulk.planContext.isNonSticky = nonSticky
        if case .now = end { bulk.settle = Double(pause) / 1000 }
        return try bulk.run(on: store)
    }

    /// When sessions end that nobody uses.
    private enum End {
        case now
        case at(Int64)
        case after(Int64)

        var verb: ChangeVerb {
            guard case .now = self else {
                return ChangeVerb(infinitive: "Set the end of", gerund: "setting ends", participle: "set the end of")
            }
            return ChangeVerb(infinitive: "Log out", gerund: "logging out", participle: "logged out")
        }
    }

    private func endTime(_ context: CommandContext) throws(Failure) -> End {
        switch (delay, end) {
        case (nil, nil): return .now
        case (.some, .some): throw Failure.usage("--in and --at contradict each other: give one of them")
        case (let delay?, _):
            return .after(try Self.span(delay))
        case (_, let end?):
            guard let time = TimeWords.time(end, now: context.clock()) else {
                throw Failure.usage("--at \(end): write 2026-01-31, 2026-01-31T12:00:00Z or epoch seconds")
            }
            guard time > context.clock() else {
                throw Failure.usage("--at \(end) is past", advice: "without --at the sessions end now")
            }
            return .at(time)
        }
    }

    private static func span(_ delay: String) throws(Failure) -> Int64 {
        guard let span = TimeWords.duration(delay), span >= 0 else {
            throw .usage("--in \(delay): write 90s, 30m, 2h or 7d")
        }
        guard span > 0 else {
            throw .usage("--in \(delay) is no time from now", advice: "without --in the sessions end now")
        }
        guard span <= longestDelay else { throw .usage("--in \(delay) is too long: at most \(longestDays)d") }
        return span
    }

    /// A hundred years: an interval is a java.lang.Integer of seconds anyway.
    private static let longestDays: Int64 = 36_525
    private static let longestDelay = longestDays * 86_400_000
}
