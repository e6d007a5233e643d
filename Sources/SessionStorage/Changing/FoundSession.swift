/// A session as a search found it.
package struct FoundSession: Sendable, Hashable {
    /// The key that holds it.
    package let key: [UInt8]
    /// When its key would have ended, in milliseconds since 1970, where a later end is all that a use may leave; else nil.
    package var end: Int64?
    /// Whether its key had no end, where one is what a use may leave.
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
