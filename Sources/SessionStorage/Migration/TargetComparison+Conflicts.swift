import Sessions

/// What stands in the way of a session at the target.
extension TargetComparison {
    /// The same outcome, once it is kept what is there: who misses that later knows that somebody has ended it. A placeholder is no session.
    func staying(_ outcome: MigrationOutcome) -> MigrationOutcome {
        if !(found?.isPlaceholder ?? false) { session.found = own.fingerprint }
        return outcome
    }

    /// What a session comes to in whose place another one of the source is.
    var taken: MigrationOutcome? {
        guard let source = session.takenBy, source != session.group.record.key else { return nil }
        return .conflict(
            "'\(EscapedName.text(of: source))' of the source has become the session at '\(key)' of the target: one of them alone can "
                + "(--where says which)")
    }

    /// What a session comes to at whose key the target has something that is none: nobody has said that it may go. Nil where it is one, or cannot
    /// be told from one.
    var noSession: MigrationOutcome? {
        guard found == nil else { return nil }
        let wanted = session.wanted[0]
        let state = CurrentState(content: wanted.content, isThere: true, expiresAt: wanted.expiresAt)
        let isKnown = state.session(at: wanted.key, now: time, nil) != nil
        guard isKnown || !wanted.content.isOfTheType(of: own.content) else { return nil }
        // Of these two what is too large is not read.
        let isUnread = own.content == nil && ["string", "hash"].contains(own.type)
        let what = "a \(own.type ?? "key") that is " + (isUnread ? "too large to be read" : "no session")
        return .conflict(
            "\(what) is at '\(key)' of the target, and is left: rename it, or delete it, and give the command again")
    }

    /// What a session at the target comes to that has a key more than it is to have; nil where there is none. To write over it would leave that
    /// key, and to take the key away is to log its user out.
    var otherLayout: MigrationOutcome? {
        guard let other = zip(session.absent, others).first(where: { $1.isThere })?.0 else { return nil }
        let what =
            "the session at '\(key)' of the target has another layout, with the key '\(EscapedName.text(of: other.key))'"
        return manner.batch.conflict == .skip
            ? .skipped(what) : .conflict("\(what): another namespace keeps them apart")
    }

    /// Whether the source has begun another session of the id by now than the one that is at the target: what comes back after a move may be
    /// one of nobody who is logged in, and a placeholder is none at all. What the run has put there a moment ago, and the source has changed since, is
    /// written over.
    var isReplaced: Bool {
        let here = session.group.session
        // What is made of a token has times of its own.
        let isCompared = manner.batch.movesAway && here.format != JWTFormat.name && manner.batch.tokens == nil
        guard isCompared || here.isPlaceholder, let found else { return false }
        guard !here.isPlaceholder else { return !found.isPlaceholder }
        guard !session.seen.isWritten(own.fingerprint), let there = found.createdAt, let created = here.createdAt else {
            return false
        }
        return created != there
    }

    /// What another session at the target comes to; nil where it is to be written over.
    var conflict: MigrationOutcome? {
        let policy = manner.batch.conflict
        if policy.mayOverwrite, manner.batch.isInOneDatabase {
            return .conflict("\(what), which is the source as well: nothing is written over there")
        }
        if policy.mayOverwrite, session.group.session.isPlaceholder, isReplaced {
            return .conflict(
                "\(what), and what is at the source is the placeholder of an id, and no session: it stays there")
        }
        switch policy {
        case .overwrite: return nil
        case .skip: return .skipped(what)
        case .fail: return .conflict("\(what): --on-conflict says what is to be done")
        case .newer: return older
        }
    }

    /// What another session at the target comes to, as far as the last uses tell; nil where the one of the source was used later.
    private var older: MigrationOutcome? {
        let other = own.session(at: session.wanted[0].key, now: time, manner.interval)
        let isHidden = [session.group.session, other].contains { $0?.hidesLastAccess ?? false }
        guard !isHidden, let there = other?.lastAccessedAt, let here = session.lastAccessedAt else {
            return .conflict("\(what), and nothing tells which was used last" + (isHidden ? Self.interval : ""))
        }
        return here > there ? nil : .skipped("\(what), and was used later")
    }

    private static let interval =
        ": the life of a key does not go with the interval in the session (--max-inactive-interval says what the manager has)"

    /// What is said of another session at the target.
    private var what: String {
        guard !isLeftOfALogout else { return "what a logout has left is at '\(key)' of the target" }
        guard earlier.stage != .unanswered else { return "another session is at '\(key)' of the target" }
        return isReplaced
            ? "the session at '\(key)' of the target was migrated, and the source has begun another one of its id since"
            : "the session at '\(key)' of the target was changed there since it was migrated"
    }

    /// The session's key at the target, to be shown.
    private var key: String { EscapedName.text(of: session.wanted[0].key) }
}

extension Session {
    /// Whether an id was reserved, and no session has been saved under it.
    var isPlaceholder: Bool { findings.contains { $0.code == "placeholder" } }
}
