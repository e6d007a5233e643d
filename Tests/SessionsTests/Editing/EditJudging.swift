import TestSupport

@testable import Sessions

/// What a judge is asked about, and what came of it.
struct EditJudging {
    /// How many edits of each kind were judged.
    private(set) var judged: [String: Int] = [:]
    /// How many were refused, by the reason without its place.
    private(set) var refused: [String: Int] = [:]
    var differences: [String] = []
    /// How many left the bytes as they were, since the value was there already.
    var unchanged = 0
    /// How many values of the renderings were compared.
    private(set) var compared = 0

    mutating func note(refusal: String) {
        let reason = refusal.firstRange(of: ": ").map { String(refusal[$0.upperBound...]) } ?? refusal
        refused[reason, default: 0] += 1
    }

    /// Compares the attributes that a JVM sees with those that it is to see.
    mutating func compare(_ label: String, _ kind: String, seen: TestJSON, expected: RenderedAttributes) {
        judged[kind.firstRange(of: " at ").map { String(kind[..<$0.lowerBound]) } ?? kind, default: 0] += 1
        let outcome = GroundTruth.compareTyped(expected: seen, actual: expected.values.rendered())
        compared += outcome.compared
        differences += outcome.differences.prefix(3).map { "\(label), \(kind): \($0)" }
    }

    /// How many edits of kinds that begin so were judged.
    func count(_ prefix: String) -> Int { judged.filter { $0.key.hasPrefix(prefix) }.values.reduce(0, +) }

    /// The lines that a failing test shows.
    var summary: String {
        (judged.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
            + refused.sorted { $0.key < $1.key }.map { "\($0.value) refused: \($0.key)" }).joined(separator: "\n")
    }
}
