internal import Sessions

/// Points of edwards25519 that have a small order: with such a key a signature can be made that fits any text.
enum EdwardsPoint {
    /// The y coordinates of all points whose order divides 8, little-endian, in every way of writing them: 0, 1,
    /// the two of order 8, p − 1, and p and p + 1, which stand for 0 and 1 (points are to be checked: RFC 8725 §3.4).
    private static let small: [String] = [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ]

    /// Whether the encoded point is one of them, whatever the sign of its x.
    static func isOfSmallOrder(_ point: [UInt8]) -> Bool {
        guard let last = point.last else { return true }
        return small.contains(Hexadecimal.encode(point.dropLast() + [last & 0x7f]))
    }
}
