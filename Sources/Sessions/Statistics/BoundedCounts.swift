/// Counts names, in bounded memory: the names that come after the bound are counted together.
public struct BoundedCounts: Sendable {
    /// How many different names are told apart, and how many bytes they may take together.
    public static let maximumNames = 100_000
    static let maximumBytes = 32 << 20

    private let maximumNames: Int
    private var counts: [ExactText: Int] = [:]
    private var bytes = 0
    /// What was counted under names that came after the bound.
    public private(set) var unnamed = 0

    /// Nothing counted yet.
    public init(maximumNames: Int = BoundedCounts.maximumNames) { self.maximumNames = maximumNames }

    /// How many names are told apart.
    public var nameCount: Int { counts.count }

    /// Counts `name` once.
    public mutating func add(_ name: String) {
        let text = ExactText(name)
        if let count = counts[text] {
            counts[text] = count + 1
        } else if counts.count < maximumNames, bytes + name.utf8.count <= Self.maximumBytes {
            counts[text] = 1
            bytes += name.utf8.count
        } else {
            unnamed += 1
        }
    }

    /// The names that were counted most often, at most `limit` of them; equal ones by name.
    public func most(_ limit: Int = .max) -> [(name: String, count: Int)] {
        let all = counts.map { (name: $0.key, count: $0.value) }
        return all.sorted { ($1.count, $0.name) < ($0.count, $1.name) }.prefix(limit).map { ($0.name.string, $0.count) }
    }
}
