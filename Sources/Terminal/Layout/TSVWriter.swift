/// Writes tab-separated rows: one line a row, whatever the values hold.
///
/// Tab, line feed, carriage return and backslash of a value become `\t`, `\n`, `\r` and `\\`. On a terminal
/// everything else that must not reach one is escaped too, in a form that can be turned back; in a pipe all other
/// bytes stay as they are.
package struct TSVWriter {
    private let sink: OutputSink
    private let isForTerminal: Bool
    private var row: [UInt8] = []
    private var isFirstField = true

    package init(sink: OutputSink, isForTerminal: Bool) {
        self.sink = sink
        self.isForTerminal = isForTerminal
    }

    /// Adds a field to the row.
    package mutating func field(_ text: String) {
        field(bytes: Array(text.utf8))
    }

    /// Adds a field of any bytes to the row.
    package mutating func field(bytes: [UInt8]) {
        if !isFirstField { row.append(0x09) }
        isFirstField = false
        if isForTerminal {
            TerminalText.append(bytes, as: .reversible, to: &row)
        } else {
            for byte in bytes { append(byte) }
        }
    }

    /// Ends the row and writes it.
    package mutating func endRow() {
        row.append(0x0A)
        sink.write(bytes: row)
        row.removeAll(keepingCapacity: true)
        isFirstField = true
    }

    private mutating func append(_ byte: UInt8) {
        switch byte {
        case 0x09, 0x0A, 0x0D, 0x5C: EscapeForm.reversible.append(scalar: UInt32(byte), to: &row)
        default: row.append(byte)
        }
    }
}
