/// Writes rows one value a line, for terminals that are too narrow for columns.
///
///     ID         019FD27FA8CDFE34BA95
///                2952AFAA4F22
///     PRINCIPAL  alice
///
/// Values are shown whole and wrapped behind their names; an empty line parts the rows.
struct RecordBlock {
    private let headers: [StyledText]
    private let width: Int
    private let palette: Palette
    private let sink: OutputSink
    private var isFirst = true

    /// What a value needs beside its name; where less is left it stands below it.
    private static let leastRoom = 12

    init(headers: [StyledText], width: Int, palette: Palette, sink: OutputSink) {
        self.headers = headers
        self.width = width
        self.palette = palette
        self.sink = sink
    }

    /// Writes a row. Missing and empty values are left out.
    mutating func write(_ row: [StyledText]) {
        if !isFirst { sink.write("\n") }
        isFirst = false
        let widest = headers.reduce(0) { max($0, $1.columns) }
        let indent = widest + ColumnWidths.gap
        let isBeside = width - indent >= Self.leastRoom
        for (header, value) in zip(headers, row) where value.columns > 0 {
            if isBeside {
                let padding = String(repeating: " ", count: indent - header.columns)
                write(value, indent: indent, first: header.painted(by: palette) + padding)
            } else {
                for line in header.wrapped(to: width) { sink.write(line.painted(by: palette) + "\n") }
                write(value, indent: ColumnWidths.gap, first: String(repeating: " ", count: ColumnWidths.gap))
            }
        }
    }

    private func write(_ value: StyledText, indent: Int, first: String) {
        for (index, line) in value.wrapped(to: width - indent).enumerated() {
            let start = index == 0 ? first : String(repeating: " ", count: indent)
            sink.write(start + line.painted(by: palette) + "\n")
        }
    }
}
