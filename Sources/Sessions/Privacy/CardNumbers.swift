/// Finds the numbers of payment cards (ISO/IEC 7812-1): 13 to 19 digits with Luhn's check digit, in one or in groups with blanks
/// or hyphens, as people write them. The last four digits are no secret: by them people know a card.
struct CardNumbers {
    private static let lengths = 13...19

    private let text: [UInt8]
    private var found: [Range<Int>] = []

    /// The places of all digits but the last four of each number in `text`, in order.
    static func places(in text: [UInt8]) -> [Range<Int>] {
        guard text.count >= lengths.lowerBound, mayHoldOne(text.span) else { return [] }
        var search = CardNumbers(text: text)
        search.find()
        return search.found
    }

    /// False where there are no thirteen bytes in a row that are digits, blanks or hyphens: one of each thirteen is looked at.
    static func mayHoldOne(_ text: borrowing Span<UInt8>) -> Bool {
        var index = lengths.lowerBound - 1
        while index < text.count {
            var end = index
            if isPart(text[index]) {
                var start = index
                while start > 0, isPart(text[start - 1]) { start -= 1 }
                while end < text.count, isPart(text[end]) { end += 1 }
                var digits = 0
                for place in start..<end where isDigit(text[place]) { digits += 1 }
                if digits >= lengths.lowerBound { return true }
            }
            index = end + lengths.lowerBound
        }
        return false
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    private static func isSeparator(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x2D }
    private static func isPart(_ byte: UInt8) -> Bool { isDigit(byte) || isSeparator(byte) }
    private static func isWord(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
    }

    private mutating func find() {
        var position = 0
        while let start = text[position...].firstIndex(where: { Self.isDigit($0) }) {
            let groups = groups(from: start)
            find(in: groups)
            position = groups.last?.upperBound ?? text.count
        }
    }

    /// Groups of digits with one blank or hyphen between them.
    private func groups(from start: Int) -> [Range<Int>] {
        var groups: [Range<Int>] = []
        var position = start
        while position < text.count, Self.isDigit(text[position]) {
            let end = text[position...].firstIndex { !Self.isDigit($0) } ?? text.count
            groups.append(position..<end)
            guard end < text.count, Self.isSeparator(text[end]) else { break }
            position = end + 1
        }
        return groups
    }

    private mutating func find(in groups: [Range<Int>]) {
        var first = 0
        while first < groups.count {
            guard let last = lastGroup(ofNumberFrom: first, in: groups) else {
                first += 1
                continue
            }
            found.append(groups[first].lowerBound..<lastFour(before: groups[last].upperBound))
            first = last + 1
        }
    }

    /// The longest number from the group `first` on: something else may follow behind a blank.
    private func lastGroup(ofNumberFrom first: Int, in groups: [Range<Int>]) -> Int? {
        guard begins(first, groups) else { return nil }
        var digits: [UInt8] = []
        var found: Int?
        for last in first..<groups.count {
            guard digits.count + groups[last].count <= Self.lengths.upperBound else { break }
            digits += text[groups[last]]
            guard isLaidOut(groups[first...last]) else { break }
            if digits.count >= Self.lengths.lowerBound, ends(last, groups), Self.isNumber(digits) { found = last }
        }
        return found
    }

    /// In one group, or in groups the first of which has four digits (4-4-4-4, 4-6-5), with the same sign between all.
    private func isLaidOut(_ groups: ArraySlice<Range<Int>>) -> Bool {
        guard groups.count > 1, let first = groups.first else { return true }
        let separators = Set(groups.dropLast().map { text[$0.upperBound] })
        return separators.count == 1 && first.count == 4 && groups.allSatisfy { $0.count <= 7 }
    }

    /// Not in the middle of a word, of a decimal or telephone number, or of an id with hyphens.
    private func begins(_ group: Int, _ groups: [Range<Int>]) -> Bool {
        let start = groups[group].lowerBound
        guard start > 0 else { return true }
        let before = text[start - 1]
        if group > 0 { return before == 0x20 }
        return !Self.isWord(before) && ![UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: ".")].contains(before)
    }

    private func ends(_ group: Int, _ groups: [Range<Int>]) -> Bool {
        let end = groups[group].upperBound
        guard end < text.count else { return true }
        let isBeforeWord = end + 1 < text.count && Self.isWord(text[end + 1])
        switch text[end] {
        case UInt8(ascii: "-"), UInt8(ascii: "."): return !isBeforeWord
        default: return !Self.isWord(text[end])
        }
    }

    /// The first four digits of the schemes' numbers, and how long these are: article numbers, serial numbers of devices and times
    /// in milliseconds are as long, and many have the same check digit.
    private static let schemes: [(prefixes: ClosedRange<Int>, lengths: [Int])] = [
        (4000...4999, [13, 16, 19]),  // Visa
        (5100...5599, [16]), (2221...2720, [16]),  // Mastercard
        (3400...3499, [15]), (3700...3799, [15]),  // American Express
        (6011...6011, [16, 17, 18, 19]), (6440...6599, [16, 17, 18, 19]),  // Discover
        (3000...3059, [14]), (3600...3699, [14]), (3800...3899, [14]),  // Diners Club
        (3528...3589, [16, 17, 18, 19]),  // JCB
        (6200...6299, [16, 17, 18, 19]),  // UnionPay
        (2200...2204, [16]),  // Mir
    ]

    /// Whether a scheme has such numbers, and the check digit is right.
    private static func isNumber(_ digits: [UInt8]) -> Bool {
        let prefix = digits.prefix(4).reduce(0) { $0 * 10 + Int($1 - 0x30) }
        guard schemes.contains(where: { $0.prefixes.contains(prefix) && $0.lengths.contains(digits.count) }) else {
            return false
        }
        let sum = digits.reversed().enumerated().reduce(0) { sum, digit in
            let value = Int(digit.element - 0x30) * (digit.offset % 2 == 0 ? 1 : 2)
            return sum + value / 10 + value % 10
        }
        return sum % 10 == 0
    }

    private func lastFour(before end: Int) -> Int {
        var start = end
        var digits = 0
        while digits < 4, start > 0 {
            start -= 1
            if Self.isDigit(text[start]) { digits += 1 }
        }
        // The sign between the groups stays.
        return start > 0 && Self.isSeparator(text[start - 1]) ? start - 1 : start
    }
}
