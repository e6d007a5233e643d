package import Redis
import Sessions

/// Finds out what the keys of plans hold before they are written, and when they would expire.
package struct StateRecorder {
    private let groups: GroupFetch
    private let connection: RedisConnection
    /// Whether the server says it itself (PEXPIRETIME, Redis 7.0) to this user; else it is asked by PTTL between two TIMEs.
    private let tellsExpiry: Bool

    package init(_ store: SessionStore, on connection: RedisConnection, _ server: ChangeServer) {
        groups = GroupFetch(of: store, on: connection, server, needs: SessionNeeds([], attributes: .none))
        self.connection = connection
        tellsExpiry = server.tellsExpiry
    }

    /// The sessions as they are, for `undo`: with every key that their plans write.
    package func kept(_ changes: [PlannedChange]) throws(StorageError) -> [KeptSession] {
        zip(changes, try states(of: changes)).map { change, states in
            KeptSession(
                id: change.plan.id, key: change.plan.key, format: change.plan.format, variant: change.plan.variant,
                states: states, result: change.plan.result)
        }
    }

    /// The states of every key that the plans write, for each plan in its order.
    func states(of changes: [PlannedChange]) throws(StorageError) -> [[KeyState]] {
        let wanted = changes.map { Self.keys(of: $0) }
        let commands = changes.map(\.plan.commands)
        let unread = wanted.joined().filter { $0.content == nil }.map { $0.key }
        var others = try groups.records(of: unread).map { $0.content }[...]
        var expiries = try expiries(wanted.joined().map { $0.key.key })[...]
        return zip(wanted, commands).map { keys, commands in
            keys.compactMap { wanted in
                let content = wanted.content ?? others.popFirst().flatMap { Self.content(of: wanted.key, $0) }
                let expiry = expiries.popFirst()
                // What is gone since it was read is no key that lives for ever.
                let isThere = expiry?.isThere ?? true
                return content.map { isThere ? $0 : Optional($0).gone }.map {
                    KeyState(
                        key: wanted.key.key, role: wanted.key.role, content: $0, expiresAt: expiry?.time,
                        extent: .init(of: commands.filter { $0.key == wanted.key.key }, at: $0))
                }
            }
        }
    }

    /// Every key of groups as it was read, with when it expires; keys that are not there, and sets without the session, are left out. A
    /// group of which something has ended since it was read has none.
    func states(of groups: [SessionGroup]) throws(StorageError) -> [[KeyState]] {
        let all = groups.map { group -> [Wanted] in
            [Self.own(group.record)]
                + group.others.filter { $0.isHere }.map { ($0.key, Self.content(of: $0.key, $0.content)) }
        }
        var expiries = try expiries(all.joined().map { $0.key.key })[...]
        return all.map { keys in
            let ends = Array(expiries.prefix(keys.count))
            expiries = expiries.dropFirst(keys.count)
            guard ends.allSatisfy(\.isThere) else { return [] }
            return zip(keys, ends).compactMap { key, end in
                key.content.map {
                    KeyState(key: key.key.key, role: key.key.role, content: $0.inside, expiresAt: end.time)
                }
            }
        }
    }

    private typealias Wanted = (key: GroupedKey, content: KeyState.Content?)

    /// Every key that is written, with what was read of it; without where it has to be read.
    private static func keys(of change: PlannedChange) -> [Wanted] {
        change.plan.writtenKeys.map { key in
            let known = change.group.others.first { $0.key.key == key }
            // Where a key beside sessions is changed by itself, it stands in the place of one.
            if key == change.group.record.key, case let own = own(change.group.record),
                own.content != nil || known == nil
            {
                return own
            }
            let commands = change.plan.commands.filter { $0.key == key }
            let touched = commands.flatMap { Self.members(of: $0) }
            if let known, touched.allSatisfy({ known.key.members.contains($0) }),
                let content = content(of: known.key, known.content)
            {
                return (known.key, content)
            }
            return (GroupedKey(key: key, role: commands[0].role, members: touched), nil)
        }
    }

    private static func own(_ record: StoredRecord) -> Wanted {
        let key = GroupedKey(key: record.key, role: .session)
        switch record.content {
        case .string(let bytes): return (key, .string(bytes))
        case .hash(let fields): return (key, .hash(fields))
        case .other: return (key, nil)
        }
    }

    /// The members that a command puts in or takes out.
    private static func members(of command: PlannedCommand) -> [[UInt8]] {
        switch command.name {
        case "SADD", "SREM", "ZREM": Array(command.arguments)
        // Scores and members in turn.
        case "ZADD": command.arguments.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
        default: []
        }
    }

    /// Nil for a key of a type that no command of a plan can write.
    static func content(of key: GroupedKey, _ content: GroupedRecord.Content) -> KeyState.Content? {
        switch content {
        case .missing where key.members.isEmpty: .missing
        case .missing: .shared(key.members.map { SharedMember($0, .outside) })
        case .string(let bytes): .string(bytes)
        case .hash(let fields): .hash(fields)
        case .set(let members): .set(members)
        case .members(let inside):
            .shared(key.members.map { SharedMember($0, inside.contains($0) ? .inside : .outside) })
        case .scores(let scored):
            .shared(
                key.members.map { member in
                    let score = scored.first { $0.member == member }?.score
                    return SharedMember(member, score.map { .scored($0) } ?? .outside)
                })
        case .other: nil
        }
    }

    /// What is at keys beside sessions, with their ends.
    func readings(of keys: [GroupedKey]) throws(StorageError) -> [KeyReading] {
        try looks(at: keys).map { look in KeyReading(look.record, expiresAt: look.expiresAt) }
    }

    /// Those of the keys of sessions that are not there.
    func gone(among keys: [[UInt8]]) throws(StorageError) -> Set<[UInt8]> {
        Set(zip(keys, try expiries(keys)).filter { !$1.isThere }.map { $0.0 })
    }

    /// What keys hold now of which it is known what they held before.
    func current(of states: [KeyState]) throws(StorageError) -> [CurrentState] {
        let keys = states.map { GroupedKey(key: $0.key, role: $0.role, members: $0.members) }
        return zip(states, try looks(at: keys)).map { state, look in
            CurrentState(
                content: Self.content(of: look.record, like: state.content), isThere: look.isThere,
                expiresAt: look.expiresAt, type: look.record.content.type, hasJustGone: look.hasJustGone)
        }
    }

    /// How often a key is read again that has come between the two commands of a look.
    private static let attempts = 3

    /// What is at keys with their ends. These are two commands, between which others may make a key or take it away: of each key it is told what was so
    /// at one moment.
    private func looks(at keys: [GroupedKey]) throws(StorageError) -> [KeyLook] {
        var looks = try onceOver(keys)
        for _ in 1..<Self.attempts {
            let open = looks.indices.filter { looks[$0].hasJustCome }
            guard !open.isEmpty else { break }
            for (place, look) in zip(open, try onceOver(open.map { keys[$0] })) { looks[place] = look }
        }
        // Where others do so all the time it is as the first command has found it: whoever writes asks once more.
        return looks.map { $0.hasJustCome ? KeyLook(record: $0.record, isThere: false, expiresAt: nil) : $0 }
    }

    private func onceOver(_ keys: [GroupedKey]) throws(StorageError) -> [KeyLook] {
        zip(try groups.records(of: keys), try expiries(keys.map(\.key))).map { record, end in
            KeyLook(record: record, isThere: end.isThere, expiresAt: end.time)
        }
    }

    /// A set that is a session's own is read whole: where single members of it were written, these are looked for.
    private static func content(of record: GroupedRecord, like wanted: KeyState.Content) -> KeyState.Content? {
        guard case .shared(let members) = wanted, case .set(let found) = record.content else {
            return content(of: record.key, record.content)
        }
        return .shared(members.map { SharedMember($0.member, found.contains($0.member) ? .inside : .outside) })
    }

    /// What lies at the keys of these sessions now, with the sets of users that it is in.
    ///
    /// Of which variant it is, whoever asks may know: by then the keys may be gone that tell.
    func successors(at keys: [(key: [UInt8], variant: String?)]) throws(StorageError) -> [[UInt8]: SessionGroup] {
        let variants = Dictionary(keys.map { ($0.key, $0.variant) }) { first, _ in first }
        var found: [[UInt8]: SessionGroup] = [:]
        var rest = keys.map(\.key)[...]
        while !rest.isEmpty {
            let some = try groups.groups(at: Array(rest))
            for case let group? in some {
                var session = group.session
                session.variant = (variants[session.key] ?? nil) ?? session.variant
                let sets = try groups.records(of: SessionFormats.keyGroup(of: session).filter { $0.role.isOfAUser })
                found[session.key] = SessionGroup(session: session, record: group.record, others: sets)
            }
            rest = rest.dropFirst(max(some.count, 1))
        }
        return found
    }

    /// Whether a key is there, and when it expires, in milliseconds since 1970; nil where it never does.
    private typealias Expiry = (isThere: Bool, time: Int64?)

    /// - Throws: where the server does not say it, or not closely: a key whose end is not known is none that lives for ever.
    private func expiries(_ keys: [[UInt8]]) throws(StorageError) -> [Expiry] {
        guard !keys.isEmpty else { return [] }
        return try redis { () throws(RedisError) in
            guard !tellsExpiry else { return try toldExpiries(keys) }
            let ends = KeyEnds(connection: connection, usesTransactions: true)
            return try ends.readings(of: keys).map { ($0.life >= -1, $0.end) }
        }
    }

    private func toldExpiries(_ keys: [[UInt8]]) throws(RedisError) -> [Expiry] {
        var batch = CommandBatch()
        for key in keys { batch.append([Array("PEXPIRETIME".utf8), key]) }
        var replies = ReplyBatch()
        try connection.send(batch, as: "PEXPIRETIME")
        try connection.receive(batch.count, into: &replies)
        var index = 0
        var expiries: [Expiry] = []
        expiries.reserveCapacity(keys.count)
        for _ in keys {
            guard index < replies.count, let value = replies[index].integer else {
                throw connection.failure(in: replies, at: index) ?? connection.unexpectedAnswer(to: "PEXPIRETIME")
            }
            // -2 says that there is no such key, -1 that it never expires.
            expiries.append((value >= -1, value < 0 ? nil : value))
            index = replies.index(after: index)
        }
        return expiries
    }
}

