import Redis
import Sessions

/// Plans how the keys of a session become what they are to be at the target of a migration.
struct TargetWriting {
    /// The keys as they are to be; the session's own first.
    let wanted: [KeyState]
    /// The same as they are, in this order.
    let current: [CurrentState]
    /// Milliseconds since 1970 by the target's clock.
    let now: Int64
    /// Whether RESTORE makes what is not there.
    let usesRestore: Bool
    /// Whether SET knows KEEPTTL.
    let keepsLife: Bool

    /// Whether all is so already. Of sets that sessions share the members count.
    var isUnneeded: Bool { zip(wanted, current).allSatisfy { $0.isSame(as: $1) } }

    /// Why it cannot be written beside what somebody else has there. Nil where nothing is in its way.
    var obstacle: String? {
        for (wanted, current) in zip(wanted, current).dropFirst() {
            guard let what = Self.obstacle(wanted, current) else { continue }
            return "the key '\(EscapedName.text(of: wanted.key))' of the target \(what), and is left: "
                + "rename it, or delete it, and give the command again"
        }
        return nil
    }

    /// What is wrong with the key of somebody else beside the session's own: it is of another type, or a string that is no shadow key, which
    /// frameworks leave empty. Nil where it may be written.
    private static func obstacle(_ wanted: KeyState, _ current: CurrentState) -> String? {
        guard current.isThere else { return nil }
        guard wanted.content.isOfTheType(of: current.content) else {
            return "is of another type than the \(wanted.role.rawValue) has to be"
        }
        guard wanted.role == .shadow, case .string(let bytes)? = current.content, !bytes.isEmpty,
            current.content != wanted.content
        else { return nil }
        return "holds a string that is no \(wanted.role.rawValue)"
    }

    /// The plan for the session: data before indices, and nothing where somebody else has written meanwhile.
    func plan(id: [UInt8], format: String, variant: String?) -> ChangePlan {
        var plan = ChangePlan(id: id, key: wanted.first?.key ?? [], format: format, variant: variant)
        plan.conditions = zip(wanted, current).flatMap { wanted, current -> [PlanCondition] in
            if case .shared = wanted.content { return [] }
            return current.conditions(at: wanted.key)
        }
        plan.commands = zip(wanted, current).flatMap { wanted, current in
            let wanted = Self.extended(wanted, current)
            let commands = KeyRestoration(
                before: wanted, now: current, time: now, usesRestore: usesRestore, keepsLife: keepsLife
            )
            .commands
            return commands.isEmpty ? Self.lengthening(wanted, current) : commands
        }
        return plan
    }

    /// Says once more when the session's own key ends, where all is as it is to be already.
    var confirmation: [PlannedCommand] {
        guard let own = wanted.first, let end = own.expiresAt else { return [] }
        return [PlannedCommand("PEXPIREAT", own.key, [end.decimal], role: own.role)]
    }

    /// A session that is in a set already may need it for longer.
    private static func lengthening(_ wanted: KeyState, _ current: CurrentState) -> [PlannedCommand] {
        guard case .shared = wanted.content, let end = wanted.expiresAt, let now = current.expiresAt, end > now,
            !KeyState.isSame(end, now)
        else { return [] }
        return [PlannedCommand("PEXPIREAT", wanted.key, [end.decimal], role: wanted.role)]
    }

    /// A set that sessions share lives as long as the last of them needs it: never less than it does.
    private static func extended(_ wanted: KeyState, _ current: CurrentState) -> KeyState {
        guard case .shared = wanted.content, current.isThere else { return wanted }
        let end = wanted.expiresAt.flatMap { wanted in current.expiresAt.map { max($0, wanted) } }
        return KeyState(key: wanted.key, role: wanted.role, content: wanted.content, expiresAt: end)
    }
}

extension KeyState {
    /// A key of a layout as it is to be.
    init(_ written: WrittenKey) {
        let content: Content =
            switch written.content {
            case .string(let bytes): .string(bytes)
            case .hash(let fields): .hash(fields)
            case .member(let member): .shared([SharedMember(member, .inside)])
            case .score(let member): .shared([SharedMember(member.member, .scored(member.score))])
            }
        self.init(key: written.key, role: written.role, content: content, expiresAt: written.end)
    }
}

extension KeyState.Content {
    /// Whether commands for this may be sent to a key that holds `other`; nil is what no command of a plan can write.
    func isOfTheType(of other: KeyState.Content?) -> Bool {
        switch (self, other) {
        case (.string, .string), (.hash, .hash), (.set, .set), (.shared, .shared), (_, .missing): true
        default: false
        }
    }
}

extension PlanExecution {
    /// What became of plans; a server that refuses before it has run any refuses each.
    ///
    /// - Parameter note: takes the results of the first plans, when the next one is not there at once.
    /// - Throws: also where the user may not run the commands at all, before any is run.
    mutating func answers(to plans: [ChangePlan], noting note: Noting? = nil) throws(StorageError) -> [PlanResult] {
        do throws(RedisError) {
            return try run(plans, noting: note)
        } catch {
            guard error.isARefusal, !error.deniesCommands else { throw .redis(error) }
            return plans.map { _ in .refused(error) }
        }
    }
}
