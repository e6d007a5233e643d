/// Makes a condition of the words of a filter.
struct FilterParser {
    private let tokens: [FilterLexer.Located]
    private let now: Int64
    /// The column behind the last word.
    private let end: Int
    private var index = 0
    private var depth = 0
    private(set) var parts: SessionParts = []

    /// Deepest nesting of parentheses; a person writes three.
    private static let maximumDepth = 64

    init(tokens: [FilterLexer.Located], end: Int, now: Int64) {
        self.tokens = tokens
        self.end = end
        self.now = now
    }

    mutating func parse() throws(FilterError) -> SessionFilter.Node {
        guard !tokens.isEmpty else { throw FilterError(message: "the filter is empty; try \"idle > 30d\"", column: 1) }
        let node = try disjunction()
        if index < tokens.count { throw unexpected("'and', 'or' or the end", advice: adviceBehindTest) }
        return node
    }

    private mutating func disjunction() throws(FilterError) -> SessionFilter.Node {
        var parts = [try conjunction()]
        while accept(word: "or") { parts.append(try conjunction()) }
        return parts.count == 1 ? parts[0] : .or(SessionFilter.cheapFirst(parts))
    }

    private mutating func conjunction() throws(FilterError) -> SessionFilter.Node {
        var parts = [try negation()]
        while accept(word: "and") { parts.append(try negation()) }
        return parts.count == 1 ? parts[0] : .and(SessionFilter.cheapFirst(parts))
    }

    private mutating func negation() throws(FilterError) -> SessionFilter.Node {
        var isNegated = false
        while accept(word: "not") { isNegated.toggle() }
        let node: SessionFilter.Node
        let column = index < tokens.count ? tokens[index].column : end
        if accept(.open) {
            depth += 1
            guard depth <= Self.maximumDepth else {
                throw FilterError(
                    message: "more than \(Self.maximumDepth) parentheses stand in each other: leave some out",
                    column: column)
            }
            node = try disjunction()
            guard accept(.close) else {
                throw unexpected("')', 'and' or 'or'", advice: "the '(' of column \(column) is open")
            }
            depth -= 1
        } else {
            node = try test()
        }
        return isNegated ? .not(node) : node
    }

    /// `field op value`, `field [not] in (value, …)`, `has(path)`
    private mutating func test() throws(FilterError) -> SessionFilter.Node {
        if index + 1 < tokens.count, tokens[index].token == .word("has"), tokens[index + 1].token == .open {
            index += 2
            return try has()
        }
        let field = try field()
        parts.formUnion(field.parts)
        if accept(word: "in") { return .test(field, .equal, try list(for: field)) }
        if index + 1 < tokens.count, tokens[index].token.isWord("not"), tokens[index + 1].token.isWord("in") {
            index += 2
            return .test(field, .notEqual, try list(for: field))
        }
        guard index < tokens.count, case .comparison(let comparison) = tokens[index].token else {
            throw unexpected("one of = != < <= > >= ~ !~, 'in' or 'not in'", advice: "such as \(example(of: field))")
        }
        index += 1
        if comparison == .found || comparison == .notFound {
            return .test(field, comparison, [try pattern(for: field, column: tokens[index - 1].column)])
        }
        let isEquality = comparison == .equal || comparison == .notEqual
        let values = try values(for: field, isEquality: isEquality)
        // Only equality may mean several names; the first is the one that is written there.
        return .test(field, comparison, isEquality ? values : Array(values.prefix(1)))
    }

    /// A path, with or without `attr.` in front.
    private mutating func has() throws(FilterError) -> SessionFilter.Node {
        let column = index < tokens.count ? tokens[index].column : end
        let path: String
        switch index < tokens.count ? tokens[index].token : .close {
        case .word(let word): path = word
        case .quoted(let text): path = text
        default: throw unexpected("a path into the attributes", advice: "such as has(cart.items[0])")
        }
        index += 1
        let rest = path.rest(behind: SessionField.attributePrefix)
        let start = rest == nil ? 0 : SessionField.attributePrefix.count
        parts.formUnion(.attributes)
        let field: AttributeField
        do {
            field = try AttributeField(rest ?? path)
        } catch {
            throw FilterError(message: error.message, column: column + start + error.column - 1)
        }
        guard accept(.close) else {
            throw unexpected("')'", advice: "a path with blanks stands in quotes: has('\(path) …')")
        }
        return .has(field)
    }

    private mutating func field() throws(FilterError) -> SessionField {
        guard index < tokens.count, case .word(let word) = tokens[index].token else {
            throw unexpected("a field's name", advice: "such as \(Self.usualTest)")
        }
        let column = tokens[index].column
        let field: SessionField
        do {
            field = try SessionField(word: word)
        } catch {
            throw FilterError(message: error.message, column: column + error.column - 1)
        }
        guard field.isComparable else {
            throw FilterError(
                message: "attributes are asked for one by one, such as attr.cart.total > 5 or has(cart)",
                column: column)
        }
        index += 1
        return field
    }

    private mutating func list(for field: SessionField) throws(FilterError) -> [FilterOperand] {
        guard accept(.open) else {
            throw unexpected("'('", advice: "such as \(field.name) in (\(value(of: field.kind)), …)")
        }
        var values = try self.values(for: field)
        while accept(.comma) { values += try self.values(for: field) }
        guard accept(.close) else {
            throw unexpected("',' or ')'", advice: "values stand behind commas, text with blanks in quotes")
        }
        return values
    }

