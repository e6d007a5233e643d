/// A regular expression as steps that are followed all at once: at each character there is one set of places in the program
/// (K. Thompson, "Regular Expression Search Algorithm", 1968). Nothing is tried again, so nothing takes long.
struct PatternProgram: Sendable {
    enum Step: Sendable {
        case characters(CharacterSelection)
        case start
        case end
        case wordBoundary(isThere: Bool)
        case either(Int, Int)
        case jump(Int)
        case found
    }

    private var steps: [Step] = []
    private let ignoresCase: Bool
    /// Repetitions of nothing add no steps, but take time.
    private var work = 0

    /// With the longest text this is sixteen million steps.
    private static let maximumSteps = 1000

    init(_ syntax: PatternSyntax, ignoresCase: Bool) throws(FilterError) {
        self.ignoresCase = ignoresCase
        try append(syntax)
        steps.append(.found)
    }

    private mutating func add(_ step: Step) throws(FilterError) {
        try check(steps.count < Self.maximumSteps)
        steps.append(step)
    }

    private func check(_ isSmall: Bool) throws(FilterError) {
        guard !isSmall else { return }
        throw FilterError(message: "the pattern is too large; repeat less in braces", column: 1)
    }

    // The depth is that of the groups, which the parser bounds.
    private mutating func append(_ syntax: PatternSyntax) throws(FilterError) {
        work += 1
        try check(work < 100 * Self.maximumSteps)
        switch syntax {
        case .characters(let selection): try add(.characters(selection))
        case .start: try add(.start)
        case .end: try add(.end)
        case .wordBoundary(let isThere): try add(.wordBoundary(isThere: isThere))
        case .sequence(let parts): for part in parts { try append(part) }
        case .alternatives(let branches): try append(branches)
        case .repeated(let inner, let least, let most): try append(inner, least, most)
        }
    }

    private mutating func append(_ branches: [PatternSyntax]) throws(FilterError) {
        var ends: [Int] = []
        for (number, branch) in branches.enumerated() {
            guard number < branches.count - 1 else {
                try append(branch)
                break
            }
            let fork = steps.count
            try add(.jump(0))
            try append(branch)
            ends.append(steps.count)
            try add(.jump(0))
            steps[fork] = .either(fork + 1, steps.count)
        }
        for end in ends { steps[end] = .jump(steps.count) }
    }

    private mutating func append(_ inner: PatternSyntax, _ least: Int, _ most: Int?) throws(FilterError) {
        for _ in 0..<least { try append(inner) }
        guard let most else {
            let fork = steps.count
            try add(.jump(0))
            try append(inner)
            try add(.jump(fork))
            steps[fork] = .either(fork + 1, steps.count)
            return
        }
        var forks: [Int] = []
        for _ in least..<most {
            forks.append(steps.count)
            try add(.jump(0))
            try append(inner)
        }
        for fork in forks { steps[fork] = .either(fork + 1, steps.count) }
    }

    ///
    /// - Parameter last: how many characters are looked at; those behind say only what the last of them stand before.
    func isFound(in text: [UInt32], upTo last: Int) -> Bool {
        var current = Places(count: steps.count)
        var next = Places(count: steps.count)
        for position in 0...last {
            // A search may begin at each character.
            if follow(0, text, position, &current) { return true }
            guard position < last else { break }
            next.removeAll()
            for place in current.list {
                guard case .characters(let selection) = steps[place], matches(selection, text[position]) else {
                    continue
                }
                if follow(place + 1, text, position + 1, &next) { return true }
            }
            swap(&current, &next)
        }
        return false
    }

    /// Adds `place` and all that is reached from it without a character; true where the end is reached.
    private func follow(_ place: Int, _ text: [UInt32], _ position: Int, _ places: inout Places) -> Bool {
        var open = [place]
        while let place = open.popLast() {
            guard places.insert(place) else { continue }
            switch steps[place] {
            case .found: return true
            case .jump(let target): open.append(target)
            case .either(let first, let second): open += [second, first]
            case .start: if position == 0 { open.append(place + 1) }
            case .end: if position == text.count { open.append(place + 1) }
            case .wordBoundary(let isThere):
                if Self.isWordBoundary(text, position) == isThere { open.append(place + 1) }
            case .characters: break
            }
        }
        return false
    }

    private static func isWordBoundary(_ text: [UInt32], _ position: Int) -> Bool {
        let before = position > 0 && CharacterSelection.words.contains(text[position - 1])
        let behind = position < text.count && CharacterSelection.words.contains(text[position])
        return before != behind
    }

    private func matches(_ selection: CharacterSelection, _ value: UInt32) -> Bool {
        guard ignoresCase, let properties = Unicode.Scalar(value)?.properties else { return selection.contains(value) }
        let cases = [properties.lowercaseMapping, properties.uppercaseMapping].compactMap { mapping in
            mapping.unicodeScalars.count == 1 ? mapping.unicodeScalars.first?.value : nil
        }
        guard selection.isNegated else { return ([value] + cases).contains { selection.contains($0) } }
        return ([value] + cases).allSatisfy { selection.contains($0) }
    }

    /// A set of places in the order in which they were added.
    private struct Places {
        private(set) var list: [Int] = []
        private var isThere: [Bool]

        init(count: Int) { isThere = [Bool](repeating: false, count: count) }

        mutating func insert(_ place: Int) -> Bool {
            guard !isThere[place] else { return false }
            isThere[place] = true
            list.append(place)
            return true
        }

        mutating func removeAll() {
            for place in list { isThere[place] = false }
            list.removeAll(keepingCapacity: true)
        }
    }
}
