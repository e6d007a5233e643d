import Sessions

// What others have done since the change.
extension UndoPlanner {
    /// What a hash that was left for its application had, and what nobody has to have touched since.
    var changedSince: String? {
        if wasEndedByOthers { return "somebody has ended it since" }
        if isReplaced { return "it is another session by now" }
        if isLoggedOutSince { return "it was logged out since" }
        for condition in kept.result
        where !isBucket(condition.key) && !holds(condition) && !hasEndedByItself(condition.key)
            && !isUnwritten(condition)
        {
            return "'\(EscapedName.text(of: condition.key))' is not as the change left it"
        }
        guard let (before, now) = state(of: kept.key) else { return nil }
        // What only values were changed of may be used, and written beside them.
        guard before.extent == .whole else { return nil }
        if !saysLife, before.isString, now.isThere, let end = before.expiresAt, now.expiresAt.map({ $0 > end }) ?? true
        {
            return "it was used since: its key lives longer"
        }
        guard case .hash(let fields) = before.content, case .hash(let found)? = now.content else { return nil }
        let written = Set(kept.writtenFields)
        let differing = Set(fields).symmetricDifference(Set(found)).map(\.field).filter { !written.contains($0) }
        return differing.first.map { "its field '\(EscapedName.text(of: $0))' was written since" }
    }

    /// Whether somebody has ended the session of which only values were changed.
    private var isLoggedOutSince: Bool {
        guard isInPlace, let before = kept.group(now: now)?.session,
            let content = zip(kept.states, current).first(where: { $0.0.key == kept.key })?.1.content,
            let found = kept.session(with: content, now: now)
        else { return false }
        return SessionFormats.isLoggedOut(found) && !SessionFormats.isLoggedOut(before)
    }

    /// Whether something else lies where a session was whose key the change has left as it was but for some values.
    private var isReplaced: Bool {
        guard !isInPlace, let (before, now) = zip(kept.states, current).first(where: { $0.0.key == kept.key }) else {
            return false
        }
        return before.extent != .whole && now.isThere
    }

    /// Why the session cannot be made anew where it is gone, also by force: of a change of values alone the keys beside its own are not
    /// kept, without which the application would not hear of its end, nor find it by its user.
    var lacksOtherKeys: String? {
        guard !isInPlace, let (before, found) = zip(kept.states, current).first(where: { $0.0.key == kept.key }),
            before.extent != .whole, let group = kept.group(now: now)
        else { return nil }
        let known = Set(kept.states.map(\.key))
        let lacking = SessionFormats.keyGroup(of: group.session).filter { !$0.isOptional && !known.contains($0.key) }
        guard let first = lacking.first else { return nil }
        let what =
            found.isThere
            ? "it is another session by now" : wasEndedByOthers ? "somebody has ended it since" : "it has ended since"
        return what
            + ", and a change of values has kept nothing of its other keys, such as '\(EscapedName.text(of: first.key))': take back "
            + "first what has ended it, if that was done from here (undo list)"
    }

    /// Whether the change gave the session's own key another life.
    private var saysLife: Bool {
        kept.result.contains { condition in
            switch condition.test {
            case .lifeAtMost, .endsAt: condition.key == kept.key
            default: false
            }
        }
    }

    /// Whether the session is gone although the change left it, and its end has not come: it must not be brought back.
    private var wasEndedByOthers: Bool {
        // A logout says that a key is missing: the session's own, or the one whose end the application hears.
        guard !kept.result.contains(where: { $0.test == .missing }), let (before, now) = state(of: kept.key) else {
            return false
        }
        return !now.isThere && before.content != .missing && (endByChange.map { $0 > self.now } ?? true)
    }

    /// When the session ends as the change left it, in milliseconds since 1970; nil for never.
    private var endByChange: Int64? {
        let tests = kept.result.filter { $0.key == kept.key }.map(\.test)
        let saysWhen = tests.contains { if case .field(_, .some) = $0 { true } else { false } }
        for case .lifeAtMost(let life) in tests where !saysWhen {
            return (changed.ended ?? changed.began).addingReportingOverflow(life).partialValue
        }
        for case .endsAt(let end) in tests { return end }
        if let before = state(of: kept.key)?.before, before.isString { return before.expiresAt }
        guard var record = kept.group(now: now)?.record, case .hash(var fields) = record.content else { return nil }
        for case .field(let name, let value?) in tests {
            fields.removeAll { $0.field == name }
            fields.append(StoredField(name, value))
        }
        record.content = .hash(fields)
        return SessionFormats.session(from: record, now: now)?.expiresAt(now: now)
    }

