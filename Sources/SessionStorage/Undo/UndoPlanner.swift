import Sessions

/// Plans how a session becomes what it was before a change, unless somebody has changed it since.
struct UndoPlanner {
    /// A session as it was kept.
    let kept: KeptSession
    /// Its keys as they are, in the order of `kept.states`.
    let current: [CurrentState]
    /// Milliseconds since 1970 by the server's clock.
    let now: Int64
    /// From when to when the change was made.
    let changed: ChangeSpan
    /// Whether what others have changed since is overwritten.
    let isForced: Bool
    /// Whether RESTORE makes what is gone, instead of commands that write its content.
    let usesRestore: Bool
    /// Whether SET knows KEEPTTL.
    let keepsLife: Bool
    /// What lies at the session's key now, with what is there because of it; nil where nobody has to know.
    let overwritten: SessionGroup?
    /// Whether a change that has left the session's own key alone is all that was kept of it, and that key is gone.
    let isGone: Bool

    init(
        kept: KeptSession, current: [CurrentState], now: Int64, changed: ChangeSpan, isForced: Bool, usesRestore: Bool,
        keepsLife: Bool, overwritten: SessionGroup? = nil, isGone: Bool = false
    ) {
        (self.kept, self.current, self.now, self.changed) = (kept, current, now, changed)
        (self.isForced, self.usesRestore, self.keepsLife) = (isForced, usesRestore, keepsLife)
        (self.overwritten, self.isGone) = (overwritten, isGone)
        isInPlace = Self.isInPlace(kept, current, now)
        states = isInPlace ? kept.states : kept.states.map(\.whole)
    }

    /// Whether the change has left the life of the session's key alone, and the session is there still: so it is, and whatever others have
    /// written of it.
    let isInPlace: Bool
    /// What there is to be again.
    let states: [KeyState]

    enum Decision {
        /// Nothing is to be done.
        case isAsItWas
        /// Somebody has changed it since; the text says what.
        case changed(String)
        /// It would have ended meanwhile.
        case ended
        /// It has ended since, and nothing is kept that could make it anew.
        case gone
        /// It is left whatever is asked for; the text says why.
        case refused(String)
        case plan(ChangePlan)
    }

    /// - Parameter extension: what makes a session that would have ended live on; nil where such are left.
    func decide(extending: ((SessionGroup) throws(ChangeRefusal) -> ChangePlan)?) -> Decision {
        if zip(states, current).allSatisfy({ $0.isSame(as: $1) }) { return .isAsItWas }
        if isGone { return .gone }
        if isForced || extending != nil || !hasEnded, let reason = lacksOtherKeys { return .refused(reason) }
        if !isForced, let change = changedSince { return .changed(change) }
        guard hasEnded else {
            return lacksSharedKey.map { .refused($0) } ?? .plan(plan(commands(extends: false)))
        }
        guard let extending, let group = kept.group(now: now) else { return .ended }
        if let reason = lacksSharedKey { return .refused(reason) }
        do throws(ChangeRefusal) {
            let extended = try extending(group).commands
            return .plan(plan(commands(extends: true) + extended))
        } catch {
            return .refused(error.description)
        }
    }

    private func plan(_ commands: [PlannedCommand]) -> ChangePlan {
        var plan = ChangePlan(id: kept.id, key: kept.key, format: kept.format, variant: kept.variant)
        plan.commands = commands
        // Its places alone would be those of nobody.
        let own = kept.leavesOwnKey ? [PlanCondition(kept.key, .exists, otherwise: .gone)] : []
        plan.conditions = own + (isForced ? forcedConditions : conditions)
        return plan
    }

    func state(of key: [UInt8]) -> (before: KeyState, now: CurrentState)? {
        zip(states, current).first { $0.0.key == key }.map { ($0.0, $0.1) }
    }

    /// The same session is one that was made at the same time; a key that is no session's is the same while it is there.
    private static func isInPlace(_ kept: KeptSession, _ current: [CurrentState], _ now: Int64) -> Bool {
        guard let (before, found) = zip(kept.states, current).first(where: { $0.0.key == kept.key }),
            before.extent != .whole, let content = found.content
        else { return false }
        guard before.role == .session else { return found.isThere }
        guard let one = kept.group(now: now)?.session, let other = kept.session(with: content, now: now)
        else { return false }
        return one.createdAt == other.createdAt
    }

    /// What had ended before it was changed, and lay there still, is as good as it was then.
    private var hasEnded: Bool {
        // How long it lives is not what is taken back.
        if isInPlace { return false }
        if let own = state(of: kept.key)?.before {
            // Where a key revokes something, what was there before may be over by now, and is to be gone then.
            guard own.role == .session else { return false }
            if let end = own.expiresAt, end <= now { return true }
        }
        guard let end = kept.group(now: now)?.session.expiresAt(now: now) else { return false }
        return end <= now && end > changed.began
    }

    // MARK: What is written

    /// - Parameter extends: whether other commands will say how long the keys live, whose ends have come.
    private func commands(extends: Bool) -> [PlannedCommand] {
        let commands = zip(states, current).flatMap { state, current in
            KeyRestoration(
                before: extends ? state.living(on: current, after: now) : state, now: current, time: now,
                usesRestore: usesRestore, keepsLife: keepsLife, given: endGiven(to: state.key)
            ).commands
        }
        // What a server refuses ends a plan: a set that is of another type by then comes before anything of the session is written, and RESTORE
        // before what is written by parts.
        let shared = commands.filter { isShared($0.key) }
        let own = commands.filter { !isShared($0.key) }
        return shared + own.filter { $0.name == "RESTORE" } + own.filter { $0.name != "RESTORE" } + strayPlaces
    }

    /// Takes the session that is overwritten out of the sets of another user: whoever looks there would find the one that is put in its
    /// place.
    var strayPlaces: [PlannedCommand] {
        guard !isInPlace, let overwritten, let group = kept.group(now: now) else { return [] }
        let own = Set(SessionFormats.keyGroup(of: group.session).map(\.key) + kept.states.map(\.key))
        return overwritten.others.filter { !own.contains($0.key.key) }.compactMap(\.removal)
    }
}

extension GroupedKey.Role {
    /// Whether such a key collects what belongs to one user.
    var isOfAUser: Bool { self == .principalIndex || self == .tokenIndex }
}

extension KeyState {
    /// The same as far as it can live on: a life that is over would delete what is there, and the command that extends it would make a
    /// key of nothing but the field that it writes. What others share ends when it would have, if that is still to come.
    fileprivate func living(on current: CurrentState, after now: Int64) -> KeyState {
        if case .shared = content, let end = expiresAt, end > now { return self }
        return KeyState(
            key: key, role: role, content: content, expiresAt: current.isThere ? current.expiresAt : nil, extent: extent
        )
    }
}
