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

    /// Whether the expression is found in `text`; nil where it is not found in what is looked at of a longer text.
    public func isFound(in text: String) -> Bool? {
        // One more tells that there is more, so that `$` does not hold where the look ends.
        let characters = text.unicodeScalars.prefix(Self.maximumLength + 1).map { $0.value }
        let isWhole = characters.count <= Self.maximumLength
        if program.isFound(in: characters, upTo: min(characters.count, Self.maximumLength)) { return true }
        return isWhole ? false : nil
    }
}
