extension StyledText {
    /// The text as lines of at most `limit` columns (but two, which one character may take), without the blanks at which they
    /// part.
    ///
    /// Lines part at blanks, and inside a word only where it is longer than a line. Marks stay with their letter.
    ///
    /// - Parameter hanging: how many columns less the lines behind the first have: 0, 1 or 2.
    package func wrapped(to limit: Int, hanging: Int = 0) -> [StyledText] {
        guard columns > limit else { return [self] }
        var wrapping = LineWrapping(first: max(2, limit), others: max(2, limit - hanging))
        for piece in pieces {
            for cell in LineWrapping.cells(of: piece) { wrapping.take(cell) }
        }
        return wrapping.finish()
    }
}

/// Fills lines character by character.
private struct LineWrapping {
    typealias Cell = StyledText.Piece

    private let first: Int
    private let others: Int
    private var lines: [StyledText] = []
    private var line: [Cell] = []
    private var columns = 0

    init(first: Int, others: Int) {
        self.first = first
        self.others = others
    }

    /// The characters of a piece, each with the marks on it: what takes no column belongs to what stands before.
    static func cells(of piece: StyledText.Piece) -> [Cell] {
        var cells: [Cell] = []
        for scalar in piece.text.unicodeScalars {
            let columns = DisplayWidth.columns(of: scalar.value)
            if columns == 0, let last = cells.popLast() {
                cells.append(Cell(text: last.text + String(scalar), role: piece.role, columns: last.columns))
            } else {
                cells.append(Cell(text: String(scalar), role: piece.role, columns: columns))
            }
        }
        return cells
    }

    mutating func take(_ cell: Cell) {
        let isBlank = cell.text == " "
        if columns + cell.columns > (lines.isEmpty ? first : others) {
            breakLine(atBlank: isBlank)
            if isBlank { return }
        }
        // The blanks of a break begin no line.
        if isBlank, line.isEmpty, !lines.isEmpty { return }
        line.append(cell)
        columns += cell.columns
    }

    mutating func finish() -> [StyledText] {
        if !line.isEmpty || lines.isEmpty { end(line[...]) }
        return lines
    }

    /// Ends the line at its last blank, or here where it has none.
    private mutating func breakLine(atBlank: Bool) {
        var rest: ArraySlice<Cell> = []
        if !atBlank, let blank = line.lastIndex(where: { $0.text == " " }),
            line[..<blank].contains(where: { $0.text != " " })
        {
            rest = line[(blank + 1)...]
            end(line[..<blank])
        } else {
            end(line[...])
        }
        line = Array(rest)
        columns = line.reduce(0) { $0 + $1.columns }
    }

    private mutating func end(_ cells: ArraySlice<Cell>) {
        var text = StyledText()
        var rest = cells
        while rest.last?.text == " " { rest = rest.dropLast() }
        // Neighbours of one colour become one piece again.
        while let first = rest.first {
            let run = rest.prefix { $0.role == first.role }
            let columns = run.reduce(0) { $0 + $1.columns }
            text.append(Cell(text: run.map { $0.text }.joined(), role: first.role, columns: columns))
            rest = rest.dropFirst(run.count)
        }
        lines.append(text)
    }
}
