/// What stands on the line when Tab is pressed.
package struct CompletionRequest: Equatable, Sendable {
    /// The line up to the cursor.
    package let line: String
    /// The part of it behind the last blank: what is to be completed.
    package let word: String

    package init(line: String, word: String) {
        self.line = line
        self.word = word
    }
}

/// What the word under the cursor could become.
package enum Completion: Sendable {
    /// Whole words; those that do not begin with the word under the cursor are left out, and those that must not
    /// reach a terminal. `endsWord` says that a blank follows when only one is left.
    case words([String], endsWord: Bool = true)
    /// The names of files.
    case fileNames

    /// The words that may be offered for `word`.
    func candidates(for word: String) -> [String] {
        guard case .words(let words, _) = self else { return [] }
        return words.filter { $0.utf8.starts(with: word.utf8) && TerminalText.escape($0) == $0 }
    }
}
