package import Sessions

extension Verification {
    /// What the comparison of one session came to.
    package enum Verdict: Sendable, Hashable {
        case equal
        /// It is not at the target.
        case missing
        /// It is at the target alone.
        case tooMuch
        /// It is there, and not the same.
        case different([SessionComparison.Difference])
        /// It has ended, or is gone: nothing is to be at the target.
        case ended
        /// Its user has logged out at this side, where something is left of it for the application, and not at the other.
        case loggedOut(Side)
        /// The layout of the target cannot hold it.
        case refused(String)

        /// Whether the target is as it should be.
        package var isRight: Bool { self == .equal || self == .ended }

        /// Whether both stores have the session, equal or not.
        var isOfBoth: Bool {
            switch self {
            case .equal, .different, .loggedOut: true
            case .missing, .tooMuch, .ended, .refused: false
            }
        }
    }

    /// One of the two stores.
    package enum Side: String, Sendable, Hashable {
        case source
        case target
    }

    /// A session that was compared.
    package struct Compared: Sendable {
        package let id: [UInt8]
        package let key: [UInt8]
        /// Its key at the target, where it has to be at one.
        package let target: [UInt8]?
        package let verdict: Verdict
        /// The indices of users that it has to be in.
        let indices: [[UInt8]]
        /// Whether it has ended because its user has logged out at the source.
        package var isLoggedOut = false

        package init(id: [UInt8], key: [UInt8], target: [UInt8]?, verdict: Verdict, indices: [[UInt8]] = []) {
            self.id = id
            self.key = key
            self.target = target
            self.verdict = verdict
            self.indices = indices
        }
    }
}
