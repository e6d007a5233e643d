import Redis
package import Sessions

/// Asks Redis what it says of tokens, many at a time. Writes nothing.
package final class TokenStandings {
    private let store: SessionStore
    private let progress: ScanProgress
    private let judgesEnd: Bool
    /// Whether the application keeps an allow-list; nil as long as nobody had to know.
    private var keepsAllowList: Bool?
    /// Entries of tokens of which only the id is known.
    private let found: [NamedToken.ID: [[UInt8]]]

    /// - Parameters:
    ///   - tokens: all that will be asked for.
    ///   - judgesEnd: whether it is told that a token has ended; who verifies it says so by its own rules.
    ///   - progress: hears of walks over all keys, where they are needed.
    package init(
        of tokens: [NamedToken], in store: SessionStore, judgesEnd: Bool, progress: @escaping ScanProgress
    ) throws(StorageError) {
        self.judgesEnd = judgesEnd
        self.store = store
        self.progress = progress
        found = try store.entryKeys(naming: Set(tokens.compactMap(\.id)), progress: progress)
    }

    /// Where each token stands, in their order.
    package func standings(of tokens: [NamedToken]) throws(StorageError) -> [TokenStanding] {
        let entries = try entries(of: tokens)
        var neighbours: [JWTNeighbour] = []
        var counts: [Int] = []
        for (token, entries) in zip(tokens, entries) {
            let own = Self.neighbours(of: token, entries)
            neighbours += own
            counts.append(own.count)
        }
        let fetch = NeighbourFetch(connection: store.connection, jwtKeys: store.jwtKeys, now: store.now())
        let asked = neighbours
        var states = try redis { () throws(RedisError) in try fetch.states(of: asked) }[...]
        var rest = neighbours[...]
        var standings: [TokenStanding] = []
        for ((token, entries), count) in zip(zip(tokens, entries), counts) {
            let answers = zip(rest.prefix(count), states.prefix(count)).map { (neighbour: $0, state: $1) }
            rest = rest.dropFirst(count)
            states = states.dropFirst(count)
            standings.append(try standing(of: token, entries, answers))
        }
        return standings
    }

    private func standing(
        of token: NamedToken, _ entries: [Session], _ answers: [TokenStanding.Answer]
    ) throws(StorageError) -> TokenStanding {
        // What may not be looked at may be an entry.
        let isHidden = answers.contains { $0.neighbour.purpose == .allow && $0.state.type == nil }
        let isKept = entries.isEmpty && !isHidden ? try isAllowListKept() : true
        return TokenStanding(
            of: Self.subject(of: token, entries), entries: entries, answers, keepsAllowList: isKept && !isHidden,
            judgesEnd: judgesEnd, now: store.now())
    }

    private func isAllowListKept() throws(StorageError) -> Bool {
        if let keepsAllowList { return keepsAllowList }
        let isKept = try store.keepsAllowList(progress: progress)
        keepsAllowList = isKept
        return isKept
    }

    /// Of an id that has an entry the entry tells more.
    private static func subject(of token: NamedToken, _ entries: [Session]) -> Session {
        token.id == nil ? token.session : entries.first ?? token.session
    }

    private static func neighbours(of token: NamedToken, _ entries: [Session]) -> [JWTNeighbour] {
        let identity = subject(of: token, entries).jwt
        return (identity?.allowKeys ?? []) + (identity?.neighbours ?? [])
    }

    /// The entries of each token on the allow-list.
    private func entries(of tokens: [NamedToken]) throws(StorageError) -> [[Session]] {
        let keys = tokens.map { token in token.id.map { found[$0] ?? [] } ?? token.entryKeys }
        var sessions: [Session?] = []
        try SessionFetch(needs: SessionNeeds([.principal, .variant, .timeToLive], attributes: .none)).run(
            at: Array(keys.joined()), in: store
        ) { (session: Session?) throws(StorageError) in
            sessions.append(session)
            return true
        }
        var rest = sessions[...]
        return keys.map { keys in
            let own = rest.prefix(keys.count)
            rest = rest.dropFirst(keys.count)
            return own.compactMap { $0 }.filter { $0.jwt != nil && $0.variant != nil }
        }
    }
}
