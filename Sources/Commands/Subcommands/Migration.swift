import Redis
import SessionStorage
import Sessions
import Terminal

/// A migration from its first look to its last word.
struct Migration {
    let context: CommandContext
    let source: SessionStore
    let target: SessionStore
    let conversion: SessionConversion?
    let selection: SelectionOptions
    /// Whether sessions go from the source.
    let moves: Bool
    let options: MigrationOptions
    /// Which tokens sessions may be made of.
    let trust: TokenTrust
    /// How the tokens are made that sessions become; nil where they become none.
    let issue: TokenIssue?
    let form: OutputForm
    let output: OutputOptions

    private typealias Servers = (source: ChangeServer, target: ChangeServer)

    func run() throws -> ExitStatus {
        let servers = try servers()
        let look = try look(servers)
        guard look.keys.count > 0 else {
            context.say("no session fits: nothing was written")
            return look.status
        }
        return options.dryRun ? try rehearse(look, servers) : try migrate(look, servers)
    }

    /// Asks both, and refuses what must not be read or written.
    private func servers() throws -> Servers {
        if source.isIncomplete, !options.incomplete, !options.dryRun {
            throw Failure.usage(
                "\(source.endpoint) is of an export that was not finished: nothing was written",
                advice: "the same export command goes on with it; --incomplete takes what there is")
        }
        if options.incomplete, !source.isIncomplete {
            throw Failure.usage(
                "\(source.endpoint) is of no export that was not finished: --incomplete has no meaning there")
        }
        // What is only read needs no clock but this one.
        let clock = context.clock()
        let servers = (
            source: try ChangeServer(of: source.connection, orElse: moves ? nil : clock),
            target: try ChangeServer(of: target.connection, orElse: options.dryRun ? clock : nil)
        )
        try requireTwoDatabases(servers)
        if !options.dryRun {
            try BulkChange.requireWritable(servers.target)
            if moves { try BulkChange.requireWritable(servers.source) }
        }
        source.clockOffset = servers.source.time - context.clock()
        target.clockOffset = servers.target.time - context.clock()
        return servers
    }

    /// Refuses to carry sessions to where they are. Nobody moves or writes over any who may not ask whether that is so.
    private func requireTwoDatabases(_ servers: Servers) throws(Failure) {
        if conversion == nil, isInOneDatabase(servers) {
            throw Failure.usage(
                "source and target are the same database", advice: "--to gives sessions another layout there")
        }
        guard moves || options.conflict?.value.mayOverwrite ?? false, !isInOneDatabase(servers),
            source.endpoint.database == target.endpoint.database
        else { return }
        let silent = [(servers.source, source), (servers.target, target)].first { $0.0.identity == nil }
        guard let silent else { return }
        throw Failure(
            .permission,
            "\(silent.1.endpoint) does not tell which server it is (INFO): source and target may be one database, and sessions would be "
                + "moved onto themselves: nothing was written",
            advice:
                "+info lets this user ask; without --move and with --on-conflict fail or skip sessions are copied all the same"
        )
    }

    /// Whether both stores are one database, by whatever addresses.
    private func isInOneDatabase(_ servers: Servers) -> Bool {
        if source.endpoint.canonical == target.endpoint.canonical { return true }
        guard source.endpoint.database == target.endpoint.database, let one = servers.source.identity,
            let other = servers.target.identity
        else { return false }
        return one.isSameProcess(as: other)
    }

    /// Looks at all sessions and at the target, and tells what it found.
    private func look(_ servers: Servers) throws -> MigrationPreflight.Look {
        let advice = MigrationAdvice(
            source: servers.source, target: servers.target,
            events: try ChangeServer.keyspaceEvents(target.connection), conversion: conversion)
        let look = try MigrationPreflight(self, advice).run()
        for line in output.quiet ? look.troubles : look.lines { context.say(line) }
        // Before the question, which goes to the terminal by itself.
        try context.errors.flush()
        return look
    }

    private func rehearse(_ look: MigrationPreflight.Look, _ servers: Servers) throws -> ExitStatus {
        let journal = try MigrationJournal.existing(
            identity: identity, of: pair, environment: context.environment, now: context.clock())
        return try MigrationRehearsal(self, batch: try batch(servers, journal, nil)).run(look)
    }

