import Redis
package import Sessions

extension SessionStore {
    /// Sessions whose neighbours are asked for in one go.
    private static let sessionsAtOnce = 256

    /// Adds to sessions of tokens what the keys beside them say; asks beside a scan that may be running.
    func addNeighbours(to sessions: inout ArraySlice<Session?>) throws(StorageError) {
        let tokens = sessions.indices.filter { sessions[$0]?.jwt != nil }
        for start in stride(from: 0, to: tokens.count, by: Self.sessionsAtOnce) {
            try addNeighbours(to: &sessions, at: tokens[start..<min(start + Self.sessionsAtOnce, tokens.count)])
        }
    }

    private func addNeighbours(
        to sessions: inout ArraySlice<Session?>, at places: ArraySlice<Int>
    ) throws(StorageError) {
        var neighbours: [JWTNeighbour] = []
        var owners: [Int] = []
        for place in places {
            let own = sessions[place]?.jwt?.neighbours ?? []
            neighbours += own
            owners += own.map { _ in place }
        }
        let states = try states(of: neighbours)
        for (owner, (neighbour, state)) in zip(owners, zip(neighbours, states)) {
            sessions[owner]?.take(neighbour, state, now: now())
        }
    }

    /// The same sessions with what the keys beside them say.
    func withNeighbours(_ sessions: [Session]) throws(StorageError) -> [Session] {
        var all: ArraySlice<Session?> = sessions[...].map { $0 }[...]
        try addNeighbours(to: &all)
        return all.compactMap { $0 }
    }

    /// What is at the keys; on the connection beside the scan.
    private func states(of neighbours: [JWTNeighbour]) throws(StorageError) -> [JWTNeighbourState] {
        let fetch = NeighbourFetch(connection: try sideConnection(), jwtKeys: jwtKeys, now: now())
        return try redis { () throws(RedisError) in try fetch.states(of: neighbours) }
    }

    /// Adds to the keys of a session what is wrong with them, and what those beside a token say.
    func addFindings(to states: inout [KeyGroupState], of session: Session) throws(StorageError) {
        let neighbours = session.jwt?.neighbours ?? []
        let judged = Set(neighbours.map(\.key))
        for (index, state) in states.enumerated() where !judged.contains(state.key.key) {
            if let type = state.type, let finding = state.key.finding(ofType: type) {
                states[index].findings.append(finding)
            }
        }
        guard !neighbours.isEmpty else { return }
        for (neighbour, state) in zip(neighbours, try self.states(of: neighbours)) {
            guard let index = states.firstIndex(where: { $0.key.key == neighbour.key }) else { continue }
            let findings = JWTNeighbourFindings(neighbour, state, now: now())
            states[index].findings += findings.about(session) + findings.ofKey
        }
    }

    /// The keys beside tokens that are about what `name` may mean, though no session has it: a token, its id, a user, a family.
    package func tokenKeys(named name: SessionName) throws(StorageError) -> [KeyGroupState] {
        var states: [KeyGroupState] = []
        for session in namesakes(name) { states += try keyGroup(of: session) }
        return states.filter { $0.type != nil && $0.key.role != .session }
    }

    /// The keys about the token that `word` is; nil where it is none.
    package func tokenKeys(ofToken word: String) throws(StorageError) -> [KeyGroupState]? {
        guard let token = token(word) else { return nil }
        return try keyGroup(of: token).filter { $0.type != nil && $0.key.role != .session }
    }

    private func token(_ word: String) -> Session? {
        var record = StoredRecord(key: [], content: .string(Array(word.utf8)))
        record.jwtKeys = jwtKeys
        return JWTFormat.session(from: record, now: now())
    }

    /// Sessions of which only the name is known.
    private func namesakes(_ name: SessionName) -> [Session] {
        switch name {
        case .user(let user): return EscapedName.readings(of: user).map { namesake(.init(user: $0, keys: jwtKeys)) }
        case .cookie, .key: return []
        case .id(let word), .any(let word):
            if let token = token(word) { return [token] }
            return EscapedName.readings(of: word).map { namesake(.init(name: $0, keys: jwtKeys)) }
        }
    }

    private func namesake(_ identity: JWTIdentity) -> Session {
        var session = Session(id: [], format: JWTFormat.name, key: [], timeToLive: .unknown)
        session.jwt = identity
        return session
    }

    /// Walks over the keys of one purpose; `body` gets each with what is wrong with it, and returns false to stop.
    ///
    /// Returns how many keys this user may not look at.
    package func walk(
        over purpose: JWTKeyPurpose, progress: ScanProgress = { _, _ in },
        body: (KeyGroupState) throws(StorageError) -> Bool
    ) throws(StorageError) -> Int {
        let templates = jwtKeys.all(for: purpose)
        let total = try keyCount()
        var (seen, denied) = (0, 0)
        try KeyspaceScan(matching: templates.count == 1 ? templates[0].pattern : nil).run(
            on: connection, failure: { StorageError.redis($0) }
        ) { _, _ in
        } replies: { keys, _ throws(StorageError) in
            seen += keys.count
            defer { progress(seen, total) }
            let found = (0..<keys.count).map { keys.array(at: $0) }.filter { jwtKeys.match($0)?.purpose == purpose }
            for state in try states(of: found, purpose) {
                if state.type == nil { denied += 1 }
                guard try body(state) else { return false }
            }
            return true
        }
        return denied
    }

    /// What is at keys of one purpose; those that are gone are left out.
    private func states(of keys: [[UInt8]], _ purpose: JWTKeyPurpose) throws(StorageError) -> [KeyGroupState] {
        let neighbours = keys.map { JWTNeighbour(key: $0, purpose, jwtKeys) }
        return zip(neighbours, try states(of: neighbours)).compactMap { neighbour, state in
            if state.type == "none" { return nil }
            let key = GroupedKey(key: neighbour.key, role: purpose.role, types: purpose.types)
            var result = KeyGroupState(key: key, type: state.type, timeToLive: state.timeToLive, holdsSession: nil)
            result.findings = JWTNeighbourFindings(neighbour, state, now: now()).ofKeyAlone
            return result
        }
    }
}
