/// A time in a token: seconds since 1970-01-01 UTC, perhaps with a fraction (RFC 7519 §2).
public struct JWTNumericDate: Hashable, Sendable {
    /// The time in milliseconds, rounded down; the nearest `Int64` where it is beyond them.
    public let milliseconds: Int64
    /// Whether the number is beyond 64-bit milliseconds, so that no date can be shown for it.
    public let isOutOfRange: Bool
    /// If the number is so large that its writer surely took it for milliseconds: the time in that reading.
    public let asMilliseconds: Int64?

    /// 10¹¹ seconds are the year 5138; 10¹¹ milliseconds are March 1973.
    private static let largestPlausibleSecond: Int64 = 100_000_000_000

    /// The date that a number means.
    public init(_ number: JSONNumber) {
        let scaled = number.scaled(byPowerOfTen: 3)?.floor
        milliseconds = scaled ?? (number.isNegative ? .min : .max)
        isOutOfRange = scaled == nil
        let plain = number.scaled(byPowerOfTen: 0)?.floor
        asMilliseconds = plain.flatMap { $0 > Self.largestPlausibleSecond ? $0 : nil }
    }

    /// The date as RFC 3339 text in UTC, or nil if it is out of range.
    public var text: String? { isOutOfRange ? nil : RFC3339.text(milliseconds: milliseconds) }
}