    /// A hash that was logged out ends some minutes later, or sooner, by its application; that changes nothing. A key whose end the application
    /// hears may be gone only when its end has come.
    private func hasEndedByItself(_ key: [UInt8]) -> Bool {
        guard let (before, current) = state(of: key), !current.isThere else { return false }
        if before.role == .shadow { return endGiven(to: key).map { $0 <= now } ?? false }
        return kept.result.contains { $0.key == key && $0.test != .missing }
    }

    /// Whether what is asked about is as it was before the change, which failed in the middle then, or was taken back there by hand: to
    /// write the same once more loses nothing.
    private func isUnwritten(_ condition: PlanCondition) -> Bool {
        guard let (before, now) = state(of: condition.key) else { return false }
        switch condition.test {
        case .field(let name, _), .fieldDigest(let name, _): return now.field(name) == before.field(name)
        case .lifeAtMost, .endsAt, .lifeIsEndless:
            guard now.isThere else { return before.content == .missing }
            return KeyState.isSame(now.expiresAt, before.expiresAt)
        default: return before.isSame(as: now)
        }
    }

    func holds(_ condition: PlanCondition) -> Bool {
        guard let now = state(of: condition.key)?.now else { return true }
        switch condition.test {
        case .exists: return now.isThere
        case .missing: return !now.isThere
        case .field(let name, let value): return now.field(name) == value
        case .fieldDigest(let name, let digest): return now.field(name).map { SHA1.hexadecimal(of: $0) } == digest
        case .digest(let digest):
            guard case .string(let bytes)? = now.content else { return false }
            return SHA1.hexadecimal(of: bytes) == digest
        case .fieldCount(let count):
            guard case .hash(let fields)? = now.content else { return false }
            return fields.count == count
        case .hashDigest(let digest):
            guard case .hash(let fields)? = now.content else { return false }
            return HashDigest.hexadecimal(of: fields) == digest
        case .lifeAtMost(let life):
            return !isShorter(than: life, now) && isNoLonger(than: life, now, slack: slack(of: condition))
        case .endsAt(let end): return KeyState.isSame(now.expiresAt, end)
        // Sets are shared.
        case .lifeIsEndless, .member: return true
        }
    }

    /// Whether the life that the change left has not begun anew: a manager's key lives longer with every request. Of a change that was
    /// killed nobody knows when it ended.
    private func isNoLonger(than life: Int64, _ now: CurrentState, slack: Int64) -> Bool {
        guard let ended = changed.ended else { return true }
        let (latest, overflow) = ended.addingReportingOverflow(life)
        guard !overflow, let end = now.expiresAt else { return overflow }
        return end.subtractingReportingOverflow(slack).partialValue <= latest
    }

    /// By how many milliseconds the end of a hash that a logout leaves may be later than the change says: clocks are read once for all of them.
    /// Who logs out anew was taken back before, and does so later than that. A server that stood still may have made the change when nobody
    /// waited for it any more.
    private func slack(of condition: PlanCondition) -> Int64 {
        guard condition.otherwise == .changed, state(of: condition.key)?.before.role == .session else { return 0 }
        return changed.isUncertain ? 600_000 : 10_000
    }

    /// Whether somebody has made the life shorter that the change left: it began no earlier than the change did, to a second of rounding.
    private func isShorter(than life: Int64, _ now: CurrentState) -> Bool {
        let (earliest, overflow) = changed.began.addingReportingOverflow(life)
        guard !overflow, let end = now.expiresAt else { return false }
        return end.addingReportingOverflow(1000).partialValue < earliest
    }
}

extension KeyState {
    fileprivate var isString: Bool {
        if case .string = content { return true }
        return false
    }

    fileprivate func field(_ name: [UInt8]) -> [UInt8]? { content.field(name) }
}
