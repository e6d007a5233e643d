/// A session as a search found it.
package struct FoundSession: Sendable, Hashable {
    /// The key that holds it.
    package let key: [UInt8]
    /// When its key would have ended, in milliseconds since 1970; nil where that was not asked for, and where it had no end.
    package var end: Int64?
    /// Whether its key had no end.
    package var isEndless = false
    /// The last use that it stated, in milliseconds since 1970; nil where it states none.
    package var lastAccess: Int64?
    /// When it was created, in milliseconds since 1970; nil where it does not say, as a placeholder.
    package var createdAt: Int64?

    package init(_ key: [UInt8], end: Int64? = nil) {
        self.key = key
        self.end = end
    }

    /// The same after a first attempt. Where nobody knows whether that was done, it may itself have given the key another life: a last use that
    /// is stated tells then whether there was one.
    func after(_ outcome: ChangeOutcome?) -> FoundSession {
        guard case .unknown? = outcome, lastAccess != nil else { return self }
        var found = FoundSession(key)
        found.lastAccess = lastAccess
        found.createdAt = createdAt
        return found
    }
}
