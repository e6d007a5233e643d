#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Waits for a descriptor with an end: a deadline, or the caller's interruption, which is asked at least every 100 ms.
struct Patience {
    let interruption: () -> Bool

    /// Whether one of `events`, or an error, is there within so many milliseconds; a signal may end the wait sooner.
    func isReady(for events: Int32, on descriptor: CInt, within milliseconds: CInt) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
        return poll(&entry, 1, milliseconds) != 0
    }

    /// Returns when one of `events` is there (or an error of the descriptor, which the next call on it will tell).
    func wait(
        for events: Int32, on descriptor: CInt, until deadline: Deadline, timeout: String
    ) throws(RedisError.Cause) -> Int32 {
        while true {
            if interruption() { throw .interrupted }
            let left = deadline.millisecondsLeft
            var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
            let ready = poll(&entry, 1, CInt(min(left, 100)))
            if ready > 0 { return Int32(entry.revents) }
            if ready < 0 && errno != EINTR { throw .system(.connectionLost, errno) }
            if ready == 0 && left == 0 { throw RedisError.Cause(kind: .timedOut, message: timeout) }
        }
    }
}

/// A point in time on the clock that nobody sets.
struct Deadline {
    private let milliseconds: Int64

    init(after duration: Duration) {
        let (seconds, attoseconds) = duration.components
        // A million seconds is for ever; the bound keeps the sum from overflowing.
        let wait = max(0, min(seconds, 1_000_000)) * 1000 + attoseconds / 1_000_000_000_000_000
        milliseconds = Self.now + wait
    }

    var millisecondsLeft: Int64 { max(0, milliseconds - Self.now) }

    private static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}

extension Duration {
    /// `3 s` or `250 ms`, for messages.
    var brief: String {
        let (seconds, attoseconds) = components
        if attoseconds == 0 { return "\(seconds) s" }
        return "\(seconds == 0 ? "" : "\(seconds) s ")\(attoseconds / 1_000_000_000_000_000) ms"
    }
}
