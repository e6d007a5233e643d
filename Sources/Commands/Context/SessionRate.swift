#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Keeps a walk through sessions to so many a second, as `--rate` says.
struct SessionRate {
    private let perSecond: Int?
    private let context: CommandContext
    private let start: Double

    /// The walk begins now; nil is as fast as it goes.
    init(_ perSecond: Int?, in context: CommandContext) {
        self.perSecond = perSecond
        self.context = context
        start = context.monotonicClock()
    }

    /// Whether there is one.
    var isLimited: Bool { perSecond != nil }

    /// Sessions of a batch. A rate is kept by the tenth of a second.
    var sessionsAtOnce: Int {
        min(BulkChange.sessionsAtOnce, max(1, perSecond.map { $0 / 10 } ?? BulkChange.sessionsAtOnce))
    }

    /// Waits until so many sessions may have been done, or somebody wants to stop.
    func wait(after count: Int, while goesOn: () -> Bool) {
        guard let perSecond else { return }
        context.wait(until: start + Double(count) / Double(perSecond), while: goesOn)
    }
}

extension CommandContext {
    /// Waits for a time of the monotonic clock, or until somebody wants to stop.
    func wait(until end: Double, while goesOn: () -> Bool) {
        while goesOn(), case let left = end - monotonicClock(), left > 0 { usleep(UInt32(min(left, 0.05) * 1e6)) }
    }
}
