/// A condition on sessions, from the text behind `--where`.
///
/// `expr = and {or and}`, `and = not {and not}`, `not = [not] (test | '(' expr ')')`, `test = field op value |
/// field [not] in '(' value {, value} ')' | has '(' path ')'`, `op` is one of `= != < <= > >= ~ !~`.
public struct SessionFilter: Sendable {
    indirect enum Node: Sendable {
        case test(FilterTest)
        case has(AttributeField)
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

    /// The condition that all of `filters` hold; true for every session where there are none.
    public init(all filters: [SessionFilter]) {
        root = .and(Self.cheapFirst(filters.map { $0.root }))
        parts = filters.reduce(into: []) { $0.formUnion($1.parts) }
    }

    /// Whether `session` fulfils the condition at the time `now`.
    public func matches(_ session: Session, now: Int64) -> Bool {
        var tally = FilterTally()
        return matches(session, now: now, tally: &tally)
    }

    /// The same, and counts a session with values that could not be compared.
    public func matches(_ session: Session, now: Int64, tally: inout FilterTally) -> Bool {
        var evaluation = FilterEvaluation(session: session, now: now, known: nil)
        let holds = evaluation.holds(root) ?? false
        if let field = evaluation.incomparable { tally.note(field, matches: holds) }
        return holds
    }

    /// What can be said of a session of which only `known` was fetched; nil where the rest decides. Decodes nothing.
    public func decision(on session: Session, now: Int64, known: SessionParts) -> Bool? {
        var evaluation = FilterEvaluation(session: session, now: now, known: known)
        return evaluation.holds(root)
    }

    /// What the tests need that can be answered without attributes and size.
    public var cheapParts: SessionParts {
        tests.map { $0.parts }.filter { $0.isDisjoint(with: .expensive) }.reduce(into: []) { $0.formUnion($1) }
    }

    /// Whether some of the tests need attributes or size and some do not: then it pays to look at the others first.
    public var hasCheapTests: Bool { tests.contains { $0.parts.isDisjoint(with: .expensive) } }

    /// The comparisons and `has(…)` that it is made of.
    var tests: [Node] {
        var tests: [Node] = []
        var open = [root]
        while let node = open.popLast() {
            switch node {
            case .test, .has: tests.append(node)
            case .not(let inner): open.append(inner)
            case .and(let nodes), .or(let nodes): open += nodes
            }
        }
        return tests
    }

    /// The nodes with those in front that cost least; else in the order in which they were written.
    static func cheapFirst(_ nodes: [Node]) -> [Node] {
        nodes.enumerated().map { (cost: $1.cost, place: $0, node: $1) }
            .sorted { ($0.cost, $0.place) < ($1.cost, $1.place) }.map { $0.node }
    }
}

extension SessionFilter.Node {
    /// What the node itself needs.
    var parts: SessionParts {
        switch self {
        case .test(let test): test.field.parts
        case .has: .attributes
        case .not(let inner): inner.parts
        case .and(let nodes), .or(let nodes): nodes.reduce(into: []) { $0.formUnion($1.parts) }
        }
    }

    /// From nothing to all attributes.
    var cost: Int {
        let parts = parts
        return parts.contains(.attributes) ? 3 : parts.contains(.size) ? 2 : parts.isEmpty ? 0 : 1
    }
}

extension SessionParts {
    /// What is fetched only with the whole content.
    public static let expensive: SessionParts = [.attributes, .size]
}

/// One look at one session.
struct FilterEvaluation {
    let session: Session
    let now: Int64
    /// What was fetched; nil for everything.
    let known: SessionParts?
    private(set) var incomparable: String?

    init(session: Session, now: Int64, known: SessionParts?) {
        self.session = session
        self.now = now
        self.known = known
    }

    /// Nil where it depends on what was not fetched. The depth is that of the user's own parentheses, which the parser
    /// bounds.
    mutating func holds(_ node: SessionFilter.Node) -> Bool? {
        switch node {
        case .test(let test): return isKnown(test.field.parts) ? answer(test) : nil
        case .has(let path): return isKnown(.attributes) ? path.find(in: session) != nil : nil
        case .not(let inner): return holds(inner).map { !$0 }
        case .and(let nodes): return all(nodes, are: true)
        case .or(let nodes): return all(nodes, are: false)
        }
    }

    private func isKnown(_ parts: SessionParts) -> Bool { known.map { $0.isSuperset(of: parts) } ?? true }

    /// `are` where all nodes are, the opposite as soon as one is.
    private mutating func all(_ nodes: [SessionFilter.Node], are wanted: Bool) -> Bool? {
        var isDecided = true
        for node in nodes {
            guard let holds = holds(node) else {
                isDecided = false
                continue
            }
            if holds != wanted { return !wanted }
        }
        return isDecided ? wanted : nil
    }

    private mutating func answer(_ test: FilterTest) -> Bool {
        switch test.answer(session.value(of: test.field, now: now)) {
        case .holds: return true
        case .fails: return false
        case .incomparable:
            incomparable = incomparable ?? test.field.name
            return false
        }
    }
}
