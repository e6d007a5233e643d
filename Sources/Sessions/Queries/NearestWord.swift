/// Finds what somebody meant who typed something else.
package enum NearestWord {
    /// The word among `words` that is nearest to `typed`; nil where none is near: a third of it, or two letters, may be wrong.
    package static func suggestion(for typed: String, among words: [String]) -> String? {
        let wanted = Array(typed.lowercased().prefix(64))
        let limit = max(1, min(2, wanted.count / 2))
        let candidates = words.map { (word: $0, distance: distance(wanted, Array($0.lowercased().prefix(64)))) }
        let near = candidates.filter { $0.distance <= limit }.min { $0.distance < $1.distance }?.word
        return near ?? (wanted.count >= 3 ? words.first { $0.lowercased().hasPrefix(String(wanted)) } : nil)
    }

    /// `; did you mean 'X'?`, or nothing.
    package static func question(for typed: String, among words: [String]) -> String {
        suggestion(for: typed, among: words).map { "; did you mean '\($0)'?" } ?? ""
    }

    /// The letters to add, leave out, change or exchange with their neighbour.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var before = [Int]()
        var last = Array(0...right.count)
        for i in left.indices {
            var row = [i + 1]
            for j in right.indices {
                var least = min(last[j + 1] + 1, row[j] + 1, last[j] + (left[i] == right[j] ? 0 : 1))
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    least = min(least, before[j - 1] + 1)
                }
                row.append(least)
            }
            (before, last) = (last, row)
        }
        return last[right.count]
    }
}
