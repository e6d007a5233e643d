import Redis
import Sessions

/// What is asked of a key that must be of one type, so that one round trip tells what it holds.
struct GroupedQuestion {
    private enum Kind {
        case string, set, sortedSet
    }

    private let kind: Kind
    private let key: GroupedKey
    /// Whether the server knows SMISMEMBER and ZMSCORE (Redis 6.2), so that one command asks for all members.
    private let asksForMany: Bool

    /// Bytes of a string in one command; what is longer is read beside the others.
    static let bytesAtOnce = 64 << 10

    /// Nil where the key may be of several types, or its size has to be known first.
    init?(_ key: GroupedKey, asksForMany: Bool) {
        self.key = key
        self.asksForMany = asksForMany
        switch key.types {
        case ["string"]: kind = .string
        case ["set"] where !key.isOwnSet && !key.members.isEmpty: kind = .set
        case ["zset"] where !key.members.isEmpty: kind = .sortedSet
        default: return nil
        }
    }

    func append(to batch: inout CommandBatch) {
        switch kind {
        case .string:
            batch.begin(2)
            batch.add("TYPE")
            batch.add(key.key)
            batch.begin(4)
            batch.add("GETRANGE")
            batch.add(key.key)
            batch.add(0)
            batch.add(Self.bytesAtOnce - 1)
        case .set: append("SMISMEMBER", orEach: "SISMEMBER", to: &batch)
        case .sortedSet: append("ZMSCORE", orEach: "ZSCORE", to: &batch)
        }
    }

    private func append(_ many: StaticString, orEach one: StaticString, to batch: inout CommandBatch) {
        if asksForMany {
            batch.begin(2 + key.members.count)
            batch.add(many)
            batch.add(key.key)
        }
        for member in key.members {
            if !asksForMany {
                batch.begin(3)
                batch.add(one)
                batch.add(key.key)
            }
            batch.add(member)
        }
    }

    /// What the replies from `index` on say, which is moved behind them; nil where they do not tell, as at a key of another type.
    func content(in replies: borrowing ReplyBatch, at index: inout Int) -> GroupedRecord.Content? {
        if kind == .string { return string(in: replies, at: &index) }
        var inside: [[UInt8]] = []
        var scores: [ScoredMember] = []
        var isKnown = !asksForMany || index < replies.count && replies[index].kind == .array
        if asksForMany { index += 1 }
        guard isKnown else { return nil }
        for member in key.members {
            guard index < replies.count else { return nil }
            let reply = replies[index]
            index += 1
            if reply.kind == .error { isKnown = false }
            if reply.integer == 1 { inside.append(member) }
            if reply.kind == .string { scores.append(ScoredMember(member, score: replies.array(of: reply))) }
        }
        guard isKnown else { return nil }
        return kind == .set ? .members(inside) : .scores(scores)
    }

    private func string(in replies: borrowing ReplyBatch, at index: inout Int) -> GroupedRecord.Content? {
        guard index + 1 < replies.count else { return nil }
        defer { index += 2 }
        let (type, value) = (replies[index], replies[index + 1])
        guard type.kind == .status, value.kind == .string, value.byteCount < Self.bytesAtOnce else { return nil }
        return replies.text(of: type) == "none" ? .missing : .string(replies.array(of: value))
    }
}

extension GroupedKey {
    /// Whether it is a set that the session has for itself, and so of interest as a whole.
    var isOwnSet: Bool { [.sessionIndex, .attributeNames, .notifiedNodes].contains(role) }
}
