/// Safe text in pieces of different colour: a cell of a table, the content of a tree's line.
///
/// Everything that is appended is taken as outside text and escaped here, so a layout cannot forget to do it.
package struct StyledText: Sendable, Equatable {
    struct Piece: Sendable, Equatable {
        let text: String
        let role: TextRole?
        let columns: Int
    }

    /// How much of one value is shown unless more is asked for.
    package static let usualLimit = 4096

    private(set) var pieces: [Piece] = []
    /// The columns that the text takes.
    package private(set) var columns = 0

    package init() {}

    package init(_ text: String, _ role: TextRole? = nil) {
        append(text, role)
    }

    package init(bytes: [UInt8], _ role: TextRole? = nil) {
        append(bytes: bytes, role)
    }

    /// Appends outside text, at most `limit` columns of it.
    package mutating func append(_ text: String, _ role: TextRole? = nil, limit: Int = usualLimit) {
        let (safe, columns) = TerminalText.fitted(text, columns: limit)
        append(Piece(text: safe, role: role, columns: columns))
    }

    /// Appends outside bytes that should be UTF-8, at most `limit` columns of them.
    package mutating func append(bytes: [UInt8], _ role: TextRole? = nil, limit: Int = usualLimit) {
        let (text, columns) = TerminalText.fitted(bytes, columns: limit)
        append(Piece(text: text, role: role, columns: columns))
    }

    /// Appends text that is styled already.
    package mutating func append(_ other: StyledText) {
        for piece in other.pieces { append(piece) }
    }

    mutating func append(_ piece: Piece) {
        guard !piece.text.isEmpty else { return }
        pieces.append(piece)
        columns += piece.columns
    }

    /// The text in at most `limit` columns, with `…` at the end when something was cut.
    package func truncated(to limit: Int) -> StyledText {
        guard columns > limit else { return self }
        var result = StyledText()
        for piece in pieces {
            let room = limit - result.columns
            // A piece that ends exactly at the limit must still give way to the ellipsis, because others follow.
            if piece.columns < room {
                result.append(piece)
            } else {
                let (text, columns) = TerminalText.fitted(Array((piece.text + "  ").utf8), columns: room)
                result.append(Piece(text: text, role: piece.role, columns: columns))
                break
            }
        }
        return result
    }

    /// The text with the colours of `palette`.
    package func painted(by palette: Palette) -> String {
        if let only = pieces.first, pieces.count == 1 { return palette.paint(only.text, only.role) }
        return pieces.reduce(into: "") { $0 += palette.paint($1.text, $1.role) }
    }
}
