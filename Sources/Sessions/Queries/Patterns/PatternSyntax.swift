/// What a regular expression says, as a tree.
indirect enum PatternSyntax: Sendable {
    case characters(CharacterSelection)
    case start
    case end
    case wordBoundary(isThere: Bool)
    case sequence([PatternSyntax])
    case alternatives([PatternSyntax])
    /// At least `least` times, and at most `most` times where that is not nil.
    case repeated(PatternSyntax, least: Int, most: Int?)
}

/// Some of all characters: `a`, `[a-z]`, `\d`, `.`
struct CharacterSelection: Sendable {
    var ranges: [ClosedRange<UInt32>] = []
    var isNegated = false

    static let digits = CharacterSelection(ranges: [0x30...0x39])
    static let words = CharacterSelection(ranges: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    static let spaces = CharacterSelection(ranges: [0x09...0x0D, 0x20...0x20, 0x85...0x85, 0xA0...0xA0])
    static let any = CharacterSelection(isNegated: true)

    init(ranges: [ClosedRange<UInt32>] = [], isNegated: Bool = false) {
        self.ranges = ranges
        self.isNegated = isNegated
    }

    init(_ scalar: Unicode.Scalar) { ranges = [scalar.value...scalar.value] }

    func contains(_ value: UInt32) -> Bool { ranges.contains { $0.contains(value) } != isNegated }

    /// Everything that is not in it, as ranges.
    var inverted: [ClosedRange<UInt32>] {
        var inverted: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if range.lowerBound > next { inverted.append(next...range.lowerBound - 1) }
            next = max(next, range.upperBound + 1)
        }
        if next <= 0x10FFFF { inverted.append(next...0x10FFFF) }
        return inverted
    }

    mutating func insert(_ other: CharacterSelection) { ranges += other.isNegated ? other.inverted : other.ranges }
}
