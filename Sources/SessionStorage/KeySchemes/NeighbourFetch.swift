import Redis
import Sessions

/// Asks the keys beside tokens, many in one round trip, and never for more than the beginning of a value, one member or a few.
///
/// Three rounds: the type of each key; what can be asked of that type; what of it is short. Most keys are not there, and cost
/// one command.
struct NeighbourFetch {
    let connection: RedisConnection
    let jwtKeys: JWTKeyTemplates
    /// Milliseconds since 1970.
    let now: Int64

    /// What is at each of `neighbours`, in their order.
    func states(of neighbours: [JWTNeighbour]) throws(RedisError) -> [JWTNeighbourState] {
        let types = try types(of: neighbours)
        var states = types.map { type in
            var state = JWTNeighbourState()
            state.type = type
            return state
        }
        var questions: [NeighbourQuestion] = []
        for (index, neighbour) in neighbours.enumerated() where states[index].isThere {
            questions += NeighbourQuestion.all(of: neighbour, states[index].type ?? "", now: now).map { $0.at(index) }
        }
        while !questions.isEmpty {
            let replies = try ask(questions.map { $0.command })
            var further: [NeighbourQuestion] = []
            for (question, reply) in zip(questions, replies) {
                let more = question.take(reply, of: neighbours[question.index], jwtKeys, to: &states[question.index])
                further += more.map { $0.at(question.index) }
            }
            questions = further
        }
        return states
    }

    /// The type of each key; nil where this user may not ask. The same key is asked for once.
    private func types(of neighbours: [JWTNeighbour]) throws(RedisError) -> [String?] {
        var places: [[UInt8]: Int] = [:]
        var keys: [[UInt8]] = []
        for neighbour in neighbours where places[neighbour.key] == nil {
            places[neighbour.key] = keys.count
            keys.append(neighbour.key)
        }
        let replies = try ask(keys.map { [Array("TYPE".utf8), $0] })
        return neighbours.map { neighbour in
            guard let place = places[neighbour.key], case .status(let type) = replies[place] else { return nil }
            return type
        }
    }

    private func ask(_ commands: [[[UInt8]]]) throws(RedisError) -> [RedisReply] {
        guard !commands.isEmpty else { return [] }
        var batch = CommandBatch()
        for command in commands { batch.append(command) }
        var replies = ReplyBatch()
        try connection.send(batch, as: "TYPE")
        try connection.receive(batch.count, into: &replies)
        var all: [RedisReply] = []
        var index = 0
        for _ in commands {
            all.append(replies.reply(at: index))
            index = replies.index(after: index)
        }
        return all
    }
}

/// One command about a neighbour, and what its answer means.
struct NeighbourQuestion {
    /// What is asked.
    enum Subject {
        case life, beginning, holds, score, revokedMember, size, pastMembers, sample
        /// How long a field is: of the member, or one that may revoke a family.
        case fieldLength([UInt8], isMember: Bool)
        case field([UInt8], isMember: Bool)
        /// How many of these keys are there: of one member of an index.
        case isAllowed
    }

    let subject: Subject
    let command: [[UInt8]]
    /// The place of the neighbour among those that are asked.
    private(set) var index = 0

    private init(_ subject: Subject, _ command: String, _ key: [UInt8], _ arguments: [[UInt8]] = []) {
        self.subject = subject
        self.command = [Array(command.utf8), key] + arguments
    }

    func at(_ index: Int) -> NeighbourQuestion {
        var question = self
        question.index = index
        return question
    }

