import Sessions

/// What is to be done with a session that was read at the source, after a look at the target.
enum MigrationDecision {
    /// Nothing is written.
    case outcome(MigrationOutcome)
    case write(ChangePlan)

    /// What is written, if anything.
    var plan: ChangePlan? { if case .write(let plan) = self { plan } else { nil } }

    /// How it is decided, and written.
    struct Manner {
        let batch: MigrationBatch.Manner
        /// RESTORE is tried until the target refuses it.
        var usesRestore: Bool
        /// Whether the target's SET knows KEEPTTL.
        let keepsLife: Bool
        /// The interval in seconds that the session manager at the target is configured with, where the user knows it.
        let interval: Int64?
    }

    /// What is to be done with `session`.
    ///
    /// - Parameters:
    ///   - current: what is at its keys at the target, in their order.
    ///   - others: what is at the keys that its layout does not have.
    ///   - entry: what is known of it from before.
    ///   - time: milliseconds since 1970 by the target's clock.
    static func of(
        _ session: MigratingSession, _ current: [CurrentState], _ others: [CurrentState],
        _ entry: MigrationJournal.Entry?, at time: Int64, in manner: Manner
    ) -> MigrationDecision {
        let own = current[0]
        session.overwrites = own.isThere
        let isReplaced = isReplaced(session, own, time, manner.batch)
        let isOurs = !isReplaced && own.fingerprint.map { entry?.wrote($0) ?? false } ?? false
        let goesForToken = manner.batch.tokens != nil && manner.batch.movesAway
        if !manner.batch.writesAnew, !goesForToken, let done = entry?.done {
            let isUnchanged = done.source.isSame(as: session.fingerprint)
            // What comes back at the source after it was moved may have been ended at the target.
            let isEnded = manner.batch.movesAway && !own.isThere && done.target.expiresAt.map { $0 > time } ?? true
            if isUnchanged || isEnded, let absence = absence(of: session, current) { return .outcome(absence) }
            // It was migrated, and whatever became of it at the target since is the application's. What moves is compared.
            if isUnchanged, !manner.batch.movesAway { return .outcome(.unneeded) }
        }
        if own.isThere, let taken = taken(session) { return .outcome(taken) }
        if own.isThere, !isOurs {
            let isSame = own.content == session.wanted[0].content || own.content.map { session.isSame($0) } ?? false
            if !isSame, let outcome = noSession(at: session.wanted[0], own, time) { return .outcome(outcome) }
            if let outcome = otherLayout(session, others, manner.batch.conflict) { return .outcome(outcome) }
            if isSame {
                session.keepLonger(own.expiresAt)
            } else if let outcome = conflict(
                session, own, what(session, isReplaced: isReplaced, wasOurs: entry?.done != nil), time, manner)
            {
                return .outcome(outcome)
            }
        }
        let writing = TargetWriting(
            wanted: session.wanted, current: current, now: time, usesRestore: manner.usesRestore,
            keepsLife: manner.keepsLife)
        if let obstacle = writing.obstacle { return .outcome(.conflict(obstacle)) }
        // An entry does not tell what is in its token, nor whether anybody has that: it is made again where this job has not made it of the session
        // as it is, and where the session goes for it.
        let isMade =
            manner.batch.tokens == nil
            || wasMade(session, own, entry) && !manner.batch.writesAnew && !goesForToken
        if writing.isUnneeded, isMade { return .outcome(.unneeded) }
        var plan = writing.plan(
            id: session.group.session.id, format: session.group.session.format, variant: session.group.session.variant)
        if plan.commands.isEmpty, !isMade { plan.commands = writing.confirmation }
        return .write(plan)
    }

    /// Whether this job has written what is at the target, of the session as it is at the source.
    private static func wasMade(
        _ session: MigratingSession, _ own: CurrentState, _ entry: MigrationJournal.Entry?
    ) -> Bool {
        own.fingerprint.map { entry?.wrote($0, of: session.fingerprint) ?? false } ?? false
    }

    /// What a session comes to that was migrated and is not whole at the target any more: somebody has logged it out there, or the data are
    /// lost. Nil where it is there.
    private static func absence(of session: MigratingSession, _ current: [CurrentState]) -> MigrationOutcome? {
        let lost = zip(session.wanted, current).first { wanted, current in
            if case .shared = wanted.content { return false }
            return !current.isThere
        }
        return lost.map { wanted, _ in
            .absent(
                "it was migrated before, and the target has '\(EscapedName.text(of: wanted.key))' no more: it was ended there, or lost; "
                    + "--anew writes it again")
        }
    }

