extension SessionFormat {
    /// The plan to log the session out: its own key goes, and with it what is there because of it.
    public static func planToExpire(
        _ group: SessionGroup, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        planToRemove(group)
    }

    /// The plan that takes away the key and what is there because of it.
    static func planToRemove(_ group: SessionGroup) -> ChangePlan {
        var plan = ChangePlan(for: group.session, conditions: group.isAsRead)
        plan.commands = [PlannedCommand("UNLINK", group.record.key, role: .session)] + group.removals
        plan.result = [PlanCondition(group.record.key, .missing, otherwise: .changed)]
        return plan
    }

    /// The plan to make it end at `end`: refused, where the next request takes it back.
    public static func planToExpire(
        _ group: SessionGroup, at end: Int64, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        throw ChangeRefusal(
            "the next request would extend it again: the application's manager, and not the session, says how long it lives"
        )
    }

    /// The plan to extend it: its key's life alone counts.
    public static func planToTouch(
        _ group: SessionGroup, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        try planToExtendKey(group)
    }

    /// The plan to change its attributes: refused, where nobody knows how to write such a session.
    public static func planToEdit(
        _ group: SessionGroup, _ edit: SessionEdit, _ context: ChangeContext
    ) throws(ChangeRefusal) -> ChangePlan {
        throw ChangeRefusal("the attributes of a session of the format \(name) can be read and not be written")
    }

    /// The plan that gives the key a life of one interval from now.
    static func planToExtendKey(_ group: SessionGroup) throws(ChangeRefusal) -> ChangePlan {
        guard let interval = group.session.maxInactiveSeconds, interval > 0 else {
            throw ChangeRefusal("it does not say how long it lives; --max-inactive-interval tells")
        }
        let life = try interval.secondsAsLife()
        // A manager that gives its sessions longer lives than they say would see this one cut.
        if case .milliseconds(let left) = group.record.timeToLive, left > life {
            throw ChangeRefusal(
                "its key lives longer from now than an interval of \(interval) seconds, so the manager has another one: "
                    + "give that one with --max-inactive-interval")
        }
        var plan = ChangePlan(for: group.session, conditions: group.isAsRead)
        plan.result = group.content
        plan.extend(group.record, to: life)
        return plan
    }
}

extension ChangePlan {
    /// Gives the key of a session so many milliseconds to live. The end is said where it is known, so that whoever takes it back can tell a use from
    /// it to the millisecond.
    mutating func extend(_ record: StoredRecord, to life: Int64) {
        let end = record.end(after: life)
        let (name, argument) = end.map { ("PEXPIREAT", $0) } ?? ("PEXPIRE", life)
        commands.append(PlannedCommand(name, record.key, [argument.decimal], role: .session))
        result.append(PlanCondition(record.key, end.map { .endsAt($0) } ?? .lifeAtMost(life), otherwise: .usedSince))
    }
}

extension StoredRecord {
    /// When the key ends that lives so many milliseconds from when it was read; nil where its end was not asked for. Never sooner than it does.
    fileprivate func end(after life: Int64) -> Int64? {
        guard let expiresAt, case .milliseconds(let left) = timeToLive, left <= life else { return nil }
        let (end, overflow) = expiresAt.addingReportingOverflow(life - left)
        return overflow ? nil : end
    }
}

extension SessionGroup {
    /// That nobody has used or changed the session since it was read.
    ///
    /// A string says by its bytes that it is another, and by another life that it was used; a hash by the bytes of its own fields,
    /// which a request writes.
    var isAsRead: [PlanCondition] {
        switch record.content {
        case .string: return content + [lifeIsAsRead]
        case .hash(let fields):
            let own = SessionFormats.format(named: session.format)?.hashFields(withPrincipal: false) ?? []
            let conditions = own.map { name in
                PlanCondition(
                    record.key, .field(name, fields.first { $0.field == name }?.value),
                    otherwise: Self.isWrittenByRequests(name) ? .usedSince : .changed)
            }
            return [PlanCondition(record.key, .exists, otherwise: .gone)] + conditions
        case .other: return [PlanCondition(record.key, .exists, otherwise: .gone)]
        }
    }

    /// Whether this field of the session's own tells of a request: each writes the last use, and a new session of the same id has been created
    /// at another time. Its interval is changed by who configures the application, or logs out.
    private static func isWrittenByRequests(_ name: [UInt8]) -> Bool {
        !name.suffix(interval.count).elementsEqual(interval)
    }

    private static let interval = Array("maxInactiveInterval".utf8)

    /// That the session's own key is there, and a string with the bytes that were read.
    var content: [PlanCondition] {
        let exists = PlanCondition(record.key, .exists, otherwise: .gone)
        guard case .string(let bytes) = record.content else { return [exists] }
        return [exists, PlanCondition(record.key, .digest(SHA1.hexadecimal(of: bytes)), otherwise: .changed)]
    }

    /// That nobody has given its key another life; a longer one, where its end was not asked for.
    var lifeIsAsRead: PlanCondition {
        guard case .milliseconds(let left) = record.timeToLive else {
            return PlanCondition(record.key, .lifeIsEndless, otherwise: .usedSince)
        }
        return PlanCondition(
            record.key, record.expiresAt.map { .endsAt($0) } ?? .lifeAtMost(left), otherwise: .usedSince)
    }

    /// The commands that take away what is there because of the session beside its own key.
    var removals: [PlannedCommand] { others.compactMap { $0.removal } }
}

extension GroupedRecord {
    /// The command that takes the session out of the key, or the key away; nil where there is nothing to do, and for what is not the
    /// session's alone.
    package var removal: PlannedCommand? {
        switch content {
        case .members(let members) where !members.isEmpty:
            return PlannedCommand("SREM", key.key, members, role: key.role, isEssential: false)
        case .scores(let members) where !members.isEmpty:
            return PlannedCommand("ZREM", key.key, members.map(\.member), role: key.role, isEssential: false)
        case .missing, .members, .scores, .other: return nil
        case .string: return removal(ofType: "string")
        case .set: return removal(ofType: "set")
        case .hash: return removal(ofType: "hash")
        }
    }

    /// A session may have the name of such a key (ch. 5.3): a key of another type is not in its place, but somebody else's.
    private func removal(ofType type: String) -> PlannedCommand? {
        guard Self.ownRoles.contains(key.role), key.types.isEmpty || key.types.contains(type) else { return nil }
        return PlannedCommand("UNLINK", key.key, role: key.role, isEssential: false)
    }

    /// What belongs to one session. A deny-list, a cut-off, a version and a family outlive it, and a lock is somebody's who works.
    private static let ownRoles: Set<GroupedKey.Role> = [
        .shadow, .validity, .notifiedNodes, .time, .attributeNames, .attribute, .authentication, .refreshToken,
        .allowList, .sessionIndex,
    ]
}

extension Int64 {
    /// As an argument of a command.
    package var decimal: [UInt8] { Array(String(self).utf8) }

    /// As the life of a key in milliseconds, where it is an interval in seconds.
    func secondsAsLife() throws(ChangeRefusal) -> Int64 {
        let (life, overflow) = multipliedReportingOverflow(by: 1000)
        // The server adds its clock to it.
        guard !overflow, life < Int64.max / 4 else {
            throw ChangeRefusal("its interval of \(self) seconds is too long for a key's life")
        }
        return life
    }

    /// Its eight bytes, or the last of them, from the highest on.
    func bigEndianBytes(_ count: Int = 8) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: self >> (8 * Int64($0))) }
    }
}
