/// A line of the shell taken apart into words.
///
/// Blanks separate words. Between single quotes everything stands for itself; between double quotes a backslash takes
/// the meaning of a double quote or of another backslash; elsewhere of any character. `#` at the beginning of a word
/// starts a comment.
struct ShellWords {
    /// The word at the end of the line, which no blank has ended.
    struct OpenWord {
        /// As it was typed.
        var raw = ""
        /// As it is meant.
        var text = ""
        /// The quotation mark that is still open.
        var quote: Character?
        fileprivate var quoteColumn = 0
        /// Where a backslash waits for its character.
        fileprivate var escapeColumn: Int?
    }

    /// The words that a blank has ended.
    private(set) var finished: [String] = []
    private(set) var open: OpenWord?
    /// Whether the line ends in a comment.
    private(set) var isComment = false

    init(_ line: String) {
        var column = 0
        for character in line where !isComment {
            column += 1
            take(character, column)
        }
    }

    /// All words of a line that is complete; an error points at the column, counted from 1.
    func all() throws(Failure) -> [String] {
        guard let open else { return finished }
        if let quote = open.quote {
            throw .usage("column \(open.quoteColumn): the \(quote) that stands here is not closed")
        }
        if let column = open.escapeColumn { throw .usage("column \(column): nothing stands behind this backslash") }
        return finished + [open.text]
    }

    private mutating func take(_ character: Character, _ column: Int) {
        guard var word = open ?? begin(character) else { return }
        if word.quote == nil, word.escapeColumn == nil, character.isWhitespace {
            finished.append(word.text)
            open = nil
            return
        }
        word.take(character, column)
        open = word
    }

    /// The word that begins with `character`, if one does.
    private mutating func begin(_ character: Character) -> OpenWord? {
        if character == "#" { isComment = true }
        return isComment || character.isWhitespace ? nil : OpenWord()
    }
}

extension ShellWords.OpenWord {
    fileprivate mutating func take(_ character: Character, _ column: Int) {
        raw.append(character)
        if escapeColumn != nil {
            if quote != nil, character != "\"", character != "\\" { text.append("\\") }
            text.append(character)
            escapeColumn = nil
            return
        }
        switch (quote, character) {
        case (nil, "'"), (nil, "\""):
            quote = character
            quoteColumn = column
        case (nil, "\\"), ("\"", "\\"): escapeColumn = column
        case (.some(let mark), _) where mark == character: quote = nil
        default: text.append(character)
        }
    }

    /// `meant` as it would be typed in the way in which this word was begun; nil where that way cannot say it.
    ///
    /// - Parameter ends: Whether an open quotation mark is closed.
    func typed(_ meant: String, ends: Bool) -> String? {
        switch quote {
        case "'": meant.contains("'") ? nil : "'" + meant + (ends ? "'" : "")
        case "\"": "\"" + Self.escaped(meant) { $0 == "\"" || $0 == "\\" } + (ends ? "\"" : "")
        default:
            (meant.hasPrefix("#") ? "\\" : "")
                + Self.escaped(meant) { $0.isWhitespace || $0 == "'" || $0 == "\"" || $0 == "\\" }
        }
    }

    private static func escaped(_ text: String, _ isSpecial: (Character) -> Bool) -> String {
        text.reduce(into: "") { result, character in
            if isSpecial(character) { result.append("\\") }
            result.append(character)
        }
    }
}
