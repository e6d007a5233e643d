/// A session as an export has it: its keys as they were, and what of it is to be read by people and other programs.
package struct ExportedSession: Sendable {
    /// Every key with its content and the time at which it expires; no conditions.
    package let kept: KeptSession
    /// Whose it is.
    package let principal: String?
    /// The session as one JSON value (docs/json.md, typed).
    package let json: [UInt8]

    package init(_ kept: KeptSession, principal: String?, json: [UInt8]) {
        self.kept = kept
        self.principal = principal
        self.json = json
    }
}

/// What makes two exports the same job, and what a reader is told of one.
package struct ExportOrigin: Sendable, Hashable {
    /// A digest of store, filter and pattern: filters may speak of secrets.
    package var identity: String
    /// Where the sessions were, without user and password.
    package var source: String
    /// The version of the program.
    package var version: String
    /// When it began, in milliseconds since 1970.
    package var began: Int64

    package init(identity: String, source: String, version: String, began: Int64) {
        self.identity = identity
        self.source = source
        self.version = version
        self.began = began
    }
}

/// Takes the sessions of an export, one batch after the other.
package protocol SessionExport: AnyObject {
    /// How many sessions it holds, those of earlier runs among them.
    var count: Int { get }
    /// Writes those that are new or have changed since they were written; gives their number.
    func write(_ sessions: [ExportedSession]) throws(StorageError) -> Int
    /// Says that all were written.
    func finish(at milliseconds: Int64) throws(StorageError)
}

extension KeptSession {
    /// Whether it is the same session with the same keys, which expire at the same times.
    func isSame(as other: KeptSession) -> Bool {
        key == other.key && id == other.id && format == other.format && variant == other.variant
            && states.count == other.states.count
            && zip(states, other.states).allSatisfy { one, other in
                one.key == other.key && one.role == other.role
                    && KeyFingerprint(one.content, expiresAt: one.expiresAt)
                        .isSame(as: KeyFingerprint(other.content, expiresAt: other.expiresAt))
            }
    }
}
