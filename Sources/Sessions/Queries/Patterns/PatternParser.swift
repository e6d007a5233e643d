/// Reads a regular expression.
struct PatternParser {
    private let text: [Unicode.Scalar]
    private var index = 0
    private var depth = 0
    private(set) var ignoresCase = false

    /// Deepest nesting of groups.
    private static let maximumDepth = 64
    /// Largest number in braces.
    private static let maximumCount = 1000

    init(_ text: String) { self.text = Array(text.unicodeScalars) }

    mutating func parse() throws(FilterError) -> PatternSyntax {
        if text.starts(with: "(?i)".unicodeScalars) {
            ignoresCase = true
            index = 4
        }
        let syntax = try alternatives()
        guard index == text.count else {
            throw failed("this ')' closes no group; the character itself is \\)", at: index)
        }
        return syntax
    }

    private func failed(_ message: String, at place: Int) -> FilterError {
        FilterError(message: message, column: place + 1)
    }

    private var next: Unicode.Scalar? { index < text.count ? text[index] : nil }

    private mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        index += 1
        return true
    }

    private mutating func alternatives() throws(FilterError) -> PatternSyntax {
        var branches = [try sequence()]
        while accept("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .alternatives(branches)
    }

    private mutating func sequence() throws(FilterError) -> PatternSyntax {
        var parts: [PatternSyntax] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            let start = index
            let part = try atom()
            parts.append(try quantified(part, from: start))
        }
        return .sequence(parts)
    }

    private mutating func atom() throws(FilterError) -> PatternSyntax {
        let start = index
        let scalar = text[index]
        index += 1
        switch scalar {
        case "(": return try group(start)
        case "[": return .characters(try bracket(start))
        case ".": return .characters(.any)
        case "^": return .start
        case "$": return .end
        case "*", "+", "?": throw failed("'\(scalar)' repeats nothing; the character itself is \\\(scalar)", at: start)
        case "\\": return try escape(start)
        default: return .characters(CharacterSelection(scalar))
        }
    }

    private mutating func group(_ start: Int) throws(FilterError) -> PatternSyntax {
        if accept("?") {
            guard accept(":") else {
                throw failed("of groups with '?' there are (?:…) and, at the start, (?i)", at: start)
            }
        }
        depth += 1
        guard depth <= Self.maximumDepth else {
            throw failed("more than \(Self.maximumDepth) groups stand in each other: leave some out", at: start)
        }
        let inner = try alternatives()
        guard accept(")") else {
            throw failed("the group is not closed: ')' is due; the character itself is \\(", at: start)
        }
        depth -= 1
        return inner
    }

    private mutating func escape(_ start: Int) throws(FilterError) -> PatternSyntax {
        if accept("b") { return .wordBoundary(isThere: true) }
        if accept("B") { return .wordBoundary(isThere: false) }
        return .characters(try escapedCharacters(start))
    }

    private mutating func escapedCharacters(_ start: Int) throws(FilterError) -> CharacterSelection {
        guard let scalar = next else {
            throw failed("a '\\' stands at the end; the character itself is \\\\", at: start)
        }
        index += 1
        switch scalar {
        case "d": return .digits
        case "w": return .words
        case "s": return .spaces
        case "D": return CharacterSelection(ranges: CharacterSelection.digits.ranges, isNegated: true)
        case "W": return CharacterSelection(ranges: CharacterSelection.words.ranges, isNegated: true)
        case "S": return CharacterSelection(ranges: CharacterSelection.spaces.ranges, isNegated: true)
        case "n": return CharacterSelection("\n")
        case "r": return CharacterSelection("\r")
        case "t": return CharacterSelection("\t")
        case "0"..."9", "a"..."z", "A"..."Z":
            throw failed(
                "there is no '\\\(scalar)'; of letters there are \\d \\w \\s \\b and their capitals", at: start)
        default: return CharacterSelection(scalar)
        }
    }

    /// `[a-z\d]`, `[^,]`
    private mutating func bracket(_ start: Int) throws(FilterError) -> CharacterSelection {
        var selection = CharacterSelection(isNegated: accept("^"))
        var isFirst = true
        while let scalar = next, scalar != "]" || isFirst {
            isFirst = false
            let place = index
            let from = try member()
            guard next == "-", index + 1 < text.count, text[index + 1] != "]" else {
                selection.insert(from)
                continue
            }
            index += 1
            guard let low = Self.only(from), let high = Self.only(try member()), low <= high else {
                throw failed(
                    "the range is upside down or no range; write [a-z], and '-' itself as the last character", at: place
                )
            }
            selection.ranges.append(low...high)
        }
        guard accept("]") else {
            throw failed("the bracket is not closed: ']' is due; the character itself is \\[", at: start)
        }
        return selection
    }

    private mutating func member() throws(FilterError) -> CharacterSelection {
        guard index < text.count else { throw failed("the bracket is not closed: ']' is due", at: index - 1) }
        let scalar = text[index]
        index += 1
        return scalar == "\\" ? try escapedCharacters(index - 1) : CharacterSelection(scalar)
    }

    private static func only(_ selection: CharacterSelection) -> UInt32? {
        guard !selection.isNegated, selection.ranges.count == 1, let range = selection.ranges.first, range.count == 1
        else { return nil }
        return range.lowerBound
    }

    /// A test has no use for the difference between greedy and not: a `?` behind is taken and changes nothing.
    private mutating func quantified(_ part: PatternSyntax, from start: Int) throws(FilterError) -> PatternSyntax {
        var result = part
        var isQuantified = false
        while let scalar = next {
            let place = index
            var bounds: (least: Int, most: Int?)?
            switch scalar {
            case "*": bounds = (0, nil)
            case "+": bounds = (1, nil)
            case "?": bounds = (0, 1)
            case "{": bounds = try braces()
            default: return result
            }
            guard let bounds else { return result }
            if scalar != "{" { index += 1 }
            guard !isQuantified else {
                throw failed(
                    "'\(scalar)' repeats nothing, since a repetition stands before it; put that in ( )", at: place)
            }
            isQuantified = true
            result = .repeated(result, least: bounds.least, most: bounds.most)
            _ = accept("?")
        }
        return result
    }

    /// `{3}`, `{3,}`, `{3,5}`
    private mutating func braces() throws(FilterError) -> (least: Int, most: Int?)? {
        let start = index
        index += 1
        let least = number()
        var most = least
        if accept(",") { most = number() }
        guard let least, accept("}") else { throw failed("write {3}, {3,} or {3,5}; a brace alone is \\{", at: start) }
        guard max(least, most ?? 0) <= Self.maximumCount, (most ?? least) >= least else {
            throw failed(
                "the numbers are upside down or above \(Self.maximumCount); write the smaller first, as {3,5}",
                at: start)
        }
        return (least, most)
    }

    private mutating func number() -> Int? {
        let start = index
        while let scalar = next, "0"..."9" ~= scalar, index - start < 9 { index += 1 }
        return Int(String(String.UnicodeScalarView(text[start..<index])))
    }
}
