/// Writes rows as a table for people.
///
/// The first rows are held back to find the widths of the columns; then all flow, so a table of any length needs no
/// memory. A later value that is too wide is cut in a flexible column, and moves the rest of its row in a rigid one.
///
/// No line is wider than the terminal: where the columns do not fit at their narrowest, each row is a block with a line for
/// each value (`RecordBlock`), and a later row for which the room does not suffice is one as well.
///
///     var table = Table([.rigid("ID"), .flexible("PRINCIPAL")], width: 80, palette: palette, sink: sink)
///     table.append([StyledText(id, .identifier), StyledText(principal)])
///     table.finish()
package struct Table {
    private let columns: [TableColumn]
    private let width: Int?
    private let palette: Palette
    private let sink: OutputSink
    private let sampleSize: Int
    private var sample: [[StyledText]] = []
    private var widths: [Int]?
    /// The rows as blocks, where the terminal is too narrow for columns.
    private var block: RecordBlock?

    /// - Parameters:
    ///   - width: the columns of the terminal, nil where there is no limit.
    ///   - sampleSize: how many rows decide the widths.
    package init(_ columns: [TableColumn], width: Int?, palette: Palette, sink: OutputSink, sampleSize: Int = 200) {
        self.columns = columns
        self.width = width
        self.palette = palette
        self.sink = sink
        self.sampleSize = sampleSize
    }

    /// Adds a row. Missing cells at its end are empty.
    package mutating func append(_ row: [StyledText]) {
        guard widths == nil else { return write(row) }
        sample.append(row)
        if sample.count >= sampleSize { settle() }
    }

    /// Writes what is held back. A table without rows has its header only.
    package mutating func finish() {
        settle()
    }

    /// Fixes the widths by the rows so far and writes them: for a producer so slow that people should not wait for
    /// more.
    package mutating func settle() {
        guard widths == nil else { return }
        let headers = columns.map { StyledText($0.header, .header) }
        let natural = columns.indices.map { column in
            sample.reduce(headers[column].columns) { max($0, column < $1.count ? $1[column].columns : 0) }
        }
        let widths = ColumnWidths.fit(columns, natural: natural, available: width)
        self.widths = widths
        if let width, ColumnWidths.total(widths) > width {
            block = RecordBlock(headers: headers, width: width, palette: palette, sink: sink)
        } else {
            write(headers)
        }
        for row in sample { write(row) }
        sample = []
    }

    private mutating func write(_ row: [StyledText]) {
        guard let widths else { return }
        if block != nil {
            block?.write(row)
            return
        }
        let cells = columns.indices.map { lines(of: $0 < row.count ? row[$0] : StyledText(), columns[$0], widths[$0]) }
        let taken = zip(widths, cells).map { width, lines in lines.reduce(width) { max($0, $1.columns) } }
        if let width, ColumnWidths.total(taken) > width {
            var single = RecordBlock(
                headers: columns.map { StyledText($0.header, .header) }, width: width, palette: palette, sink: sink)
            return single.write(row)
        }
        for line in 0..<(cells.map { $0.count }.max() ?? 0) {
            writeLine(cells.map { line < $0.count ? $0[line] : StyledText() }, widths)
        }
    }

    /// A cell cut or wrapped to its column, or whole.
    private func lines(of cell: StyledText, _ column: TableColumn, _ width: Int) -> [StyledText] {
        if column.wraps { return cell.wrapped(to: width) }
        return [column.minimumWidth == nil ? cell : cell.truncated(to: width)]
    }

    private func writeLine(_ cells: [StyledText], _ widths: [Int]) {
        var line = ""
        // Spaces are written only when something follows: no line ends with them.
        var padding = 0
        for (index, column) in columns.enumerated() {
            let shown = cells[index]
            let room = max(0, widths[index] - shown.columns)
            if shown.columns > 0 {
                padding += column.alignment == .trailing ? room : 0
                line += String(repeating: " ", count: padding) + shown.painted(by: palette)
                padding = column.alignment == .trailing ? 0 : room
            } else {
                padding += room
            }
            padding += ColumnWidths.gap
        }
        sink.write(line + "\n")
    }
}
