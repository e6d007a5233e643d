import Redis
package import Sessions

extension SessionStore {
    /// The keys of the allow-list that have one of these ids in their names, by id.
    ///
    /// Keys whose names have nothing but the id in them are made, whether they are there or not; for others all names are walked
    /// over: the id does not tell whose token it is.
    package func entryKeys(
        naming ids: Set<NamedToken.ID>, progress: ScanProgress = { _, _ in }
    ) throws(StorageError) -> [NamedToken.ID: [[UInt8]]] {
        let templates = jwtKeys.all(for: .allow)
        var found: [NamedToken.ID: [[UInt8]]] = [:]
        for id in ids { found[id] = jwtKeys.entryKeys(of: id).keys }
        let sought = ids.filter { jwtKeys.entryKeys(of: $0).mayBeOthers }
        guard !sought.isEmpty else {
            try addEntries(holding: ids, to: &found, progress)
            return found
        }
        try walk(matching: templates.count == 1 ? templates[0].pattern : nil, progress) { key in
            guard let match = jwtKeys.match(key), match.purpose == .allow else { return true }
            for placeholder in [JWTKeyPlaceholder.jti, .sid] {
                guard let value = match[placeholder] else { continue }
                let id = NamedToken.ID(placeholder, value)
                if sought.contains(id), !(found[id] ?? []).contains(key) { found[id, default: []].append(key) }
            }
            return true
        }
        try addEntries(holding: ids, to: &found, progress)
        return found
    }

    /// Finds the entries of ids that no key names by what entries hold.
    private func addEntries(
        holding ids: Set<NamedToken.ID>, to found: inout [NamedToken.ID: [[UInt8]]], _ progress: ScanProgress
    ) throws(StorageError) {
        let named = Set(try entries(at: Array(Set(found.values.joined()))).map(\.key))
        let sought = ids.filter { id in !(found[id] ?? []).contains(where: named.contains) }
        guard !sought.isEmpty else { return }
        var keys: [(NamedToken.ID, [UInt8])] = []
        _ = try SessionScan(parts: [.principal, .variant], attributes: .none).run(on: self, progress: progress) {
            session throws(StorageError) in
            guard session.jwt != nil else { return true }
            for id in sought where id.isOf(session) { keys.append((id, session.key)) }
            return true
        }
        for (id, key) in keys where !(found[id] ?? []).contains(key) { found[id, default: []].append(key) }
    }

    /// The entries of an allow-list at these keys, as far as there are any.
    package func entries(at keys: [[UInt8]]) throws(StorageError) -> [Session] {
        var entries: [Session] = []
        try SessionFetch(needs: SessionNeeds([.principal, .variant, .timeToLive], attributes: .none)).run(
            at: keys, in: self
        ) { (session: Session?) throws(StorageError) in
            if let session, session.jwt != nil, session.variant != nil { entries.append(session) }
            return true
        }
        return entries
    }

    /// Whether the application keeps an allow-list: it was said how its keys are named, or there is an entry.
    func keepsAllowList(progress: ScanProgress) throws(StorageError) -> Bool {
        let templates = jwtKeys.all(for: .allow)
        if jwtKeys.isTold(.allow) || templates.isEmpty { return !templates.isEmpty }
        var (isKept, looks) = (false, 0)
        try walk(matching: nil, progress) { key throws(StorageError) in
            guard let match = jwtKeys.match(key), match.purpose == .allow else { return true }
            // Under a common name anything may lie.
            if match.isCommon {
                looks += 1
                guard let record = try recordBesideScan(of: key) else { return looks < Self.mostLooks }
                isKept = session(from: record)?.jwt != nil
            } else {
                isKept = true
            }
            return !isKept && looks < Self.mostLooks
        }
        return isKept
    }

    /// Keys of a common name that are looked at.
    private static let mostLooks = 1000

    /// Hands over the names of all keys; `body` returns false to stop.
    private func walk(
        matching pattern: [UInt8]?, _ progress: ScanProgress, body: ([UInt8]) throws(StorageError) -> Bool
    ) throws(StorageError) {
        let total = try keyCount()
        var seen = 0
        try KeyspaceScan(matching: pattern).run(on: connection, failure: { StorageError.redis($0) }) { _, _ in
        } replies: { keys, _ throws(StorageError) in
            seen += keys.count
            progress(seen, total)
            for index in 0..<keys.count {
                guard try body(keys.array(at: index)) else { return false }
            }
            return true
        }
    }
}
