extension SessionField {
    /// All words that the field's values may be; nil where they are whatever the application or its users say.
    public var words: [String]? {
        switch self {
        case .format: SessionFormats.all.map { $0.name }
        case .variant: Self.variants
        case .finding: Finding.codes
        default: nil
        }
    }

    /// Those of all formats, each once.
    private static let variants = SessionFormats.all.flatMap { $0.variants }.reduce(into: [String]()) { all, variant in
        if !all.contains(variant) { all.append(variant) }
    }

    /// Refuses `text` where the field can never have this value: the comparison would say nothing about any session.
    ///
    /// - Throws: `FilterError` at `column`, with the word that may have been meant and all that there are.
    func check(word text: String, column: Int) throws(FilterError) {
        guard let words, !words.contains(text) else { return }
        let question = NearestWord.question(for: text, among: words)
        throw FilterError(
            message: "'\(FilterToken.brief(text))' is no \(name)\(question.isEmpty ? ";" : question) "
                + "there \(words.count == 1 ? "is" : "are") \(words.joined(separator: " "))", column: column)
    }
}
