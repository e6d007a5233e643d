import Redis
import SessionStorage
import Sessions
import Terminal

/// A comparison of two stores from its first look to its last word.
struct VerificationJob {
    let context: CommandContext
    let source: SessionStore
    let target: SessionStore
    let conversion: SessionConversion?
    let selection: SelectionOptions
    let tolerance: Int64
    let form: OutputForm
    let output: OutputOptions

    /// Looks at what differs: applications may be using it meanwhile.
    private static let rounds = 3

    private typealias Servers = (source: ChangeServer, target: ChangeServer)

    func run() throws -> ExitStatus {
        guard conversion != nil || source.endpoint.canonical != target.endpoint.canonical else {
            throw Failure.usage("source and target are the same database: there is nothing to compare")
        }
        let servers = try servers()
        let filter = try selection.filter(now: context.clock() + source.clockOffset)
        let verification = try verification(filter, servers)
        let expected = try expected(servers)
        let writer = DifferenceWriter(form, output, context)
        var tally = Tally()
        let (keys, status) = try walk(source, filter)
        try compareInRounds(keys, verification, expected, writer, &tally)
        try lookIntoIndices(expected.indices, writer, &tally)
        let other = try lookAtTarget(expected, writer, &tally)
        writer.finish()
        return conclude(expected, tally, status == .done ? other : status)
    }

    /// Asks both what they are and what time it is there.
    private func servers() throws -> Servers {
        let clock = context.clock()
        let servers = (
            source: try ChangeServer(of: source.connection, orElse: clock),
            target: try ChangeServer(of: target.connection, orElse: clock)
        )
        source.clockOffset = servers.source.time - context.clock()
        target.clockOffset = servers.target.time - context.clock()
        return servers
    }

    private func verification(_ filter: SessionFilter, _ servers: Servers) throws -> Verification {
        try Verification(
            MigrationBatch.Manner(conversion: conversion, filter: filter),
            of: MigrationBatch.Side(source, servers.source), and: MigrationBatch.Side(target, servers.target),
            tolerance: tolerance)
    }

    private func expected(_ servers: Servers) throws -> Expected {
        let side = MigrationBatch.Side(target, servers.target)
        return Expected(
            keys: try KeySet(folder: folder),
            indices: try IndexVerification(of: side, like: conversion == nil ? source : nil, folder: folder),
            missing: MissingSessions(folder: folder), loggedOut: SessionIds(folder: folder))
    }

    /// Looks again at what differs: only what does so each time is told.
    private func compareInRounds(
        _ keys: KeySpool, _ verification: Verification, _ expected: Expected, _ writer: DifferenceWriter,
        _ tally: inout Tally
    ) throws {
        var keys = keys
        for round in 1...Self.rounds where keys.count > 0 {
            let again = KeySpool(folder: folder)
            try compare(keys, verification, expected, again, writer, isLast: round == Self.rounds, &tally)
            keys = again
        }
    }

    private func conclude(_ expected: Expected, _ tally: Tally, _ status: ExitStatus) -> ExitStatus {
        if !output.quiet || tally.wrong > 0 { context.say(tally.line) }
        if conversion == nil, let hint = expected.missing.hint { context.say(hint) }
        if context.isInterrupted() { return .interrupted }
        return tally.wrong > 0 ? .notFound : status
    }

    private var folder: String { context.environment["TMPDIR"] ?? "/tmp" }

    /// What is to be at the target.
    struct Expected {
        let keys: KeySet
        let indices: IndexVerification
        let missing: MissingSessions
        /// Whose users have logged out at the source.
        let loggedOut: SessionIds
    }

    /// What became of the comparison.
    struct Tally {
        var equal = 0
        var ended = 0
        var wrong = 0

        var line: String {
            let all = equal == 1 ? "1 session is" : "\(equal) sessions are"
            return "\(all) equal" + (wrong > 0 ? ", \(wrong) not" : "")
                + (ended > 0 ? "; \(ended) \(ended == 1 ? "has" : "have") ended" : "")
        }
    }

    private func walk(_ store: SessionStore, _ filter: SessionFilter) throws -> (KeySpool, ExitStatus) {
        let keys = KeySpool(folder: folder)
        var walk = SessionWalk(
            context: context, quiet: output.quiet, filter: filter, needs: SessionNeeds([]), pattern: selection.pattern)
        walk.offset = store.clockOffset
        let summary = try walk.run(on: store) { session, _, _ throws(StorageError) in
            try keys.append(session.key)
            return !context.isInterrupted()
        }
        return (keys, walk.conclude(summary, .done))
    }

    private func compare(
        _ keys: KeySpool, _ verification: Verification, _ expected: Expected, _ again: KeySpool,
        _ writer: DifferenceWriter, isLast: Bool, _ tally: inout Tally
    ) throws {
        let progress = context.progress("comparing", unit: "sessions", quiet: output.quiet)
        defer { progress.hide() }
        var done = 0
        try keys.forEach(BulkChange.sessionsAtOnce) { some in
            var rest = some[...]
            while !rest.isEmpty {
                let now = MigrationBatch.Times(
                    source: context.clock() + source.clockOffset, target: context.clock() + target.clockOffset)
                let compared = try verification.compare(Array(rest), at: now)
                rest = rest.dropFirst(max(compared.count, 1))
                done += compared.count
                for one in compared { try note(one, expected, again, writer, isLast: isLast, &tally) }
                progress.update(done: done, total: keys.count)
            }
            return !context.isInterrupted()
        }
    }

    private func note(
        _ one: Verification.Compared, _ expected: Expected, _ again: KeySpool, _ writer: DifferenceWriter, isLast: Bool,
        _ tally: inout Tally
    ) throws {
        if let key = one.target { try expected.keys.insert(key) }
        try expected.indices.expect(one)
        switch one.verdict {
        case .equal: tally.equal += 1
        case .ended:
            tally.ended += 1
            if one.isLoggedOut { try expected.loggedOut.insert(one.id) }
        default:
            guard isLast else { return try again.append(one.key) }
            tally.wrong += 1
            if one.verdict == .missing { try expected.missing.expect(one.id) }
            writer.write(one)
        }
    }

    /// Names what is equal and stands in the index of another user.
    private func lookIntoIndices(
        _ indices: IndexVerification, _ writer: DifferenceWriter, _ tally: inout Tally
    ) throws {
        guard !context.isInterrupted() else { return }
        var strays = 0
        try indices.run { stray, isFirst in
            if isFirst { strays += 1 }
            writer.write(stray)
            return !context.isInterrupted()
        }
        tally.equal -= strays
        tally.wrong += strays
    }
}
