import TestSupport
import Testing

@testable import Terminal

@Suite struct DelimitedTextTests {
    private static let nasty: [String] = [
        "", "a", "a b", "\t", "\n", "\r\n", "\\", "\\t", "\"", "a,b", "\"\"", "\u{1b}[2J", "世界",
    ]

    private func tsv(_ rows: [[String]]) -> String {
        let sink = OutputSink.memory()
        var writer = TSVWriter(sink: sink)
        for row in rows {
            for field in row { writer.field(field) }
            writer.endRow()
        }
        return String(decoding: sink.held, as: UTF8.self)
    }

    private func csv(_ rows: [[String]]) -> String {
        let sink = OutputSink.memory()
        var writer = CSVWriter(sink: sink)
        for row in rows {
            for field in row { writer.field(field) }
            writer.endRow()
        }
        return String(decoding: sink.held, as: UTF8.self)
    }

    @Test func writesOneLineForEachRow() {
        #expect(tsv([["a\tb", "c\nd"], ["e\\f\r", ""]]) == "a\\tb\tc\\nd\ne\\\\f\\r\t\n")
    }

    @Test func showsBytesThatAreNoTextAsEscapes() {
        let sink = OutputSink.memory()
        var writer = TSVWriter(sink: sink)
        writer.field(bytes: [0xFF, 0x1B])
        writer.endRow()
        #expect(sink.held == Array("\\xff\\x1b\n".utf8))
    }

    /// Also in a pipe, since `| head` ends on a terminal.
    @Test func escapesWhatCouldDriveATerminal() {
        #expect(
            tsv([["\u{1b}[2J", "a\tb\\", "\u{9b}\u{202e}"]]) == "\\x1b[2J\ta\\tb\\\\\t\\u009b\\u202e\n")
        #expect(
            csv([["\u{1b}[2J", "a\n\"b\"", "D\\u,\t"]]) == "\\x1b[2J,\"a\\n\"\"b\"\"\",\"D\\u,\\t\"\r\n")
    }

    @Test func quotesAsTheStandardSays() {
        #expect(csv([["a", "b,c", "d\"e"], ["f", "", "h"]]) == "a,\"b,c\",\"d\"\"e\"\r\nf,,h\r\n")
        #expect(csv([[""]]) == "\"\"\r\n")
    }

    @Test func isReadBackEqual() {
        var random = SeededRandom(for: "writes and reads rows")
        for _ in 0..<500 {
            let width = Int.random(in: 1...4, using: &random)
            let rows = (0..<Int.random(in: 0...5, using: &random)).map { _ in
                (0..<width).map { _ in
                    (0..<Int.random(in: 0...3, using: &random)).map { _ in
                        Self.nasty[Int.random(in: 0..<Self.nasty.count, using: &random)]
                    }.joined()
                }
            }
            #expect(Self.readTSV(tsv(rows)) == rows, "seed \(random.seed)")
            let safe = rows.map { $0.map { TerminalText.escape($0) } }
            #expect(Self.readCSV(csv(rows)) == safe, "seed \(random.seed)")
        }
    }

    private static func readTSV(_ text: String) -> [[String]] {
        text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { line in
            line.split(separator: "\t", omittingEmptySubsequences: false).map { field in
                var result = ""
                var rest = field
                while let scalar = rest.popFirst() {
                    guard scalar == "\\", let letter = rest.popFirst() else {
                        result.unicodeScalars.append(scalar)
                        continue
                    }
                    // The only such escape in these rows: `\x1b`.
                    if letter == "x" { rest.removeFirst(2) }
                    result.unicodeScalars.append(["t": "\t", "n": "\n", "r": "\r", "x": "\u{1b}"][letter] ?? letter)
                }
                return result
            }
        }
    }

    /// The grammar of RFC 4180, section 2.
    private static func readCSV(_ text: String) -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var field = ""
        var isQuoted = false
        var scalars = Array(text.unicodeScalars)[...]
        while let scalar = scalars.popFirst() {
            switch (isQuoted, scalar) {
            case (true, "\"") where scalars.first == "\"":
                field += "\""
                scalars.removeFirst()
            case (_, "\""): isQuoted.toggle()
            case (false, ","):
                row.append(field)
                field = ""
            case (false, "\r"):
                scalars.removeFirst()
                rows.append(row + [field])
                row = []
                field = ""
            default: field.unicodeScalars.append(scalar)
            }
        }
        return rows
    }
}
