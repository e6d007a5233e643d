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
        if index < tokens.count { throw unexpected("'and', 'or' or the end") }
        return node
    }

    private mutating func disjunction() throws(FilterError) -> SessionFilter.Node {
        var parts = [try conjunction()]
        while accept(word: "or") { parts.append(try conjunction()) }
        return parts.count == 1 ? parts[0] : .or(parts)
    }

    private mutating func conjunction() throws(FilterError) -> SessionFilter.Node {
        var parts = [try negation()]
        while accept(word: "and") { parts.append(try negation()) }
        return parts.count == 1 ? parts[0] : .and(parts)
    }

    private mutating func negation() throws(FilterError) -> SessionFilter.Node {
        var isNegated = false
        while accept(word: "not") { isNegated.toggle() }
        let node: SessionFilter.Node
        if accept(.open) {
            depth += 1
            guard depth <= Self.maximumDepth else { throw unexpected("fewer than \(Self.maximumDepth) parentheses") }
            node = try disjunction()
            guard accept(.close) else { throw unexpected("')'") }
            depth -= 1
        } else {
            node = .test(try test())
        }
        return isNegated ? .not(node) : node
    }

    private mutating func test() throws(FilterError) -> FilterTest {
        let field = try field()
        parts.formUnion(field.parts)
        if accept(word: "in") { return FilterTest(field: field, comparison: .equal, operands: try list(for: field)) }
        guard index < tokens.count, case .comparison(let comparison) = tokens[index].token else {
            throw unexpected("one of = != < <= > >= or 'in'")
        }
        index += 1
        return FilterTest(field: field, comparison: comparison, operands: [try value(for: field)])
    }

    private mutating func field() throws(FilterError) -> SessionField {
        guard index < tokens.count, case .word(let word) = tokens[index].token else {
            throw unexpected("a field's name")
        }
        guard let field = SessionField(word: word), field.isComparable else {
            let names = SessionField.allCases.filter { $0.isComparable }.map { $0.rawValue }.joined(separator: " ")
            throw FilterError(message: "'\(word)' is no field; the fields are \(names)", column: tokens[index].column)
        }
        index += 1
        return field
    }

    private mutating func list(for field: SessionField) throws(FilterError) -> [FieldValue] {
        guard accept(.open) else { throw unexpected("'('") }
        var values = [try value(for: field)]
        while accept(.comma) { values.append(try value(for: field)) }
        guard accept(.close) else { throw unexpected("',' or ')'") }
        return values
    }

    private mutating func value(for field: SessionField) throws(FilterError) -> FieldValue {
        guard index < tokens.count else { throw unexpected("a value") }
        let (token, column) = tokens[index]
        switch token {
        case .quoted(let text):
            index += 1
            return try FilterOperand.value(of: text, isQuoted: true, kind: field.kind, column: column, now: now)
        case .word(let text):
            index += 1
            if text == "now", accept(.minus) { return try beforeNow(column) }
            return try FilterOperand.value(of: text, isQuoted: false, kind: field.kind, column: column, now: now)
        default: throw unexpected("a value")
        }
    }

    /// `now - 30d`
    private mutating func beforeNow(_ column: Int) throws(FilterError) -> FieldValue {
        guard index < tokens.count, case .word(let text) = tokens[index].token,
            let span = FilterOperand.duration(text)
        else { throw unexpected("a duration such as 30d") }
        index += 1
        return .number(now.subtractingReportingOverflow(span).partialValue)
    }

    private mutating func accept(_ token: FilterToken) -> Bool {
        guard index < tokens.count, tokens[index].token == token else { return false }
        index += 1
        return true
    }

    private mutating func accept(word: String) -> Bool {
        guard index < tokens.count, case .word(let text) = tokens[index].token, text.lowercased() == word else {
            return false
        }
        index += 1
        return true
    }

    private func unexpected(_ wanted: String) -> FilterError {
        let column = index < tokens.count ? tokens[index].column : end
        return FilterError(message: "here should be \(wanted)", column: column)
    }
}