    private mutating func pattern(for field: SessionField, column: Int) throws(FilterError) -> FilterOperand {
        guard field.kind == .text || field.kind == .any else {
            throw FilterError(
                message: "'~' looks into text, and \(field.name) is none; compare it with = != < <= > >=",
                column: column)
        }
        guard index < tokens.count else {
            throw unexpected("a regular expression", advice: "such as \(field.name) ~ '^adm'")
        }
        let (token, start) = tokens[index]
        let (pattern, offset): (String, Int)
        switch token {
        case .word(let text): (pattern, offset) = (text, 0)
        case .quoted(let text): (pattern, offset) = (text, 1)
        default: throw unexpected("a regular expression", advice: "one with ( ) , or blanks stands in quotes")
        }
        index += 1
        do {
            return .pattern(try RegularExpression(pattern))
        } catch {
            throw FilterError(
                message: "regular expression: " + error.message, column: start + offset + error.column - 1)
        }
    }

    /// The value, and what else a name means that is written with escapes, as it is shown.
    private mutating func values(
        for field: SessionField, isEquality: Bool = true
    ) throws(FilterError) -> [FilterOperand] {
        let column = index < tokens.count ? tokens[index].column : end
        let operand = try value(for: field)
        guard case .value(.text(let text)) = operand else { return [operand] }
        if isEquality { try field.check(word: text, column: column) }
        return [operand] + EscapedName.readings(of: text).dropFirst().map { .value(.text(EscapedName.text(of: $0))) }
    }

    private mutating func value(for field: SessionField) throws(FilterError) -> FilterOperand {
        guard index < tokens.count else { throw unexpected("a value", advice: "such as \(example(of: field))") }
        let (token, column) = tokens[index]
        switch token {
        case .quoted(let text):
            index += 1
            return try FilterOperand.operand(of: text, isQuoted: true, kind: field.kind, column: column, now: now)
        case .word(let text):
            index += 1
            if field.kind == .time || field.kind == .any, let time = try beforeNow(text) {
                return field.kind == .any ? .any(AnyOperand(time: time)) : .value(.number(time))
            }
            return try FilterOperand.operand(of: text, isQuoted: false, kind: field.kind, column: column, now: now)
        default: throw unexpected("a value", advice: "such as \(example(of: field))")
        }
    }

    /// `now - 30d` with `text` as its first word, which is taken already: nil where it is none. A blank may be missing at
    /// either side of the minus; `now-30d` is one word, and the operand understands it.
    private mutating func beforeNow(_ text: String) throws(FilterError) -> Int64? {
        guard text == "now" || text == "now-" else { return nil }
        let isEnded = text == "now-" || accept(.minus)
        guard index < tokens.count, case .word(let word) = tokens[index].token, isEnded || word.hasPrefix("-") else {
            if isEnded { throw unexpected("a duration", advice: "such as now - 30d") }
            return nil
        }
        guard let span = FilterOperand.duration(isEnded ? word[...] : word.dropFirst()) else {
            throw unexpected("a duration", advice: "such as now - 30d")
        }
        index += 1
        return FilterOperand.time(now, before: span)
    }

    private mutating func accept(_ token: FilterToken) -> Bool {
        guard index < tokens.count, tokens[index].token == token else { return false }
        index += 1
        return true
    }

    private mutating func accept(word: String) -> Bool {
        guard index < tokens.count, tokens[index].token.isWord(word) else { return false }
        index += 1
        return true
    }

    // MARK: Words for errors

    private static let usualTest = "idle > 30d"

    /// What stands here instead of what is due, and what would be right.
    private func unexpected(_ wanted: String, advice: String?) -> FilterError {
        let (found, column) =
            index < tokens.count
            ? ("\(tokens[index].token.words) stands", tokens[index].column) : ("the filter ends", end)
        return FilterError(
            message: "\(found) where \(wanted) is due" + (advice.map { "; \($0)" } ?? ""), column: column)
    }

    /// What is likely meant by a word behind a whole test.
    private var adviceBehindTest: String? {
        guard index < tokens.count else { return nil }
        switch tokens[index].token {
        case .word("&&"), .word("&"): return "write 'and'"
        case .word("||"), .word("|"), .comma: return "write 'or'"
        case .word, .quoted: return "text with blanks stands in quotes"
        case .close: return "no '(' is open"
        default: return nil
        }
    }

    private func example(of field: SessionField) -> String {
        "\(field.name) \(field.kind == .text || field.kind == .any ? "=" : ">") \(value(of: field.kind))"
    }

    private func value(of kind: FieldKind) -> String {
        switch kind {
        case .text, .any: "'alice'"
        case .time: "2026-01-31"
        case .duration: "30d"
        case .size: "64k"
        }
    }
}

extension FilterToken {
    /// The token as an error names it, the beginning of long ones.
    fileprivate var words: String {
        switch self {
        case .word(let text): "'\(Self.brief(text))'"
        case .quoted(let text): "the text '\(Self.brief(text))'"
        case .comparison(let comparison): "'\(comparison.rawValue)'"
        case .open: "'('"
        case .close: "')'"
        case .comma: "','"
        case .minus: "'-'"
        }
    }

    static func brief(_ text: String) -> String { text.count > 40 ? text.prefix(40) + "…" : text }

    /// Whether it is `word`, in any case.
    func isWord(_ word: String) -> Bool {
        if case .word(let text) = self { text.lowercased() == word } else { false }
    }
}

extension SessionFilter.Node {
    static func test(
        _ field: SessionField, _ comparison: FilterTest.Comparison, _ operands: [FilterOperand]
    ) -> SessionFilter.Node {
        .test(FilterTest(field: field, comparison: comparison, operands: operands))
    }
}
