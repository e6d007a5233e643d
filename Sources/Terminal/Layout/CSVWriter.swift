/// Writes comma-separated rows as RFC 4180 says: CR LF after each, quotes where a value needs them, quotes inside
/// doubled.
///
/// In a pipe values stay byte for byte; on a terminal they are escaped first.
package struct CSVWriter {
    private let sink: OutputSink
    private let isForTerminal: Bool
    private var row: [UInt8] = []
    private var fieldCount = 0

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
        if fieldCount > 0 { row.append(0x2C) }
        fieldCount += 1
        var safe = bytes
        if isForTerminal {
            safe = []
            TerminalText.append(bytes, to: &safe)
        }
        append(safe)
    }

    /// Ends the row and writes it.
    package mutating func endRow() {
        // An empty line would be read as no row at all.
        if fieldCount == 1, row.isEmpty { row += "\"\"".utf8 }
        row += [0x0D, 0x0A]
        sink.write(bytes: row)
        row.removeAll(keepingCapacity: true)
        fieldCount = 0
    }

    private mutating func append(_ field: [UInt8]) {
        guard field.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0D || $0 == 0x0A }) else {
            row += field
            return
        }
        row.append(0x22)
        for byte in field {
            if byte == 0x22 { row.append(0x22) }
            row.append(byte)
        }
        row.append(0x22)
    }
}
