#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

internal import CReadline

extension ReadlineEditor {
    /// The words still to be handed to readline, which asks for them one by one.
    nonisolated(unsafe) private static var remaining: [String] = []

    /// Answers readline's question for the completions of `word`: a list that readline frees, or nil for none.
    static func complete(_ word: UnsafePointer<CChar>?) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
        readline_set_completion_is_final(1)
        guard let active, let word, let line = readline_line(),
            let wordText = String(validatingCString: word),
            let lineText = String(
                validating: UnsafeRawBufferPointer(start: line, count: Int(readline_cursor())), as: UTF8.self)
        else { return nil }
        let completion = active.completion(CompletionRequest(line: lineText, word: wordText))
        guard case .words(_, let endsWord) = completion else {
            readline_set_completion_is_final(0)
            return nil
        }
        readline_suppress_space(endsWord ? 0 : 1)
        remaining = completion.candidates(for: wordText).reversed()
        return rl_completion_matches(word) { _, _ in ReadlineEditor.remaining.popLast().flatMap { strdup($0) } }
    }
}
