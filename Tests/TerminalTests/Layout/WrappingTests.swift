import Testing

@testable import Terminal

/// Text that goes on in further lines, and tables that are too wide for the terminal.
@Suite struct WrappingTests {
    private func lines(_ text: String, _ limit: Int, hanging: Int = 0) -> [String] {
        StyledText(text).wrapped(to: limit, hanging: hanging).map { $0.painted(by: Palette(isEnabled: false)) }
    }

    @Test(
        arguments: [
            ("one two three", 80, ["one two three"]), ("one two three", 13, ["one two three"]),
            ("one two three", 12, ["one two", "three"]), ("one two three", 7, ["one two", "three"]),
            ("one two three", 6, ["one", "two", "three"]), ("abcdefgh", 3, ["abc", "def", "gh"]),
            ("a abcdefgh b", 4, ["a", "abcd", "efgh", "b"]), ("a   b", 3, ["a", "b"]), ("", 5, [""]),
            ("日本語日本語", 5, ["日本", "語日", "本語"]), ("日本 語日", 6, ["日本", "語日"]), ("😀😀😀", 4, ["😀😀", "😀"]),
            ("e\u{301}e\u{301}e\u{301}", 2, ["e\u{301}e\u{301}", "e\u{301}"]), ("日本", 1, ["日", "本"]),
        ])
    func partsAtBlanksAndElseWhereTheLineEnds(_ text: String, _ limit: Int, _ expected: [String]) {
        #expect(lines(text, limit) == expected)
    }

    @Test func leavesRoomForAnIndentFromTheSecondLineOn() {
        #expect(lines("aa bb cc dd ee", 5, hanging: 2) == ["aa bb", "cc", "dd", "ee"])
    }

    @Test func keepsColours() {
        var text = StyledText("red ", .warning)
        text.append("plain red")
        let lines = text.wrapped(to: 9).map { $0.painted(by: Palette(isEnabled: true)) }
        #expect(lines.count == 2 && lines[0].hasPrefix("\u{1b}[") && lines[0].hasSuffix("plain") && lines[1] == "red")
    }

    private func table(_ width: Int, sampleSize: Int = 200, _ rows: [[String]]) -> String {
        let sink = OutputSink.memory()
        var table = Table(
            [.rigid("ID"), .flexible("PRINCIPAL"), .wrapping("FINDING", minimum: 10)], width: width,
            palette: Palette(isEnabled: false), sink: sink, sampleSize: sampleSize)
        for row in rows { table.append(row.map { StyledText($0) }) }
        table.finish()
        return String(decoding: sink.held, as: UTF8.self)
    }

    private static let row = ["0123456789abcdef", "世界の利用者", "expired no-expiry stored-password"]

    @Test func wrapsAColumnBelowItself() {
        #expect(
            table(48, [Self.row]) == """
                ID                PRINCIPAL     FINDING
                0123456789abcdef  世界の利用者  expired
                                                no-expiry
                                                stored-password

                """)
    }

    @Test func isOneBlockARowWhereColumnsDoNotFit() {
        #expect(
            table(24, [Self.row, ["f", "", "expired"]]) == """
                ID         0123456789abc
                           def
                PRINCIPAL  世界の利用者
                FINDING    expired
                           no-expiry
                           stored-passwo
                           rd

                ID         f
                FINDING    expired

                """)
    }

    @Test func namesStandAboveWhereHardlyAnyRoomIs() {
        #expect(
            table(16, [["0123456789abcdef", "bob", "expired"]])
                == "ID\n  0123456789abcd\n  ef\nPRINCIPAL\n  bob\nFINDING\n  expired\n")
    }

    /// The widths are fixed by then.
    @Test func aLaterRowThatIsTooWideIsABlock() {
        let text = table(
            40, sampleSize: 1, [["short", "bob", "expired"], [String(repeating: "x", count: 50), "ann", "x"]])
        let expected =
            "ID         " + String(repeating: "x", count: 29) + "\n           " + String(repeating: "x", count: 21)
        #expect(text.hasPrefix("ID     PRINCIPAL  FINDING\nshort  bob        expired\n\(expected)\nPRINCIPAL  ann\n"))
    }

    @Test(arguments: [2, 5, 12, 16, 20, 24, 32, 40, 60, 80])
    func noLineIsWiderThanTheTerminal(_ width: Int) {
        for size in [1, 200] {
            let rows = [["a", "b", "c"], Self.row, ["😀😀😀😀😀😀😀😀😀😀", "日本語日本語日本語日本語", "x y z"]]
            for line in table(width, sampleSize: size, rows).split(separator: "\n") {
                #expect(DisplayWidth.columns(of: String(line)) <= max(4, width), "\(line)")
            }
        }
    }
}
