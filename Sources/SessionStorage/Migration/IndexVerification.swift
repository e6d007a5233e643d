import Redis
import Sessions

/// Finds sessions of the target in the indices of users whose they are not: who logs such a user out ends another's session.
///
/// What is expected is in temporary files: memory does not grow with the number of sessions.
package final class IndexVerification {
    private let store: SessionStore
    private let groups: GroupFetch
    /// The source, where what stands in an index there may stand in that of the target; nil where the layout is another.
    private let source: RedisConnection?
    private let folder: String
    private let sessions: KeySet
    private let entries: KeySet
    private let told: KeySet
    private var isNeeded = false

    /// - Parameter source: the source where the layout is the same, else nil.
    package init(
        of target: MigrationBatch.Side, like source: SessionStore?, folder: String
    ) throws(StorageError) {
        store = target.store
        groups = GroupFetch(
            of: target.store, on: try target.store.sideConnection(), target.server, needs: SessionNeeds([.principal]),
            keepsAll: false)
        self.source = try source?.sideConnection()
        self.folder = folder
        sessions = try KeySet(folder: folder)
        entries = try KeySet(folder: folder)
        told = try KeySet(folder: folder)
    }

    /// Takes note of a session that is equal, and of the indices that it has to be in; what differs is named anyway.
    package func expect(_ compared: Verification.Compared) throws(StorageError) {
        guard let key = compared.target, compared.verdict == .equal, SpringFormat.shadowKey(ofKey: key) != nil else {
            return
        }
        isNeeded = true
        try sessions.insert(key)
        for index in compared.indices { try entries.insert(Self.entry(of: key, in: index)) }
    }

    private static func entry(of session: [UInt8], in index: [UInt8]) -> [UInt8] {
        Array("\(session.count):".utf8) + session + index
    }

    /// Gets a session that stands in an index too many, and whether it is the first such index; returns false to stop.
    package typealias Stray = (_ compared: Verification.Compared, _ isFirst: Bool) throws -> Bool

    /// Looks at all indices of users.
    package func run(_ body: Stray) throws {
        guard isNeeded else { return }
        let indices = KeySpool(folder: folder)
        let scan = KeyspaceScan(matching: SpringFormat.indexPattern)
        try scan.run(on: store.connection, failure: { StorageError.redis($0) }) { _, _ in
        } replies: { keys, _ throws(StorageError) in
            for place in 0..<keys.count { try indices.append(keys.array(at: place)) }
            return true
        }
        try indices.forEach(1) { some in try some.allSatisfy { try look(into: $0, body) } }
    }

    /// Looks at the members of one index, some at a time.
    private func look(into index: [UInt8], _ body: Stray) throws -> Bool {
        var cursor = [UInt8(ascii: "0")]
        repeat {
            guard let (next, members) = try members(of: index, from: cursor) else { return true }
            for member in members {
                guard let place = SpringFormat.session(ofMember: member, inIndex: index),
                    try isTooMuch(member, of: place.key, in: index)
                else { continue }
                let isFirst = try !told.contains(place.key)
                try told.insert(place.key)
                // SSCAN may name a member twice.
                try entries.insert(Self.entry(of: place.key, in: index))
                guard try body(Self.stray(place, in: index), isFirst) else { return false }
            }
            cursor = next
        } while cursor != [UInt8(ascii: "0")]
        return true
    }

    private static func stray(_ place: (key: [UInt8], id: [UInt8]), in index: [UInt8]) -> Verification.Compared {
        let difference = SessionComparison.Difference(
            part: GroupedKey.Role.principalIndex.rawValue,
            reason: "in '\(EscapedName.text(of: index))', which is another user's")
        return Verification.Compared(
            id: place.id, key: place.key, target: place.key, verdict: .different([difference]))
    }

    /// Nil for what is no set, and what this user may not read.
    private func members(
        of index: [UInt8], from cursor: [UInt8]
    ) throws(StorageError) -> (next: [UInt8], members: [[UInt8]])? {
        let connection = try store.sideConnection()
        do throws(RedisError) {
            let words = ["COUNT", "1000"].map { Array($0.utf8) }
            let reply = try connection.call([Array("SSCAN".utf8), index, cursor] + words).elements ?? []
            guard reply.count == 2, let next = reply[0].bytes else { return nil }
            return (next, (reply[1].elements ?? []).compactMap(\.bytes))
        } catch {
            guard error.isAboutTheKeyOnly || error.isAboutTheType else { throw .redis(error) }
            return nil
        }
    }

    /// Whether a session that was compared stands in an index that is none of its own, also by what it is now: its user may have changed.
    private func isTooMuch(_ member: [UInt8], of session: [UInt8], in index: [UInt8]) throws(StorageError) -> Bool {
        guard try sessions.contains(session), try !entries.contains(Self.entry(of: session, in: index)),
            let group = try groups.groups(at: [session]).first ?? nil, group.session.variant != "default",
            !group.others.contains(where: { $0.key.key == index })
        else { return false }
        if let source, try Self.isMember(member, of: index, on: source) { return false }
        return try Self.isMember(member, of: index, on: try store.sideConnection())
    }

    private static func isMember(
        _ member: [UInt8], of index: [UInt8], on connection: RedisConnection
    ) throws(StorageError) -> Bool {
        do throws(RedisError) {
            return try connection.call([Array("SISMEMBER".utf8), index, member]).integer == 1
        } catch {
            guard error.isAboutTheKeyOnly || error.isAboutTheType else { throw .redis(error) }
            return false
        }
    }
}
