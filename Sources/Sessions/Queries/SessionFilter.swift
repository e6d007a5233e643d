/// A condition on sessions, from the text behind `--where`.
///
/// `expr = and {or and}`, `and = not {and not}`, `not = [not] (test | '(' expr ')')`,
/// `test = field op value | field in '(' value {, value} ')'`, `op` is one of `= != < <= > >=`.
public struct SessionFilter: Sendable {
    indirect enum Node: Sendable {
        case test(FilterTest)
        case not(Node)
        case and([Node])
        case or([Node])
    }

    let root: Node

    /// What has to be fetched of a session before the filter can tell.
    public let parts: SessionParts

    /// Parses `text`.
    ///
    /// - Parameter now: milliseconds since 1970, for values such as `now - 30d`.
    /// - Throws: `FilterError`, which points at a column.
    public init(_ text: String, now: Int64) throws(FilterError) {
        let end = text.count - text.reversed().prefix { $0.isWhitespace }.count + 1
        var parser = FilterParser(tokens: try FilterLexer.tokens(of: text), end: end, now: now)
        root = try parser.parse()
        parts = parser.parts
    }

    /// Whether `session` fulfils the condition at the time `now`.
    public func matches(_ session: Session, now: Int64) -> Bool { matches(root, session, now) }

    // The depth is that of the user's own parentheses, which the parser bounds.
    private func matches(_ node: Node, _ session: Session, _ now: Int64) -> Bool {
        switch node {
        case .test(let test): test.matches(session.value(of: test.field, now: now))
        case .not(let inner): !matches(inner, session, now)
        case .and(let parts): parts.allSatisfy { matches($0, session, now) }
        case .or(let parts): parts.contains { matches($0, session, now) }
        }
    }
}

/// One comparison.
struct FilterTest: Sendable {
    enum Comparison: String, Sendable {
        case equal = "="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
    }

    let field: SessionField
    let comparison: Comparison
    /// One value, or the list behind `in`.
    let operands: [FieldValue]

    /// A missing value makes a comparison false, except `= none` and `!=`.
    func matches(_ value: FieldValue) -> Bool {
        switch comparison {
        case .equal: operands.contains { equals(value, $0) }
        case .notEqual: !operands.contains { equals(value, $0) }
        default: operands.contains { ordered(value, $0) }
        }
    }

    private func equals(_ value: FieldValue, _ operand: FieldValue) -> Bool {
        if case .missing = operand { return value == .missing || value == .never || value == .many([]) }
        if case .many(let values) = value, case .text(let text) = operand { return values.contains(text) }
        return value == operand
    }

    private func ordered(_ value: FieldValue, _ operand: FieldValue) -> Bool {
        switch (value, operand) {
        case (.number(let a), .number(let b)): compare(a, b)
        case (.text(let a), .text(let b)): compare(a, b)
        case (.many(let values), .text(let b)): values.contains { compare($0, b) }
        case (.never, .number): comparison == .greater || comparison == .greaterOrEqual
        default: false
        }
    }

    private func compare<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
        switch comparison {
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        case .equal: left == right
        case .notEqual: left != right
        }
    }
}
