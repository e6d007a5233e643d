import Sessions

/// A session that was read at the source, beside what is at its keys at the target: decides what is to be done with it.
struct TargetComparison {
    let session: MigratingSession
    /// What is at its keys at the target, in their order.
    let current: [CurrentState]
    /// What is at the keys that its layout does not have.
    let others: [CurrentState]
    /// Milliseconds since 1970 by the target's clock.
    let time: Int64
    let manner: MigrationDecision.Manner
    /// What is at its own key.
    let own: CurrentState
    /// How far earlier runs have come with it.
    let earlier: EarlierWriting
    /// The same of other jobs between the same two stores, where it is not at the target.
    let otherJobs: [EarlierWriting]
    /// Whether a job in the other direction has copied it from there, as it is here now.
    let cameFromThere: Bool

    /// - Parameters:
    ///   - entry: what is known of it from before.
    ///   - related: what other jobs know.
    init(
        _ session: MigratingSession, _ current: [CurrentState], _ others: [CurrentState],
        _ entry: MigrationJournal.Entry?, _ related: MigrationJournal.RelatedEntries, at time: Int64,
        in manner: MigrationDecision.Manner
    ) {
        (self.session, self.current, self.others, self.time, self.manner) = (session, current, others, time, manner)
        own = current.first ?? .nothing
        earlier = EarlierWriting(entry, of: session, found: own.fingerprint, at: time)
        otherJobs = related.others.map { EarlierWriting($0, of: session, found: nil, at: time) }
        cameFromThere = related.back.contains { $0.hasCopied(session.fingerprint) }
    }

    /// The session that is there; nil where there is none, or none that any format knows.
    var found: Session? { own.session(at: session.wanted[0].key, now: time, nil) }

    /// What is to be done.
    var decision: MigrationDecision {
        session.overwrites = own.isThere
        defer { session.seen.add(session.wanted, current) }
        if let outcome = loggedOut ?? settled ?? ended ?? endedBefore ?? occupied { return .outcome(outcome) }
        return writing
    }

    // MARK: What earlier runs have written

    /// What a session comes to that earlier runs have put there; nil for one that is compared.
    private var settled: MigrationOutcome? {
        guard manner.leavesEnded, earlier.stage != .unanswered else { return nil }
        // What comes back at the source after it was moved may have been ended at the target.
        let isEnded = manner.batch.movesAway && !own.isThere && earlier.lives
        if earlier.isUnchanged || isEnded, let absence { return absence }
        // Whatever became at the target of what was read back there is the application's. What moves is compared, and what nobody has read back.
        return earlier.stage == .done && earlier.isUnchanged && !manner.batch.movesAway ? .unneeded : nil
    }

    /// What a session comes to that is not whole at the target any more; nil where it is there.
    private var absence: MigrationOutcome? {
        let lost = zip(session.wanted, current).first { $0.isOwn && !$1.isThere }
        let past = earlier.stage == .done ? "it was migrated before" : "it was written before"
        return lost.map { wanted, _ in .missing(wanted, past, at: time) }
    }

    // MARK: What was there a moment ago

    /// What a session comes to that this run has seen at the target, and that somebody has ended there since; nil for every other.
    private var ended: MigrationOutcome? {
        guard !manner.batch.writesAnew else { return nil }
        let key = session.seen.ended(session.wanted, current, at: time)
        session.wasEnded = key != nil
        return key.map { .missing($0, "it was at the target when this run looked", at: time) }
    }

    // MARK: What others have put there

    /// What a session comes to in whose place another one is that stays; nil where it may be written.
    private var occupied: MigrationOutcome? {
        guard own.isThere else { return nil }
        if let taken { return noSession == nil ? staying(taken) : taken }
        guard isReplaced || !earlier.isAtTarget else { return nil }
        let isSame = own.content.map { $0 == session.wanted[0].content || session.isSame($0) } ?? false
        if !isSame, let noSession { return noSession }
        if let otherLayout { return staying(otherLayout) }
        guard isSame else { return conflict.map { staying($0) } }
        session.keepLonger(own.expiresAt)
        return nil
    }

    // MARK: Writing

    /// What is written, where anything is.
    private var writing: MigrationDecision {
        let writing = TargetWriting(
            wanted: session.wanted, current: current, now: time, usesRestore: manner.usesRestore,
            keepsLife: manner.keepsLife)
        if let obstacle = writing.obstacle { return .outcome(staying(.conflict(obstacle))) }
        if writing.isUnneeded, isMade { return .outcome(.unneeded) }
        let source = session.group.session
        var plan = writing.plan(id: source.id, format: source.format, variant: source.variant)
        if plan.commands.isEmpty, !isMade { plan.commands = writing.confirmation }
        return .write(plan)
    }

    /// An entry does not tell what is in its token, nor whether anybody has that: it is made again where this job has not made it of the session
    /// as it is, and where the session goes for it.
    private var isMade: Bool {
        guard manner.batch.tokens != nil else { return true }
        return earlier.isMadeOfThis && !manner.batch.writesAnew && !manner.goesForToken
    }
}

extension KeyState {
    /// Whether the key is of one session alone.
    var isOwn: Bool { if case .shared = content { false } else { true } }
}

extension CurrentState {
    /// What is at a key that is not there.
    fileprivate static let nothing = CurrentState(content: .missing, isThere: false, expiresAt: nil)

    /// Nil where no key is there, or one of another type.
    var fingerprint: KeyFingerprint? {
        guard isThere, let content else { return nil }
        return KeyFingerprint(content, expiresAt: expiresAt)
    }

    /// The session that the key holds; nil where no format knows it.
    ///
    /// - Parameter interval: that of the session manager in seconds, where the user knows it.
    func session(at key: [UInt8], now: Int64, _ interval: Int64?) -> Session? {
        let life = expiresAt.map { TimeToLive.milliseconds(max(0, $0.subtractingReportingOverflow(now).partialValue)) }
        let stored: StoredRecord.Content
        switch content {
        case .string(let bytes)?: stored = .string(bytes)
        case .hash(let fields)?: stored = .hash(fields)
        default: return nil
        }
        var record = StoredRecord(key: key, content: stored, timeToLive: life ?? .none)
        record.managerInterval = interval
        return SessionFormats.session(from: record, now: now)
    }
}
