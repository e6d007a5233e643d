import Foundation
import Testing

@testable import Terminal

@Suite struct DisplayWidthTests {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("ü", 1), ("e\u{301}", 1), ("漢字", 4), ("カナ", 4), ("ｱ", 1), ("한국", 4),
        ("\u{1112}\u{1161}\u{11ab}", 2),
        ("😀", 2), ("❤\u{fe0f}", 1), ("⌚", 2), ("🇩🇪", 2), ("👍🏽", 4), ("1\u{fe0f}\u{20e3}", 1), ("ที่", 1), ("क्षि", 3),
        ("…", 1), ("│└", 2),
        ("ＡＢ", 4), ("🪿", 2), ("\u{20000}", 2), ("\u{e000}", 1),
    ]) func counts(text: String, columns: Int) {
        #expect(DisplayWidth.columns(of: text) == columns)
    }

    @Test func leavesColoursOut() {
        #expect(DisplayWidth.columns(ofStyled: Palette(isEnabled: true).paint("mm漢", .failure) + "m") == 5)
    }

    /// libc is what tmux, less and readline ask. Where both know a character they must agree, but for a handful that
    /// libc takes from its own lists.
    @Test func agreesWithTheSystem() throws {
        // The header hides it from Swift.
        let symbol = try #require(dlsym(nil, "wcwidth"))
        let wcwidth = unsafeBitCast(symbol, to: (@convention(c) (wchar_t) -> Int32).self)
        let locale = try #require(newlocale(LC_CTYPE_MASK, "C.UTF-8", nil))
        let before = uselocale(locale)
        defer {
            uselocale(before)
            freelocale(locale)
        }
        var compared = 0
        var different: [UInt32] = []
        for value in UInt32(0x20)...0x10FFFF where !(0xD800...0xDFFF).contains(value) {
            let theirs = wcwidth(wchar_t(value))
            let isHidden = value < 0xA0 || CharacterTables.contains(value, in: CharacterTables.hidden)
            guard theirs >= 0, !isHidden else { continue }
            compared += 1
            if Int(theirs) != DisplayWidth.columns(of: value) { different.append(value) }
        }
        #expect(compared > 280_000)
        #expect(different.count < 100, "\(different.map { String($0, radix: 16) })")
    }
}
