import SessionStorage
import Terminal

/// Answers Tab.
final class ShellCompleter {
    /// Seconds for gathering names; with one wait for the server this stays below 100 ms.
    private static let patience = 0.05

    private let names: SessionNames
    /// Read from the parser when Tab is pressed first.
    private lazy var completion = ShellCompletion(
        table: CommandTable(of: ShellCommandTree.self),
        attributePaths: { [names] in names.gathered(within: Self.patience).attributePaths.sorted() },
        profiles: profiles)
    private let profiles: () -> [String]

    /// - Parameter profiles: the names of the profiles that there are.
    init(names: SessionNames, profiles: @escaping () -> [String] = { [] }) {
        self.names = names
        self.profiles = profiles
    }

    func complete(_ request: CompletionRequest) -> Completion {
        let line = ShellWords(request.line)
        if line.isComment { return .words([]) }
        let open = line.open ?? ShellWords.OpenWord()
        switch completion.expectation(after: line.finished, word: open.text) {
        case .nothing: return .words([])
        case .files: return .fileNames
        case .words(let words, let behind, let endsWord):
            return Self.offer(words.map { behind + $0 }, for: open, request.word, endsWord: endsWord)
        case .sessions: return Self.offer(sessions(open.text), for: open, request.word, endsWord: true)
        }
    }

    /// The ids; principals and keys where the word has begun to be one.
    private func sessions(_ word: String) -> [String] {
        let known = names.gathered(within: Self.patience)
        guard !word.isEmpty else { return Array(known.ids) }
        let prefixed =
            known.ids.map { "id:" + $0 } + known.principals.map { "user:" + $0 } + known.keys.map { "key:" + $0 }
        return known.ids + prefixed.filter { $0.utf8.starts(with: word.utf8) }
    }

    /// `words` as they would be typed, without what stands before the last blank of a quoted word: readline takes the
    /// line apart at blanks and completes only what comes behind.
    static func offer(
        _ words: [String], for open: ShellWords.OpenWord, _ piece: String, endsWord: Bool
    ) -> Completion {
        let kept = open.raw.utf8.count - piece.utf8.count
        guard kept >= 0, open.raw.utf8.dropFirst(kept).elementsEqual(piece.utf8) else { return .words([]) }
        let typed = words.compactMap { open.typed($0, ends: endsWord) }.filter { $0.utf8.starts(with: open.raw.utf8) }
        return .words(typed.compactMap { String($0.utf8.dropFirst(kept)) }, endsWord: endsWord)
    }
}
