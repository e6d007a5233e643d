import Sessions

// How a session is compared with what is at the target.

extension Verification {
    /// What is at the target in the place of one session.
    struct Found {
        /// Of the keys that it has to have, its own first.
        let states: [CurrentState]
        /// Of the keys that its layout does not have.
        let others: [CurrentState]
        /// The session at its own key.
        let target: SessionGroup?
    }

    /// What the comparison of `session` with `found` comes to.
    func verdict(_ session: MigratingSession, _ found: Found, _ now: MigrationBatch.Times) -> Verdict {
        guard let own = found.states.first, own.isThere else { return .missing }
        // What a logout takes and leaves is different in many parts (session-formats, ch. 6.6), and none of them says why.
        if let target = found.target, SessionFormats.isLoggedOut(target.session) { return .loggedOut(.target) }
        var differences: [SessionComparison.Difference] = []
        if own.content.map({ !session.isSame($0) }) ?? true {
            // What is no session has no times, and whatever else is not right follows from that.
            guard let target = found.target else { return .different([Self.noSession]) }
            differences = meaning(session, own, target, now)
        }
        differences += keys(session, found.states)
        for (absent, other) in zip(session.absent, found.others) where other.isThere {
            let reason = "'\(EscapedName.text(of: absent.key))' is there, which its layout does not have"
            differences.append(SessionComparison.Difference(part: absent.role.rawValue, reason: reason))
        }
        return differences.isEmpty ? .equal : .different(Self.once(differences))
    }

    /// The same without what two looks have found.
    private static func once(_ differences: [SessionComparison.Difference]) -> [SessionComparison.Difference] {
        var known: Set<SessionComparison.Difference> = []
        return differences.filter { known.insert($0).inserted }
    }

    /// What is different where the bytes are not the same.
    private func meaning(
        _ session: MigratingSession, _ own: CurrentState, _ target: SessionGroup, _ now: MigrationBatch.Times
    ) -> [SessionComparison.Difference] {
        guard let wanted = session.portable(now.source) else { return [Self.content("of other bytes")] }
        let there = Self.used(target.session, own)
        let head = Self.head(session.wanted[0].content, own.content)
        do throws(ConversionRefusal) {
            let found = try portable(there, like: wanted, now)
            return comparison(of: there).differences(of: wanted, and: found)
                + details(session.group.session, there) + damage(session.group.session, there) + head
        } catch {
            return [Self.content(error.description)]
        }
    }

    private static func content(_ reason: String) -> SessionComparison.Difference {
        SessionComparison.Difference(part: "content", reason: reason)
    }

    private static var noSession: SessionComparison.Difference { content("no session is at the target's key") }

    /// What the session of the target means, as far as its layout can hold what `wanted` does.
    private func portable(
        _ target: Session, like wanted: PortableSession, _ now: MigrationBatch.Times
    ) throws(ConversionRefusal) -> PortableSession {
        var found = try PortableSession(of: target, now: now.target)
        // Each kind of application has its own place for who is logged in: what is in attributes is compared with them.
        if !(manner.conversion?.holdsContainerLogins ?? true) {
            found.principalName = wanted.principalName
            found.container = wanted.container
        }
        return found
    }

    /// Of the same layout only what follows from the life of a key may differ a little.
    private func comparison(of target: Session) -> SessionComparison {
        guard manner.conversion == nil else { return SessionComparison(tolerance: tolerance) }
        let derived = target.endsWithItsKey ? tolerance : 0
        return SessionComparison(tolerance: target.createdAt == nil ? derived : 0, ofLastUse: derived)
    }

    /// A session with its last use, which some layouts have in the life of the key alone.
    static func used(_ session: Session, _ own: CurrentState) -> Session {
        guard session.lastAccessedAt == nil, let end = own.expiresAt, let interval = session.maxInactiveSeconds else {
            return session
        }
        var used = session
        used.lastAccessedAt =
            end.subtractingReportingOverflow(interval.multipliedReportingOverflow(by: 1000).partialValue).partialValue
        return used
    }
}
