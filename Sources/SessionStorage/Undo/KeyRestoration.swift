import Sessions

/// The commands that make one key what it was.
struct KeyRestoration {
    let before: KeyState
    let now: CurrentState
    /// Milliseconds since 1970 by the server's clock.
    let time: Int64
    let usesRestore: Bool
    /// Whether SET knows KEEPTTL.
    let keepsLife: Bool
    /// When the key ends as the change left it, in milliseconds since 1970; nil where that is not known.
    var given: Int64?

    /// Fields or members in one command of a script.
    private static let wordsAtOnce = 1000

    var commands: [PlannedCommand] {
        if before.isSame(as: now) { return endlessness }
        switch (before.extent, before.content) {
        case (.fields(let names), .hash(let fields)): return some(of: fields, names)
        case (.content, .string(let bytes)): return livingOn(bytes)
        default: return all
        }
    }

    private var all: [PlannedCommand] {
        switch before.content {
        case .missing: return now.isThere ? [command("UNLINK")] : []
        case .string(let bytes): return whole(RestorePayload.string(bytes)) { string(bytes) }
        case .hash(let fields): return hash(fields)
        case .set(let members): return set(members)
        case .shared(let members): return shared(members)
        }
    }

    /// - Parameter values: which of the words are values of the session, which may be secret.
    private func command(_ name: String, _ arguments: [[UInt8]] = [], values: [Int] = []) -> PlannedCommand {
        PlannedCommand(name, before.key, arguments, role: before.role, values: values)
    }

    /// The key made anew, in one command where the server takes it.
    private func whole(_ payload: [UInt8], _ byContent: () -> [PlannedCommand]) -> [PlannedCommand] {
        guard usesRestore else { return byContent() }
        let life = before.expiresAt.map { [$0.decimal, payload] } ?? [Int64(0).decimal, payload]
        let options = before.expiresAt == nil ? ["REPLACE"] : ["REPLACE", "ABSTTL"]
        return [command("RESTORE", life + options.map { Array($0.utf8) }, values: [3])]
    }

    /// What is there with the same content needs its life alone.
    private func string(_ bytes: [UInt8]) -> [PlannedCommand] {
        if now.content == .string(bytes) { return life }
        guard let end = before.expiresAt else { return [command("SET", [bytes], values: [2])] }
        // Never without a life, not even for a moment; which one exactly is said behind it.
        let left = max(1, end.subtractingReportingOverflow(time).partialValue)
        return [
            command("SET", [bytes, Array("PX".utf8), left.decimal], values: [2]), command("PEXPIREAT", [end.decimal]),
        ]
    }

    /// A string that lives on as it does now.
    private func livingOn(_ bytes: [UInt8]) -> [PlannedCommand] {
        let words = [bytes, Array("XX".utf8)]
        guard !keepsLife, let end = now.expiresAt else {
            return [command("SET", words + (keepsLife ? [Array("KEEPTTL".utf8)] : []), values: [2])]
        }
        let left = max(1, end.subtractingReportingOverflow(time).partialValue)
        return [
            command("SET", words + [Array("PX".utf8), left.decimal], values: [2]), command("PEXPIREAT", [end.decimal]),
        ]
    }

    /// These fields of a hash, and nothing else.
    private func some(of fields: [StoredField], _ names: [[UInt8]]) -> [PlannedCommand] {
        let wanted = Set(names)
        let there = fields.filter { wanted.contains($0.field) }
        let gone = wanted.subtracting(there.map(\.field)).filter { now.field($0) != nil }
        return written(there.filter { now.field($0.field) != $0.value })
            + (gone.isEmpty ? [] : [command("HDEL", gone.sorted { $0.lexicographicallyPrecedes($1) })])
    }

    private var life: [PlannedCommand] {
        if KeyState.isSame(before.expiresAt, now.expiresAt), now.isThere { return [] }
        return [before.expiresAt.map { command("PEXPIREAT", [$0.decimal]) } ?? command("PERSIST")]
    }

    /// Field by field where there is a hash: what others have added stays.
    private func hash(_ fields: [StoredField]) -> [PlannedCommand] {
        guard case .hash(let found)? = now.content else {
            return whole(RestorePayload.hash(fields)) {
                (now.isThere ? [command("UNLINK")] : []) + written(fields)
                    + (before.expiresAt == nil ? [] : life)
            }
        }
        let known = Set(found)
        let names = Set(fields.map(\.field))
        let added = found.map(\.field).filter { !names.contains($0) }
        return written(fields.filter { !known.contains($0) })
            + (added.isEmpty ? [] : [command("HDEL", added)]) + life
    }

    private func written(_ fields: [StoredField]) -> [PlannedCommand] {
        stride(from: 0, to: fields.count, by: Self.wordsAtOnce).map { start in
            let some = fields[start..<min(start + Self.wordsAtOnce, fields.count)]
            return command(
                "HSET", some.flatMap { [$0.field, $0.value] }, values: some.indices.map { 3 + 2 * ($0 - start) })
        }
    }

    private func set(_ members: [[UInt8]]) -> [PlannedCommand] {
        guard case .set(let found)? = now.content else {
            return whole(RestorePayload.set(members)) {
                (now.isThere ? [command("UNLINK")] : [])
                    + stride(from: 0, to: members.count, by: Self.wordsAtOnce).map { start in
                        command("SADD", Array(members[start..<min(start + Self.wordsAtOnce, members.count)]))
                    } + (before.expiresAt == nil ? [] : life)
            }
        }
        let missing = members.filter { !found.contains($0) }
        let added = found.filter { !members.contains($0) }
        return (missing.isEmpty ? [] : [command("SADD", missing)]) + (added.isEmpty ? [] : [command("SREM", added)])
            + life
    }

    /// Where these members are now; nil where the key is of another type.
    private func places(of members: [SharedMember]) -> [SharedMember]? {
        guard now.isThere else { return members.map { SharedMember($0.member, .outside) } }
        guard case .shared(let found)? = now.content else { return nil }
        return found
    }

    /// Only the session's own members: the set belongs to many. A set that is made anew gets the life that it had.
    private func shared(_ members: [SharedMember]) -> [PlannedCommand] {
        guard let found = places(of: members) else { return [] }
        var commands: [PlannedCommand] = []
        for member in members where !found.contains(member) {
            switch member.place {
            case .inside: commands.append(command("SADD", [member.member]))
            case .scored(let score): commands.append(command("ZADD", [score, member.member]))
            case .outside:
                let place = found.first { $0.member == member.member }?.place
                commands.append(command(place == .inside ? "SREM" : "ZREM", [member.member]))
            }
        }
        guard let expiresAt = before.expiresAt else { return commands + endlessness }
        return KeyState.isSame(expiresAt, now.expiresAt)
            ? commands : commands + [command("PEXPIREAT", [expiresAt.decimal])]
    }

    /// A shared set that had no life loses the one that the change has given it, as long as it is that one.
    private var endlessness: [PlannedCommand] {
        guard before.isShared, before.expiresAt == nil, let given, now.isThere, now.expiresAt != nil,
            KeyState.isSame(given, now.expiresAt)
        else { return [] }
        return [command("PERSIST")]
    }
}
