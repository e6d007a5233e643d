extension TerminalText {
    /// The escaped form of `bytes` in at most `columns` columns, with `…` at the end when something was cut.
    ///
    /// Time and memory follow `columns`, not the length of the data.
    package static func fit(bytes: [UInt8], columns: Int) -> String {
        fitted(bytes, columns: columns).text
    }

    /// The escaped form of `text` in at most `columns` columns, with `…` at the end when something was cut.
    package static func fit(_ text: String, columns: Int) -> String {
        fitted(text, columns: columns).text
    }

    /// A column holds one character of four bytes and its marks, so this many bytes always fill the columns and one
    /// more.
    static func bytesNeeded(_ columns: Int) -> Int {
        (min(max(columns, 0), 1 << 20) + 2) * 4 * (TextScanner.marksPerLetter + 2)
    }

    /// The same with the columns that the result takes.
    static func fitted(_ text: String, columns: Int) -> (text: String, columns: Int) {
        // Most values are short and plain: they are shown as they are.
        if text.utf8.count <= columns, text.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) { return (text, text.utf8.count) }
        return fitted(Array(text.utf8.prefix(bytesNeeded(columns))), columns: columns)
    }

    /// The same with the columns that the result takes.
    static func fitted(_ bytes: [UInt8], columns limit: Int) -> (text: String, columns: Int) {
        var output: [UInt8] = []
        var scanner = TextScanner()
        var index = 0
        var columns = 0
        // Where the text ends if it has to make room for the ellipsis.
        var cut = (bytes: 0, columns: 0)
        while index < bytes.count {
            let step = appendStep(scanner.step(bytes, at: index), of: bytes, at: index, as: .terminal, to: &output)
            index += step.bytes
            columns += step.columns
            guard columns <= limit else {
                output.removeSubrange(cut.bytes...)
                guard limit > 0 else { return ("", 0) }
                return (String(decoding: output, as: UTF8.self) + ellipsis, cut.columns + 1)
            }
            if columns < limit { cut = (output.count, columns) }
        }
        return (String(decoding: output, as: UTF8.self), columns)
    }
}