    private func migrate(_ look: MigrationPreflight.Look, _ servers: Servers) throws -> ExitStatus {
        try confirm(look.fitting)
        let journal = try MigrationJournal.open(
            identity: identity, of: pair, environment: context.environment, now: context.clock())
        let issuer = try openTokens(journal)
        // Of what is moved every key is changed: whether it has come back is asked.
        let feed = looksAgain && !moves ? ChangeFeed(of: MigrationBatch.Side(source, servers.source)) : nil
        let course = try MigrationCourse(over: look.keys, journal, on: servers.source.identity)
        if let line = course.line, !output.quiet { context.say(line) }
        return try MigrationJob(self, batch: try batch(servers, journal, issuer), feed: feed).run(look, course)
    }

    /// Opens the file of tokens. Where it is gone nobody has the tokens any more that earlier runs have made.
    private func openTokens(_ journal: MigrationJournal) throws -> TokenIssuer? {
        guard let issuer = try issue.map({ (issue) throws(StorageError) in try TokenIssuer(issue) }) else { return nil }
        guard !issuer.file.isNew || journal.isNew || options.anew else {
            throw Failure.usage(
                "\(issuer.file.path) has no token, and earlier runs of this job have made some: nothing was written",
                advice: "put the file back, or make all tokens again with --anew")
        }
        return issuer
    }

    private func batch(
        _ servers: Servers, _ journal: MigrationJournal?, _ issuer: TokenIssuer?
    ) throws -> MigrationBatch {
        var manner = try manner(servers)
        // What is only shown makes none.
        manner.tokens = issuer ?? issue.map { _ in NoTokens() }
        return try MigrationBatch(
            manner, from: MigrationBatch.Side(source, servers.source),
            to: MigrationBatch.Side(target, servers.target), journal: journal)
    }

    /// Whether it is looked at the end which sessions somebody has used meanwhile.
    var looksAgain: Bool { !options.noReadBack }

    private func confirm(_ count: Int) throws(Failure) {
        let verb = ChangeVerb(infinitive: moves ? "Move" : "Copy", gerund: "", participle: "")
        try Confirmation(
            options: options, verb: verb, count: min(count, options.limit ?? .max),
            place: "from \(source.endpoint) to \(target.endpoint)"
        ).ask(in: context)
    }

    /// Why a token is not trusted, by the clock of the source; nil for one that is.
    var refusalOfToken: @Sendable (Session) -> String? {
        guard !(conversion?.isToTokens ?? false) else {
            return { $0.format == JWTFormat.name ? "it is a token already" : nil }
        }
        let (trust, now) = (trust, sourceTime)
        return { trust.refusal(of: $0, now: now) }
    }

    func filter() throws -> SessionFilter { try selection.filter(now: sourceTime) }

    private func manner(_ servers: Servers) throws -> MigrationBatch.Manner {
        var manner = MigrationBatch.Manner(
            conversion: conversion, conflict: options.conflict?.value ?? .fail, movesAway: moves,
            readsBack: !options.noReadBack, writesAnew: options.anew, filter: try filter())
        manner.isInOneDatabase = isInOneDatabase(servers)
        manner.refusalOfToken = refusalOfToken
        return manner
    }

    /// By the clocks of the servers.
    var sourceTime: Int64 { context.clock() + source.clockOffset }
    var times: MigrationBatch.Times {
        MigrationBatch.Times(source: sourceTime, target: context.clock() + target.clockOffset)
    }

    /// Where temporary files are made.
    var folder: String { context.environment["TMPDIR"] ?? "/tmp" }

    /// Whether nobody wants to stop.
    var goesOn: Bool { context.output.wantsMore && !context.isInterrupted() }

    /// The same from every folder, and before the file is there as well.
    private static func whole(_ path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return StoreFile(.tokens, path: ".").path + "/" + path }
        let folder = slash == path.startIndex ? "/" : String(path[..<slash])
        return StoreFile(.tokens, path: folder).path + path[slash...]
    }

    /// What makes it the same job: stores, layout and filter. A digest, as a filter may speak of secrets.
    private var identity: String {
        let layout = conversion.map { "\($0)" } ?? "as it is"
        let filter = selection.filters.joined(separator: "\u{0}") + "\u{0}" + (selection.pattern ?? "")
        return Self.digest(of: stores + [layout, filter] + (issue.map { [Self.whole($0.file)] } ?? []))
    }

    /// What makes jobs such between the same two stores: each knows what the others have written.
    private var pair: MigrationJournal.Stores {
        MigrationJournal.Stores(pair: Self.digest(of: stores), back: Self.digest(of: stores.reversed()))
    }

    private var stores: [String] {
        [source, target].map { "\($0.endpoint.canonical.absolute) \($0.endpoint.database)" }
    }

    private static func digest(of lines: [String]) -> String {
        let text = lines.joined(separator: "\n")
        return String(decoding: SHA1.hexadecimal(of: Array(text.utf8)), as: UTF8.self)
    }
}
