import Redis
package import Sessions

/// Finds the sessions that a name means.
///
/// In this order: exact id, cookie value, Redis key, unique prefix of six characters or more. A full id is asked for by key
/// in the namespaces that are known; only when all miss does a scan start.
package struct SessionLookup {
    /// Namespaces in which sessions are asked for by key.
    package var namespaces: [String]
    private let store: SessionStore

    /// Where Spring Session keeps its keys unless it is told otherwise (session-formats, ch. 5.2).
    package static let defaultNamespaces = ["spring:session"]

    package init(store: SessionStore, namespaces: [String] = SessionLookup.defaultNamespaces) {
        self.store = store
        self.namespaces = namespaces
    }

    /// All sessions that `name` means: one, or for `user:` any number from one on.
    ///
    /// `progress` hears of the scan where one is needed.
    package func sessions(
        named name: SessionName, progress: ScanProgress = { _, _ in }
    ) throws(StorageError) -> [Session] {
        do {
            return try found(name, progress)
        } catch .noSuchSession(let word, let searched) {
            // A revoked token is mostly nowhere else: that is what the user wants to hear.
            let denials = try store.tokenKeys(named: name).filter { $0.key.role == .denyList }
            guard let key = denials.first?.key.key else { throw .noSuchSession(name: word, searched: searched) }
            let denial = "; '\(EscapedName.text(of: key))' denies a token of this name"
            throw .noSuchSession(name: word, searched: searched + denial)
        }
    }

    private func found(_ name: SessionName, _ progress: ScanProgress) throws(StorageError) -> [Session] {
        switch name {
        case .key(let key): return [try session(atKeyNamed: key)]
        case .user(let principal): return try sessions(ofUser: principal, progress)
        case .id(let id):
            return [try session(withIds: EscapedName.readings(of: id), named: id, allowsPrefix: false, progress)]
        case .cookie(let value):
            let name = value.isEmpty ? "cookie:" : value
            return [try session(withIds: CookieValue.ids(in: value), named: name, allowsPrefix: false, progress)]
        case .any(let word):
            if let sessions = try sessions(ofToken: word, progress) { return sessions }
            // An empty word is no cookie, but may be the id of a session.
            let ids = word.isEmpty ? [[]] : CookieValue.ids(in: word) + EscapedName.readings(of: word).dropFirst()
            return [try session(withIds: ids, named: word, allowsPrefix: true, progress)]
        }
    }

    /// The session at the first key that `name` may mean.
    private func session(atKeyNamed name: String) throws(StorageError) -> Session {
        let readings = EscapedName.readings(of: name)
        if readings.count > 1 {
            for key in readings where try store.record(of: key) != nil { return try session(atKey: key) }
        }
        return try session(atKey: Array(name.utf8))
    }

    /// The session that lies at `key`.
    package func session(atKey key: [UInt8]) throws(StorageError) -> Session {
        guard let record = try store.record(of: key) else {
            let name = key.isEmpty ? "key:" : EscapedName.text(of: key)
            throw .noSuchSession(name: name, searched: "the key itself")
        }
        if let session = store.session(from: record) { return try store.withNeighbours([session]).first ?? session }
        if let purpose = store.jwtKeys.match(key)?.purpose, !purpose.isSession {
            throw .notASession(key: key, type: purpose.role.rawValue)
        }
        if record.isMisnamed { throw .wrongKeyType(key: key, type: record.typeName, expected: "hash") }
        guard case .other(let type) = record.content else { throw .notASession(key: key, type: "of another kind") }
        throw .notASession(key: key, type: type)
    }

    /// The session at one of the keys that the ids stand for, or by a scan.
    private func session(
        withIds ids: [[UInt8]], named name: String, allowsPrefix: Bool, _ progress: ScanProgress
    ) throws(StorageError) -> Session {
        for id in ids {
            let found = try existing(keys(ofId: id))
            if found.count == 1 { return found[0] }
            if found.count > 1 { throw .ambiguous(name: name, keys: found.map { $0.key }) }
        }
        return try scan(for: ids, named: name, allowsPrefix: allowsPrefix, progress)
    }

    private func keys(ofId id: [UInt8]) -> [[UInt8]] {
        // A namespace may be named twice: by the user and as the usual one.
        var seen: Set<[UInt8]> = []
        let keys = SessionFormats.keys(ofId: id, namespaces: namespaces.map { Array($0.utf8) })
        return (keys + store.jwtKeys.keys(ofId: id))
            .filter { seen.insert($0).inserted }
    }

    private func existing(_ keys: [[UInt8]]) throws(StorageError) -> [Session] {
        var sessions: [Session] = []
        for key in keys {
            guard let record = try readable(key),
                let session = store.session(from: record)
            else { continue }
            sessions.append(session)
        }
        return try store.withNeighbours(sessions)
    }

    /// The record of a key that a name may mean; nil also where the Redis user may not look there.
    private func readable(_ key: [UInt8]) throws(StorageError) -> StoredRecord? {
        do {
            return try store.record(of: key)
        } catch .redis(let error) where error.isAboutTheKeyOnly {
            return nil
        }
    }

    /// Looks at all keys: for the id in an unknown namespace, with a route behind it, or beginning with `name`.
    private func scan(
        for ids: [[UInt8]], named name: String, allowsPrefix: Bool, _ progress: ScanProgress
    ) throws(StorageError) -> Session {
        let beginnings =
            allowsPrefix ? EscapedName.readings(of: name).filter { $0.count >= SessionName.minimumPrefix } : []
        var exact: [[UInt8]] = []
        var begun: [[UInt8]] = []
        let summary = try SessionScan(parts: []).run(on: store, progress: progress) { session in
            if ids.contains(where: { Self.names($0, session.id) }) {
                exact.append(session.key)
            } else if begun.count < 1000, beginnings.contains(where: { session.id.starts(with: $0) }) {
                begun.append(session.key)
            }
            return true
        }
        let keys = exact.isEmpty ? begun : exact
        if keys.count > 1 { throw .ambiguous(name: name, keys: keys) }
        guard let key = keys.first else {
            if summary.denied > 0 { throw .notPermitted(name: name, deniedKeys: summary.denied) }
            let isShort = allowsPrefix && beginnings.isEmpty && !name.isEmpty
            let rule =
                isShort
                ? "; the beginning of an id names a session from \(SessionName.minimumPrefix) characters on" : ""
            throw .noSuchSession(name: name, searched: "every key of \(store.endpoint)" + rule)
        }
        return try session(atKey: key)
    }

    /// Whether `id` names the session: by all of its id, or by what stands before the route.
    private static func names(_ id: [UInt8], _ sessionId: [UInt8]) -> Bool {
        guard sessionId.starts(with: id) else { return false }
        return sessionId.count == id.count || !id.isEmpty && sessionId[id.count] == UInt8(ascii: ".")
    }

    /// All sessions of a principal, by a scan: the index is known to leak and to miss (session-formats, ch. 16 no. 1).
    private func sessions(ofUser principal: String, _ progress: ScanProgress) throws(StorageError) -> [Session] {
        var keys: [[UInt8]] = []
        let names = EscapedName.readings(of: principal)
        let scan = SessionScan(parts: .principal, principalMatters: true)
        let summary = try scan.run(on: store, progress: progress) { session in
            if let principal = session.principalName, names.contains(principal) { keys.append(session.key) }
            return true
        }
        guard !keys.isEmpty else {
            if summary.denied > 0 { throw .notPermitted(name: "user:" + principal, deniedKeys: summary.denied) }
            throw .noSuchSession(name: "user:" + principal, searched: "every key of \(store.endpoint)")
        }
        return try existing(keys)
    }

    /// A JWT names the sessions that its `sid`, `jti` or `sub` point to; nil where `word` is no JWT.
    private func sessions(ofToken word: String, _ progress: ScanProgress) throws(StorageError) -> [Session]? {
        guard JWT.looksLikeToken(Array(word.utf8)), let token = try? JWT.decode(Array(word.utf8)) else { return nil }
        var missed: StorageError?
        for claim in ["sid", "jti"] {
            guard let id = token.text(ofClaim: claim) else { continue }
            do {
                return [try session(withIds: [Array(id.utf8)], named: id, allowsPrefix: false, progress)]
            } catch .noSuchSession(let name, let searched) {
                missed = .noSuchSession(name: name, searched: searched)
            }
        }
        guard let subject = token.text(ofClaim: "sub") else {
            if let missed { throw missed }
            throw .invalidName("the token has no sid, jti or sub claim that could name a session")
        }
        return try sessions(ofUser: subject, progress)
    }
}

extension JWT {
    /// The value of a claim that is a string.
    func text(ofClaim name: String) -> String? {
        claimMembers.first { $0.name.text == name }?.value.string?.text
    }
}
