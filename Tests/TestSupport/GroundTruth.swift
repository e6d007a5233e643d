import Foundation

/// Compares our typed JSON with what the real software said is in a stream, to the last member.
///
/// The rules of the rendering are in `Tests/Fixtures/README.md`. Ours differs from it in three ways, and only these are made
/// up for:
/// - What has no order (`"unordered": true`) stands in the order of the stream: both sides are brought into one order.
///   Numbers of shared objects then differ, so identity is compared as such: the same objects are shared in both.
/// - Strings over 4096 units and byte arrays over 4096 bytes are whole: they are compared by length, head and SHA-256.
/// - Ours has members that writing back needs. The test names them; one that the expected object has too is compared.
package struct GroundTruth {
    /// What came out.
    package struct Outcome: Sendable {
        /// How many JSON values of the expected side were compared, the values of shared objects once.
        package fileprivate(set) var compared = 0
        /// Each with the path of the place; empty when all is equal.
        package fileprivate(set) var differences: [String] = []
        /// How often each extra member was passed over.
        package fileprivate(set) var extras: [String: Int] = [:]
    }

    private enum Step {
        case root
        case member([UInt16])
        case element(Int)
    }

    private struct Pair {
        var expected: Int
        var actual: Int
        var path: Int
        /// Whether the object's members are named by the data (attributes, fields) and not by the rendering.
        var isNamedByData: Bool
    }

    private let expected: RenderedGraph
    private let actual: RenderedGraph
    private let extras: Set<String>
    private var outcome = Outcome()
    private var work: [Pair] = []
    /// The path of every place, as steps that know the one before.
    private var steps: [(parent: Int, step: Step)] = [(0, .root)]
    private var partners: [Int: Int] = [:]
    private var expectedPartners: [Int: Int] = [:]

    /// Walks both sides to their last member. `extras` are the members that ours may have beside the expected ones.
    package static func compare(
        expected: TestJSON, actual: TestJSON, extras: Set<String> = []
    ) -> Outcome {
        var comparison = GroundTruth(
            expected: RenderedGraph(expected, extras: extras), actual: RenderedGraph(actual, extras: extras),
            extras: extras)
        comparison.run()
        return comparison.outcome
    }

    private init(expected: RenderedGraph, actual: RenderedGraph, extras: Set<String>) {
        self.expected = expected
        self.actual = actual
        self.extras = extras
    }

    private mutating func run() {
        outcome.differences = expected.problems.map { "expected: \($0)" } + actual.problems.map { "actual: \($0)" }
        let isNamedByData = expected.isNamedByData(expected.root)
        work = [Pair(expected: expected.root, actual: actual.root, path: 0, isNamedByData: isNamedByData)]
        while let pair = work.popLast() { compare(pair) }
    }

    private mutating func compare(_ place: Pair) {
        var pair = place
        pair.expected = expected.target(of: place.expected)
        pair.actual = actual.target(of: place.actual)
        guard isNewPair(pair) else { return }
        outcome.compared += 1
        let (left, right) = (expected.nodes[pair.expected], actual.nodes[pair.actual])
        guard left.kind == right.kind else {
            return differ(pair.path, "expected \(expected.summary(pair.expected)), not \(actual.summary(pair.actual))")
        }
        switch left.kind {
        case .null: break
        case .bool, .number, .string:
            guard left.units != right.units else { break }
            differ(pair.path, "expected \(expected.summary(pair.expected)), not \(actual.summary(pair.actual))")
        case .array: compareElements(pair, left.children, right.children)
        case .object: compareMembers(pair)
        }
    }

    /// Shared objects must be the same ones on both sides; each is walked once.
    private mutating func isNewPair(_ pair: Pair) -> Bool {
        let isShared = expected.shared.contains(pair.expected)
        guard isShared == actual.shared.contains(pair.actual) else {
            differ(
                pair.path, isShared ? "a shared object, not one of its own" : "an object of its own, not a shared one")
            return true
        }
        guard isShared else { return true }
        let (partner, expectedPartner) = (partners[pair.expected], expectedPartners[pair.actual])
        if partner == nil, expectedPartner == nil {
            partners[pair.expected] = pair.actual
            expectedPartners[pair.actual] = pair.expected
            return true
        }
        if partner != pair.actual { differ(pair.path, "refers to another object than expected") }
        return false
    }

    private mutating func compareElements(_ pair: Pair, _ left: [Int], _ right: [Int]) {
        if left.count != right.count { differ(pair.path, "expected \(left.count) elements, not \(right.count)") }
        for (index, (one, other)) in zip(left, right).enumerated().reversed() {
            push(one, other, below: pair.path, .element(index))
        }
    }

    private mutating func compareMembers(_ pair: Pair) {
        let left = expected.members(pair.expected)
        let right = actual.members(pair.actual)
        if Set(left.map(\.name)).count != left.count || Set(right.map(\.name)).count != right.count {
            differ(pair.path, "a name occurs twice")
        }
        let rightByName = Dictionary(right.map { ($0.name, $0.value) }) { first, _ in first }
        let isUnordered = expected.isUnordered(pair.expected) && actual.isUnordered(pair.actual)
        for (name, value) in left.reversed() {
            guard let other = rightByName[name] else {
                differ(pair.path, "no member \(quoted(name))")
                continue
            }
            compareMember(pair, name, value, other, isUnordered: isUnordered)
        }
        let leftNames = Set(left.map(\.name))
        for (name, _) in right where !leftNames.contains(name) { passOrReport(name, pair) }
    }

    private mutating func compareMember(
        _ pair: Pair, _ name: [UInt16], _ value: Int, _ other: Int, isUnordered: Bool
    ) {
        let text = String(decoding: name, as: UTF16.self)
        if isUnordered, text == "items" || text == "entries",
            expected.nodes[value].kind == .array, actual.nodes[other].kind == .array
        {
            let path = extend(pair.path, .member(name))
            outcome.compared += 1
            let (left, right) = (expected.sorted(value), actual.sorted(other))
            let arrays = Pair(expected: value, actual: other, path: path, isNamedByData: false)
            return compareElements(arrays, left, right)
        }
        push(
            value, other, below: pair.path, .member(name),
            isNamedByData: RenderedGraph.holdsData(text) && expected.isNamedByData(value))
    }

    private mutating func passOrReport(_ name: [UInt16], _ pair: Pair) {
        let text = String(decoding: name, as: UTF16.self)
        guard !pair.isNamedByData, extras.contains(text) else {
            return differ(pair.path, "an unexpected member \(quoted(name))")
        }
        outcome.extras[text, default: 0] += 1
    }

    // MARK: Places

    private mutating func push(
        _ left: Int, _ right: Int, below parent: Int, _ step: Step, isNamedByData: Bool = false
    ) {
        work.append(
            Pair(expected: left, actual: right, path: extend(parent, step), isNamedByData: isNamedByData))
    }

    private mutating func extend(_ parent: Int, _ step: Step) -> Int {
        steps.append((parent, step))
        return steps.count - 1
    }

    private mutating func differ(_ path: Int, _ text: String) {
        outcome.differences.append("\(describe(path)): \(text)")
    }

    private func describe(_ path: Int) -> String {
        var parts: [String] = []
        var at = path
        while at != 0 {
            switch steps[at].step {
            case .root: break
            case .member(let name): parts.append("." + quoted(name))
            case .element(let index): parts.append("[\(index)]")
            }
            at = steps[at].parent
        }
        return "$" + parts.reversed().joined()
    }

    private func quoted(_ name: [UInt16]) -> String {
        RenderedGraph.printable(name)
    }
}