    /// What a session at the target comes to that has a key more than it is to have; nil where there is none. To write over it would leave that
    /// key, and to take the key away is to log its user out.
    private static func otherLayout(
        _ session: MigratingSession, _ others: [CurrentState], _ policy: ConflictPolicy
    ) -> MigrationOutcome? {
        guard let other = zip(session.absent, others).first(where: { $1.isThere })?.0 else { return nil }
        let what =
            "the session at '\(EscapedName.text(of: session.wanted[0].key))' of the target has another layout, with the key "
            + "'\(EscapedName.text(of: other.key))'"
        return policy == .skip ? .skipped(what) : .conflict("\(what): another namespace keeps them apart")
    }

    /// What a session comes to at whose key the target has something that is none: nobody has said that it may go. Nil where it is one, or cannot
    /// be told from one.
    private static func noSession(at wanted: KeyState, _ own: CurrentState, _ time: Int64) -> MigrationOutcome? {
        guard own.session(at: wanted.key, now: time, nil) == nil else { return nil }
        let state = CurrentState(content: wanted.content, isThere: true, expiresAt: wanted.expiresAt)
        let isKnown = state.session(at: wanted.key, now: time, nil) != nil
        guard isKnown || !wanted.content.isOfTheType(of: own.content) else { return nil }
        // Of these two what is too large is not read.
        let isUnread = own.content == nil && ["string", "hash"].contains(own.type)
        let what = "a \(own.type ?? "key") that is " + (isUnread ? "too large to be read" : "no session")
        return .conflict(
            "\(what) is at '\(EscapedName.text(of: wanted.key))' of the target, and is left: rename it, or delete it, and give the command again"
        )
    }

    /// What a session comes to in whose place another one of the source is.
    private static func taken(_ session: MigratingSession) -> MigrationOutcome? {
        guard let source = session.takenBy, source != session.group.record.key else { return nil }
        return .conflict(
            "'\(EscapedName.text(of: source))' of the source has become the session at '\(EscapedName.text(of: session.wanted[0].key))' of the "
                + "target: one of them alone can (--where says which)")
    }

    /// Whether the source has begun another session of the id by now than the one that is at the target: what comes back after a move may be
    /// one of nobody who is logged in.
    private static func isReplaced(
        _ session: MigratingSession, _ own: CurrentState, _ time: Int64, _ manner: MigrationBatch.Manner
    ) -> Bool {
        let here = session.group.session
        // What is made of a token has times of its own.
        guard manner.movesAway, here.format != JWTFormat.name, manner.tokens == nil,
            let there = own.session(at: session.wanted[0].key, now: time, nil)?.createdAt
        else { return false }
        guard let created = here.createdAt else { return here.findings.contains { $0.code == "placeholder" } }
        return created != there
    }

    /// What is said of another session at the target.
    private static func what(_ session: MigratingSession, isReplaced: Bool, wasOurs: Bool) -> String {
        let key = EscapedName.text(of: session.wanted[0].key)
        guard wasOurs else { return "another session is at '\(key)' of the target" }
        return isReplaced
            ? "the session at '\(key)' of the target was migrated, and the source has begun another one of its id since"
            : "the session at '\(key)' of the target was changed there since it was migrated"
    }

    private static let interval =
        ": the life of a key does not go with the interval in the session (--max-inactive-interval says what the manager has)"

    /// What another session at the target comes to; nil where it is to be written over.
    private static func conflict(
        _ session: MigratingSession, _ own: CurrentState, _ what: String, _ time: Int64, _ manner: Manner
    ) -> MigrationOutcome? {
        if manner.batch.isInOneDatabase, manner.batch.conflict.mayOverwrite {
            return .conflict("\(what), which is the source as well: nothing is written over there")
        }
        switch manner.batch.conflict {
        case .overwrite: return nil
        case .skip: return .skipped(what)
        case .fail: return .conflict("\(what): --on-conflict says what is to be done")
        case .newer:
            let other = own.session(at: session.wanted[0].key, now: time, manner.interval)
            let isHidden = [session.group.session, other].contains { $0?.hidesLastAccess ?? false }
            guard !isHidden, let there = other?.lastAccessedAt, let here = session.lastAccessedAt else {
                return .conflict("\(what), and nothing tells which was used last" + (isHidden ? interval : ""))
            }
            return here > there ? nil : .skipped("\(what), and was used later")
        }
    }
}

extension CurrentState {
    /// Nil where no key is there, or one of another type.
    fileprivate var fingerprint: KeyFingerprint? {
        guard isThere, let content else { return nil }
        return KeyFingerprint(content, expiresAt: expiresAt)
    }

    /// The session that the key holds; nil where no format knows it.
    ///
    /// - Parameter interval: that of the session manager in seconds, where the user knows it.
    fileprivate func session(at key: [UInt8], now: Int64, _ interval: Int64?) -> Session? {
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
