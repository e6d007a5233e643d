import TestSupport
import Testing

@testable import Terminal

@Suite struct TableTests {
    private static let columns: [TableColumn] = [
        .rigid("ID"), .rigid("FORMAT"), .flexible("PRINCIPAL"), .rigid("IDLE", .trailing),
        .flexible("NOTE", minimum: 6),
    ]

    private static func rows() -> [[StyledText]] {
        [
            ["0a1b2c3d", "spring", "alice", "5 min", ""],
            ["4e5f6a7b", "tomcat", "世界の利用者 with a long name", "12 d", "❤\u{fe0f} ok"],
            ["x\u{1b}[31m", "jwt", "\u{202e}evil\nline", "1 s", "fin\u{0}al"],
            ["99", "spring"],
        ].map { row in
            row.enumerated().map { StyledText($1, $0 == 0 ? .identifier : nil) }
        }
    }

    private func render(width: Int?, colour: Bool = false, sampleSize: Int = 200) -> String {
        let sink = OutputSink.memory()
        var table = Table(
            Self.columns, width: width, palette: Palette(isEnabled: colour), sink: sink, sampleSize: sampleSize)
        for row in Self.rows() { table.append(row) }
        table.finish()
        return String(decoding: sink.held, as: UTF8.self)
    }

    @Test func showsWholeValuesWhereThereIsRoom() throws {
        try Golden.compare(render(width: nil), with: "table-wide.txt", in: #filePath)
    }

    @Test func cutsFlexibleColumnsToFitTheTerminal() throws {
        let text = render(width: 64)
        try Golden.compare(text, with: "table-64.txt", in: #filePath)
        for line in text.split(separator: "\n") { #expect(DisplayWidth.columns(of: String(line)) <= 64) }
    }

    @Test func keepsMinimumsOnATinyTerminal() throws {
        try Golden.compare(render(width: 10), with: "table-10.txt", in: #filePath)
    }

    @Test func coloursDoNotMoveColumns() throws {
        let plain = render(width: 64).split(separator: "\n")
        let coloured = render(width: 64, colour: true)
        try Golden.compare(coloured, with: "table-64-colour.txt", in: #filePath)
        for (line, other) in zip(coloured.split(separator: "\n"), plain) {
            #expect(DisplayWidth.columns(ofStyled: String(line)) == DisplayWidth.columns(of: String(other)))
        }
    }

    @Test func fixesWidthsByTheFirstRowsAndThenFlows() throws {
        try Golden.compare(render(width: 80, sampleSize: 1), with: "table-streamed.txt", in: #filePath)
    }

    @Test func holdsRowsBackOnlyUntilTheSampleIsFull() {
        let sink = OutputSink.memory()
        var table = Table([.rigid("A")], width: 80, palette: Palette(isEnabled: false), sink: sink, sampleSize: 2)
        table.append([StyledText("1")])
        #expect(sink.held.isEmpty)
        table.append([StyledText("22")])
        #expect(sink.held == Array("A\n1\n22\n".utf8))
        table.append([StyledText("333")])
        table.finish()
        #expect(sink.held == Array("A\n1\n22\n333\n".utf8))
    }

    @Test func showsOnlyTheHeaderOfAnEmptyTable() {
        let sink = OutputSink.memory()
        var table = Table([.rigid("A"), .rigid("B")], width: 80, palette: Palette(isEnabled: false), sink: sink)
        table.finish()
        #expect(sink.held == Array("A  B\n".utf8))
    }

    @Test(arguments: [
        ([30, 10, 20], 70, [30, 10, 20]), ([30, 10, 20], 60, [26, 10, 20]), ([30, 10, 20], 44, [15, 10, 15]),
        ([30, 10, 20], 0, [8, 10, 8]), ([9, 50, 8], 60, [8, 50, 8]),
    ]) func takesFromTheWidestFirst(natural: [Int], available: Int, expected: [Int]) {
        let columns: [TableColumn] = [.flexible("a"), .rigid("b"), .flexible("c")]
        #expect(ColumnWidths.fit(columns, natural: natural, available: available) == expected)
    }

    @Test func neverExceedsAMaximum() {
        let columns: [TableColumn] = [.flexible("a", maximum: 12), .rigid("b")]
        #expect(ColumnWidths.fit(columns, natural: [40, 5], available: nil) == [12, 5])
    }
}
