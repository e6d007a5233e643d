#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What the system's error numbers mean.
enum SystemReason {
    /// The system's own words.
    static func text(_ code: Int32) -> String { String(cString: strerror(code)) }

    /// Whether the disk, the quota or the process' own limit is exhausted.
    static func isLackOfRoom(_ code: Int32) -> Bool { code == ENOSPC || code == EDQUOT || code == EFBIG }
}
