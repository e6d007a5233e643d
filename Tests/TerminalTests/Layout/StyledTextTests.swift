import Testing

@testable import Terminal

@Suite struct StyledTextTests {
    @Test func escapesWhatIsAppended() {
        var text = StyledText("a\u{1b}", .name)
        text.append(bytes: [0xFF], .string)
        #expect(text.painted(by: Palette(isEnabled: false)) == "a\\x1b\\xff")
        #expect(text.columns == 9)
    }

    @Test func paintsEachPieceAlone() {
        var text = StyledText("a", .string)
        text.append("b")
        text.append("c", .number)
        #expect(text.painted(by: Palette(isEnabled: true)) == "\u{1b}[32ma\u{1b}[0mb\u{1b}[36mc\u{1b}[0m")
    }

    @Test(arguments: [
        (6, "abcdef"), (5, "abcd…"), (4, "abc…"), (3, "ab…"), (2, "a…"), (1, "…"), (0, ""),
    ]) func cutsAcrossPieces(columns: Int, shown: String) {
        var text = StyledText("abc", .name)
        text.append("def", .string)
        let cut = text.truncated(to: columns)
        #expect(cut.painted(by: Palette(isEnabled: false)) == shown)
        #expect(cut.columns == DisplayWidth.columns(of: shown))
    }

    @Test func cutsWideCharactersWhole() {
        var text = StyledText("世界", .name)
        text.append("x")
        #expect(text.truncated(to: 4).painted(by: Palette(isEnabled: false)) == "世…")
    }

    @Test func boundsOneValue() {
        #expect(StyledText(String(repeating: "x", count: 1_000_000)).columns == StyledText.usualLimit)
        var long = StyledText()
        long.append(String(repeating: "x", count: 10_000), limit: 20_000)
        #expect(long.columns == 10_000)
    }
}
