/// Writes rows as a table for people.
///
/// The first rows are held back to find the widths of the columns; then all flow, so a table of any length needs no
/// memory. A later value that is too wide is cut in a flexible column, and moves the rest of its row in a rigid one.
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
        widths = ColumnWidths.fit(columns, natural: natural, available: width)
        write(headers)
        for row in sample { write(row) }
        sample = []
    }

    private func write(_ row: [StyledText]) {
        guard let widths else { return }
        var line = ""
        // Spaces are written only when something follows: no line ends with them.
        var padding = 0
        for (index, column) in columns.enumerated() {
            let cell = index < row.count ? row[index] : StyledText()
            let shown = column.minimumWidth == nil ? cell : cell.truncated(to: widths[index])
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
