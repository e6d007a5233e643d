/// Writes tab-separated rows: one line a row, whatever the values hold.
///
/// What must not reach a terminal is escaped, tab, line feed and backslash among it, in a form that can be turned back:
/// a pipe ends on a terminal more often than not.
package struct TSVWriter {
    private let sink: OutputSink
    private var row: [UInt8] = []
    private var isFirstField = true

    package init(sink: OutputSink) {
        self.sink = sink
    }

    /// Adds a field to the row.
    package mutating func field(_ text: String) {
        field(bytes: Array(text.utf8))
    }

    /// Adds a field of any bytes to the row.
    package mutating func field(bytes: [UInt8]) {
        if !isFirstField { row.append(0x09) }
        isFirstField = false
        TerminalText.append(bytes, as: .reversible, to: &row)
    }

    /// Ends the row and writes it.
    package mutating func endRow() {
        row.append(0x0A)
        sink.write(bytes: row)
        row.removeAll(keepingCapacity: true)
        isFirstField = true
    }
}
