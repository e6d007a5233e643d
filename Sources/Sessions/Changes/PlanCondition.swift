/// What must still be so when the commands of a plan are run; looked at in the same step as they are.
public struct PlanCondition: Sendable, Hashable {
    /// What is asked, in the server's own words.
    public enum Test: Sendable, Hashable {
        /// The key is there.
        case exists
        /// It is not.
        case missing
        /// The hash has this field with these bytes; without bytes, it has no such field.
        case field([UInt8], [UInt8]?)
        /// The field holds a value with this SHA-1, in hexadecimal digits.
        case fieldDigest([UInt8], [UInt8])
        /// The hash has so many fields.
        case fieldCount(Int)
        /// The hash has just these fields with these values: their ``HashDigest``, in hexadecimal digits.
        case hashDigest([UInt8])
        /// The string has this SHA-1, in hexadecimal digits.
        case digest([UInt8])
        /// The key lives no longer than so many milliseconds from now.
        case lifeAtMost(Int64)
        /// The key ends at this time, in milliseconds since 1970 by the server's clock: whoever uses a session gives it another life, longer
        /// mostly, and shorter where its manager was given a shorter interval since.
        case endsAt(Int64)
        /// The key never expires.
        case lifeIsEndless
        /// The set or sorted set has this member.
        case member([UInt8])
    }

    /// What it means when the test fails.
    public enum Meaning: String, Sendable, Hashable {
        /// The session was used since it was read.
        case usedSince = "active again"
        /// It was changed.
        case changed
        /// It has ended, or been deleted or renamed.
        case gone
        /// A request is working on it.
        case inUse = "in use"
    }

    /// The key that is looked at.
    public let key: [UInt8]
    /// What is asked of it.
    public let test: Test
    /// What it means if that is not so.
    public let otherwise: Meaning

    /// Creates a condition.
    public init(_ key: [UInt8], _ test: Test, otherwise: Meaning) {
        self.key = key
        self.test = test
        self.otherwise = otherwise
    }
}
