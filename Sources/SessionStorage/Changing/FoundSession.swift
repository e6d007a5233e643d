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
}
