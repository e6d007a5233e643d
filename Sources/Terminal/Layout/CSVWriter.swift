/// Writes comma-separated rows as RFC 4180 says: CR LF after each, quotes where a value needs them, quotes inside
/// doubled.
///
/// What must not reach a terminal is escaped first, line ends among it. A backslash stays single, so `DOMAIN\user` is
/// read as it is; the forms that say every byte are JSON and raw.
package struct CSVWriter {
    private let sink: OutputSink
    private var row: [UInt8] = []
    private var fieldCount = 0

    package init(sink: OutputSink) {
        self.sink = sink
    }

    /// Adds a field to the row.
    package mutating func field(_ text: String) {
        field(bytes: Array(text.utf8))
    }

    /// Adds a field of any bytes to the row.
    package mutating func field(bytes: [UInt8]) {
        if fieldCount > 0 { row.append(0x2C) }
        fieldCount += 1
        var safe: [UInt8] = []
        TerminalText.append(bytes, to: &safe)
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
        guard field.contains(where: { $0 == 0x22 || $0 == 0x2C }) else {
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
