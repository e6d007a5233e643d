#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Waits for a while.
enum Pause {
    /// A signal may end it early.
    static func milliseconds(_ count: UInt32) { usleep(count * 1000) }
}