    /// What is asked of a key of this type.
    static func all(of neighbour: JWTNeighbour, _ type: String, now: Int64) -> [NeighbourQuestion] {
        let key = neighbour.key
        var questions = [NeighbourQuestion(.life, "PTTL", key)]
        switch (neighbour.purpose, type) {
        case (.cutoff, "string"), (.version, "string"), (.family, "string"):
            let last = Array(String(JWTNeighbourState.mostBytes - 1).utf8)
            questions.append(NeighbourQuestion(.beginning, "GETRANGE", key, [Array("0".utf8), last]))
        case (.family, "set"):
            questions.append(NeighbourQuestion(.revokedMember, "SISMEMBER", key, [Array("revoked".utf8)]))
            if let member = neighbour.member { questions.append(NeighbourQuestion(.holds, "SISMEMBER", key, [member])) }
        case (.family, "hash"):
            var fields = JWTNeighbourState.revokingWords.map { (Array($0.utf8), false) }
            if let member = neighbour.member { fields.append((member, true)) }
            for (field, isMember) in fields {
                questions.append(NeighbourQuestion(.fieldLength(field, isMember: isMember), "HSTRLEN", key, [field]))
            }
        case (.index, "set"):
            questions.append(NeighbourQuestion(.size, "SCARD", key))
            let most = Array(String(JWTNeighbourState.mostMembers).utf8)
            questions.append(NeighbourQuestion(.sample, "SRANDMEMBER", key, [most]))
            if let member = neighbour.member { questions.append(NeighbourQuestion(.holds, "SISMEMBER", key, [member])) }
        case (.index, "zset"):
            questions.append(NeighbourQuestion(.size, "ZCARD", key))
            // A score that has passed is a token that has ended; seconds, as in its `exp`.
            let past = [Array("1".utf8), Array("(\(now / 1000)".utf8)]
            questions.append(NeighbourQuestion(.pastMembers, "ZCOUNT", key, past))
            if let member = neighbour.member { questions.append(NeighbourQuestion(.score, "ZSCORE", key, [member])) }
        default: break
        }
        return questions
    }

    /// Puts the answer into `state`; what it makes worth asking comes back.
    func take(
        _ reply: RedisReply, of neighbour: JWTNeighbour, _ jwtKeys: JWTKeyTemplates, to state: inout JWTNeighbourState
    ) -> [NeighbourQuestion] {
        switch subject {
        case .life: state.timeToLive = TimeToLive(pttl: reply.integer ?? -2)
        case .beginning:
            state.beginning = reply.bytes
            if neighbour.purpose == .family { state.isRevoked = reply.bytes.map(Self.isRevoked) ?? false }
        case .holds: state.holdsMember = reply.integer.map { $0 == 1 }
        case .score: if case .error = reply {} else { state.holdsMember = reply.bytes != nil }
        case .revokedMember: state.isRevoked = reply.integer == 1
        case .size: state.members = Int(clamping: reply.integer ?? 0)
        case .pastMembers: state.pastMembers = Int(clamping: reply.integer ?? 0)
        case .sample: return lookFor(reply.elements ?? [], of: neighbour, jwtKeys, &state)
        case .fieldLength(let field, let isMember): return ask(for: field, isMember, reply, neighbour, &state)
        case .field(let field, let isMember):
            if isMember {
                state.memberText = reply.bytes
            } else if let text = reply.bytes, !text.isEmpty {
                let saysSo = field.elementsEqual("revoked".utf8) && !JWTNeighbourState.isGood(text)
                state.isRevoked = state.isRevoked || saysSo || Self.isRevoked(text)
            }
        case .isAllowed: if reply.integer == 0 { state.absentMembers += 1 }
        }
        return []
    }

    private static func isRevoked(_ text: [UInt8]) -> Bool {
        String(decoding: text, as: UTF8.self).lowercased() == "revoked"
    }

    /// Asks for a field that is there and short. What is long is no word, and its length says that it is there.
    private func ask(
        for field: [UInt8], _ isMember: Bool, _ reply: RedisReply, _ neighbour: JWTNeighbour,
        _ state: inout JWTNeighbourState
    ) -> [NeighbourQuestion] {
        guard let length = reply.integer else { return [] }
        if isMember { state.holdsMember = length > 0 }
        guard 1...Int64(JWTNeighbourState.mostBytes) ~= length else { return [] }
        return [NeighbourQuestion(.field(field, isMember: isMember), "HGET", neighbour.key, [field])]
    }

    /// Looks for a few members of an index on the allow-list.
    private func lookFor(
        _ members: [RedisReply], of neighbour: JWTNeighbour, _ jwtKeys: JWTKeyTemplates,
        _ state: inout JWTNeighbourState
    ) -> [NeighbourQuestion] {
        var questions: [NeighbourQuestion] = []
        for member in members.compactMap({ $0.bytes }) {
            let keys = neighbour.allowKeys(of: member, jwtKeys)
            guard let first = keys.first else { continue }
            questions.append(NeighbourQuestion(.isAllowed, "EXISTS", first, Array(keys.dropFirst())))
        }
        state.soughtMembers = questions.count
        return questions
    }
}
