import Redis
import Sessions

/// What a walk over the database came across.
package struct ScanSummary: Sendable {
    /// Keys that hold a session.
    package var sessions = 0
    /// Keys that belong to sessions without holding one, by what they are.
    package var auxiliary: [String: Int] = [:]
    /// Keys with the name of a session that are of another type than any session of that name.
    package var misnamed = 0
    /// Keys that have nothing to do with sessions, as far as this program knows.
    package var others = 0
    /// Keys that the Redis user may not read: whether they hold sessions is not known.
    package var denied = 0

    package init() {}
}

extension ScanSummary {
    /// Counts a record that holds no session: some tell by their bytes what they are for.
    mutating func count(_ record: StoredRecord) {
        if let kind = SessionFormats.auxiliaryKind(of: record) {
            auxiliary[kind, default: 0] += 1
        } else if record.isMisnamed {
            misnamed += 1
        } else {
            others += 1
        }
    }

    /// Counts a key that holds no session, or one that the user may not read.
    ///
    /// - Throws: `error` where it is not about the one key.
    mutating func count(
        _ key: [UInt8], _ request: KeyRequest, _ error: RedisError?, isOfAnotherType: Bool, _ jwtKeys: JWTKeyTemplates
    ) throws(StorageError) {
        if let error {
            guard error.isAboutTheKeyOnly else { throw .redis(error) }
            // What its name says is believed where the user may not look: it is no session's, as far as can be told.
            guard request == .large, case .auxiliary(let kind) = SessionFormats.role(ofKey: key) else {
                denied += 1
                return
            }
            auxiliary[kind, default: 0] += 1
            return
        }
        if request == .nothing, case .auxiliary(let kind) = SessionFormats.role(ofKey: key) {
            auxiliary[kind, default: 0] += 1
        } else if request != .tokenEntry, let match = jwtKeys.match(key), !match.purpose.isSession {
            auxiliary[match.purpose.role.rawValue, default: 0] += 1
        } else if isOfAnotherType, SessionFormats.namesSession(key) {
            misnamed += 1
        } else {
            others += 1
        }
    }
}

extension StoredRecord {
    /// Whether it has the name of a session and no session of that name is of its type: names tell only of those that are hashes.
    var isMisnamed: Bool {
        if case .hash = content { return false }
        return SessionFormats.namesSession(key)
    }

    /// The type of the key, as Redis names it.
    var typeName: String {
        switch content {
        case .string: "string"
        case .hash: "hash"
        case .other(let type): type
        }
    }
}

extension SessionFormats {
    /// Whether the name of the key alone says that a session is there.
    fileprivate static func namesSession(_ key: [UInt8]) -> Bool {
        guard case .session = role(ofKey: key) else { return false }
        return true
    }
}
