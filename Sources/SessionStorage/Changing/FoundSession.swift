/// A session as a search found it.
package struct FoundSession: Sendable, Hashable {
    /// The key that holds it.
    package let key: [UInt8]
    /// When its key would have ended, in milliseconds since 1970, where a later end is all that a use may leave; else nil.
    package let end: Int64?

    package init(_ key: [UInt8], end: Int64? = nil) {
        self.key = key
        self.end = end
    }
}
