import Redis

/// What a server without PEXPIRETIME says of the end of a key: PTTL, and TIME before and behind it.
///
/// The three are asked in one round trip, and still the server may get them one by one, with whatever the link takes between them. PTTL was
/// answered between the two times: where these are one, the end is known to the millisecond.
struct EndReading: Sendable {
    /// The answer to PTTL: milliseconds, -1 for a key that never ends, -2 for none.
    let life: Int64
    /// The answers to TIME, in milliseconds since 1970.
    let before: Int64
    let after: Int64

    /// Milliseconds between the two times within which an end is taken as known.
    static let mostBetween: Int64 = 2
    /// Milliseconds by which two readings of one end may differ: each is off by one, and by another where the server counts lives from when a
    /// step began (Redis 7.2); the rest is for a server that was held up in between.
    static let tolerance: Int64 = 5

    /// Whether the end is known, or the key has none.
    var isClose: Bool {
        life < 0 || (0...Self.mostBetween).contains(after.subtractingReportingOverflow(before).partialValue)
    }

    /// Whether no millisecond ended between the two times.
    var isExact: Bool { life < 0 || before == after }

    /// When PTTL was answered, in milliseconds since 1970; only of a close reading, where the times do not differ by much.
    var time: Int64 {
        before.addingReportingOverflow(after.subtractingReportingOverflow(before).partialValue / 2).partialValue
    }

    /// When the key ends, in milliseconds since 1970; nil for never, and where that is not known.
    var end: Int64? {
        guard life >= 0, isClose else { return nil }
        let (sum, overflow) = time.addingReportingOverflow(life)
        return overflow ? nil : sum
    }

    /// Appends TIME, which stands before the first key.
    static func appendTime(to batch: inout CommandBatch) {
        batch.begin(1)
        batch.add("TIME")
    }

    /// Appends PTTL, and the TIME behind it, which may be the one before the next key's.
    static func append(key: [UInt8], to batch: inout CommandBatch) {
        batch.begin(2)
        batch.add("PTTL")
        batch.add(key)
        appendTime(to: &batch)
    }
}
