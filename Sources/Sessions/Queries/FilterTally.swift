/// How many sessions had values that a filter could not compare, and what was decided of them.
///
/// Such a test is false. Whether the session matches is another matter: under `not`, or beside another test behind `or`, it
/// does.
public struct FilterTally: Sendable {
    /// Sessions with such values.
    public private(set) var incomparable = 0
    /// How many of these match the filter.
    public private(set) var matching = 0
    /// The first field that had one.
    public private(set) var field: String?

    /// Nothing counted yet.
    public init() {}

    mutating func note(_ name: String, matches: Bool) {
        incomparable += 1
        if matches { matching += 1 }
        field = field ?? name
    }

    /// One line for people; nil where everything could be compared.
    public var closingLine: String? {
        guard incomparable > 0, let field else { return nil }
        let subject = incomparable == 1 ? "1 session has" : "\(incomparable) sessions have"
        return "\(subject) values that --where cannot compare, such as \(field): that test is false, and \(decision)"
    }

    private var decision: String {
        switch (incomparable, matching) {
        case (1, 0): "the session does not match"
        case (1, _): "the session matches"
        case (_, 0): "none of them matches"
        case (_, incomparable): "all of them match"
        default: "\(matching) of them match\(matching == 1 ? "es" : "")"
        }
    }
}
