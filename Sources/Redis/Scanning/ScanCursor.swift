/// How far a SCAN has come in the keys of a database.
///
/// Redis counts cursors up with their bits reversed (`dictScan` in its dict.c), so that a key is before or behind a cursor also when the
/// table of keys has been made larger or smaller since. That holds within one process alone: each hashes keys by a seed of its own.
package struct ScanCursor: Sendable, Hashable, Comparable {
    /// As the server writes it.
    package let number: UInt64

    package init(_ number: UInt64) { self.number = number }

    /// Nil where it is no number, as behind a proxy.
    init?(decimal: [UInt8]) {
        guard let number = UInt64(String(decoding: decimal, as: UTF8.self)) else { return nil }
        self.number = number
    }

    /// Whether a walk comes to `left` before it comes to `right`.
    package static func < (left: ScanCursor, right: ScanCursor) -> Bool { left.reversed < right.reversed }

    /// With the last bit first.
    private var reversed: UInt64 {
        var bits = number.byteSwapped
        bits = (bits & 0x0F0F_0F0F_0F0F_0F0F) << 4 | (bits >> 4) & 0x0F0F_0F0F_0F0F_0F0F
        bits = (bits & 0x3333_3333_3333_3333) << 2 | (bits >> 2) & 0x3333_3333_3333_3333
        return (bits & 0x5555_5555_5555_5555) << 1 | (bits >> 1) & 0x5555_5555_5555_5555
    }
}
