import TestSupport

/// Streams that the JDK is to read as the same values, whatever the order of what has none.
struct JudgedPairs {
    private var judge: JavaJudge
    private var labels: [String] = []

    init() throws { judge = try JavaJudge() }

    mutating func add(_ label: String, expected: [UInt8], actual: [UInt8]) throws {
        try judge.add(expected)
        try judge.add(actual)
        labels.append(label)
    }

    /// How many values were compared, and what differs.
    func compared() throws -> (values: Int, differences: [String]) {
        var values = 0
        var differences: [String] = []
        let verdicts = try judge.verdicts()
        for (index, label) in labels.enumerated() {
            switch (verdicts[2 * index], verdicts[2 * index + 1]) {
            case (.contents(let expected), .contents(let actual)):
                let outcome = GroundTruth.compare(expected: expected, actual: actual)
                values += outcome.compared
                differences += outcome.differences.map { "\(label): \($0)" }
            case (_, let verdict): differences.append("\(label): \(verdict)")
            }
        }
        return (values, differences)
    }
}