extension KeyState.Extent {
    /// How much of a key these commands write, all of which are its own.
    fileprivate init(of commands: [PlannedCommand], at content: KeyState.Content) {
        switch content {
        case .hash where commands.allSatisfy { ["HSET", "HDEL"].contains($0.name) }:
            self = .fields(commands.flatMap { $0.fields })
        // Without KEEPTTL the life that it had is given to it anew.
        case .string
        where commands.allSatisfy { $0.name == "SET" && $0.arguments.dropFirst().contains(Array("XX".utf8)) }:
            self = .content
        default: self = .whole
        }
    }
}

extension PlannedCommand {
    /// The fields that HSET and HDEL write.
    fileprivate var fields: [[UInt8]] {
        name == "HDEL" ? Array(arguments) : arguments.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
    }
}

extension GroupedRecord.Content {
    /// What people call its type.
    fileprivate var type: String? {
        switch self {
        case .missing: nil
        case .string: "string"
        case .hash: "hash"
        case .set, .members: "set"
        case .scores, .other(type: "zset"): "sorted set"
        case .other(let type): type
        }
    }
}

extension GroupedRecord {
    /// Whether there is such a key, and the session is in it.
    fileprivate var isHere: Bool {
        switch content {
        case .missing, .other: false
        case .members(let members): !members.isEmpty
        case .scores(let members): !members.isEmpty
        case .string, .set, .hash: true
        }
    }
}

extension KeyState.Content {
    /// Of a shared set the members that are in it.
    fileprivate var inside: KeyState.Content {
        guard case .shared(let members) = self else { return self }
        return .shared(members.filter { $0.place != .outside })
    }
}
