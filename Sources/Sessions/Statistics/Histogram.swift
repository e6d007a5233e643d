/// How many values lie below each of some bounds.
public struct Histogram: Sendable {
    /// The upper bounds, rising; values above the last are counted as well.
    public let bounds: [Int64]
    /// For each bound how many values are at most that and above the one before; at the end those above all.
    public private(set) var counts: [Int]
    /// The sum of the values, as a floating-point number, since it may be beyond any integer.
    public private(set) var sum = 0.0
    /// How many sessions have no such value, or one without end.
    public internal(set) var without = 0

    /// An empty histogram.
    public init(bounds: [Int64]) {
        self.bounds = bounds
        counts = [Int](repeating: 0, count: bounds.count + 1)
    }

    /// Milliseconds from a minute to a year.
    static let times = [60, 300, 900, 1800, 3600, 21_600, 86_400, 604_800, 2_592_000, 7_776_000, 31_536_000].map {
        Int64($0) * 1000
    }
    /// Bytes from 256 to 16 MiB.
    static let sizes = (4...12).map { Int64(1) << (2 * $0) }

    /// How many values there are.
    public var count: Int { counts.reduce(0, +) }

    mutating func add(_ value: Int64?) {
        guard let value else {
            without += 1
            return
        }
        counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
        sum += Double(value)
    }
}
