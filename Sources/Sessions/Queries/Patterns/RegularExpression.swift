/// A regular expression that is searched for in time proportional to the text, whatever the expression and the text are.
///
/// It has what filters need: characters, `.`, `[a-z]`, `[^,]`, `\d \w \s \b` and their capitals, groups, `|`, `* + ? {2,5}`,
/// `^`, `$`, and `(?i)` at the start. It has no references back and no look-around, which is why no text can make it hang.
/// Of a text the first ``maximumLength`` characters are looked at.
public struct RegularExpression: Sendable {
    /// How much of a text is looked at, in Unicode scalars.
    public static let maximumLength = 16_384

    private let program: PatternProgram

    /// Compiles `pattern`.
    ///
    /// - Throws: `FilterError` with the column in the pattern.
    public init(_ pattern: String) throws(FilterError) {
        var parser = PatternParser(pattern)
        let syntax = try parser.parse()
        program = try PatternProgram(syntax, ignoresCase: parser.ignoresCase)
    }

    /// Whether the expression is found anywhere in `text`.
    public func isFound(in text: String) -> Bool {
        program.isFound(in: text.unicodeScalars.prefix(Self.maximumLength).map { $0.value })
    }
}
