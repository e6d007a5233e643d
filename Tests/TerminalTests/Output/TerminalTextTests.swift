import Foundation
import TestSupport
import Testing

@testable import Terminal

@Suite struct TerminalTextTests {
    @Test func leavesOrdinaryTextAlone() {
        for text in [
            "", "alice", "Grüße, 世界", "a\\b", "e\u{301}", "❤\u{fe0f}", "1\u{fe0f}\u{20e3}", "🇩🇪", "👍🏽", "\u{e000}",
        ] {
            #expect(TerminalText.escape(text) == text)
        }
    }

    /// Each attack with what has to be seen instead.
    static let attacks: [(name: String, bytes: [UInt8], shown: String)] = [
        ("clears the screen", Array("\u{1b}[2J".utf8), "\\x1b[2J"),
        ("moves the cursor", Array("\u{1b}[1;1Hroot".utf8), "\\x1b[1;1Hroot"),
        ("sets the window title", Array("\u{1b}]0;pwned\u{7}".utf8), "\\x1b]0;pwned\\x07"),
        ("writes the clipboard", Array("\u{1b}]52;c;cm0=\u{1b}\\".utf8), "\\x1b]52;c;cm0=\\x1b\\"),
        ("links elsewhere", Array("\u{1b}]8;;http://e/\u{7}x".utf8), "\\x1b]8;;http://e/\\x07x"),
        ("asks the terminal to answer", Array("\u{1b}[6n\u{5}".utf8), "\\x1b[6n\\x05"),
        ("sends a device string", Array("\u{1b}P+q544e\u{1b}\\".utf8), "\\x1bP+q544e\\x1b\\"),
        ("uses an 8-bit CSI", Array("\u{9b}2J".utf8), "\\u009b2J"),
        ("uses a raw 8-bit CSI", [0x9B, 0x32, 0x4A], "\\x9b2J"),
        ("overwrites the line", Array("good\rbad".utf8), "good\\rbad"),
        ("erases with backspace", Array("rm\u{8}\u{8}ls".utf8), "rm\\x08\\x08ls"),
        ("starts a line", Array("a\nb\u{2028}c\u{2029}d\u{85}e".utf8), "a\\nb\\u2028c\\u2029d\\u0085e"),
        ("shifts columns", Array("a\tb\u{b}c\u{c}".utf8), "a\\tb\\x0bc\\x0c"),
        ("changes the character set", [0x0E, 0x0F, 0x1B, 0x28, 0x30], "\\x0e\\x0f\\x1b(0"),
        ("ends a C string", [0x61, 0x00, 0x62, 0x7F], "a\\x00b\\x7f"),
        (
            "turns the reading direction", Array("\u{202e}gpj.exe\u{2066}\u{2069}\u{200f}\u{61c}".utf8),
            "\\u202egpj.exe\\u2066\\u2069\\u200f\\u061c"
        ),
        ("hides in no width", Array("ad\u{200b}min\u{feff}\u{2060}\u{ad}".utf8), "ad\\u200bmin\\ufeff\\u2060\\u00ad"),
        ("joins emoji", Array("👩\u{200d}💻".utf8), "👩\\u200d💻"),
        ("hides tags", Array("x\u{e0041}\u{e007f}".utf8), "x\\u{e0041}\\u{e007f}"),
        ("hides data in selectors", Array("x\u{fe0f}\u{fe01}\u{e0100}".utf8), "x\\ufe0f\\ufe01\\u{e0100}"),
        (
            "uses noncharacters", [0xEF, 0xB7, 0x90, 0xEF, 0xBF, 0xBF, 0xF4, 0x8F, 0xBF, 0xBF],
            "\\ufdd0\\uffff\\u{10ffff}"
        ),
        ("brings lone surrogates", [0xED, 0xA0, 0x80, 0xED, 0xBF, 0xBF], "\\ud800\\udfff"),
        (
            "is overlong", [0xC0, 0x9B, 0xE0, 0x80, 0x9B, 0xF0, 0x80, 0x80, 0x9B],
            "\\xc0\\x9b\\xe0\\x80\\x9b\\xf0\\x80\\x80\\x9b"
        ),
        ("is beyond Unicode", [0xF4, 0x90, 0x80, 0x80, 0xF5, 0xFF], "\\xf4\\x90\\x80\\x80\\xf5\\xff"),
        ("breaks off", [0xE4, 0xB8], "\\xe4\\xb8"),
        ("marks what was written before", Array("\u{301}x".utf8), "\\u0301x"),
        (
            "stacks marks over other lines", Array(("a" + String(repeating: "\u{301}", count: 8)).utf8),
            "a" + String(repeating: "\u{301}", count: 6) + "\\u0301\\u0301"
        ),
        ("fills with blanks that look like nothing", Array("\u{115f}\u{3164}\u{ffa0}".utf8), "\\u115f\\u3164\\uffa0"),
    ]

    @Test(arguments: attacks.indices) func disarms(_ index: Int) {
        let attack = Self.attacks[index]
        let shown = TerminalText.escape(bytes: attack.bytes)
        #expect(shown == attack.shown, "\(attack.name)")
        #expect(TerminalText.escape(shown) == shown, "escaping twice is escaping once")
    }

    @Test func keepsLineFeedsWhenAsked() {
        #expect(TerminalText.escape("a\n\u{301}\u{1b}", keepLines: true) == "a\n\\u0301\\x1b")
    }

    @Test func doublesBackslashesWhenReversible() {
        #expect(TerminalText.escape("a\\b\u{1b}\\", as: .reversible) == "a\\\\b\\x1b\\\\")
    }

    @Test func staysTheSameStringForAJSONParser() throws {
        let value = "a\u{7f}\u{85}\u{202e}\u{e0041}\\ü\u{200d}"
        let json = String(decoding: try JSONEncoder().encode([value]), as: UTF8.self)
        let safe = TerminalText.escape(json, as: .json)
        #expect(safe.unicodeScalars.allSatisfy { $0.value < 0x7F || $0 == "ü" })
        #expect(try JSONDecoder().decode([String].self, from: Data(safe.utf8)) == [value])
    }

    @Test func letsNothingDangerousThroughFromRandomBytes() {
        var random = SeededRandom(for: "escapes random bytes")
        let pieces: [[UInt8]] =
            Self.attacks.map(\.bytes) + ["a", "é", "世", "🎉", "\\", "\u{20dd}"].map { Array($0.utf8) }
        for _ in 0..<20_000 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0...12, using: &random) {
                if Bool.random(using: &random) {
                    bytes.append(UInt8.random(in: 0...255, using: &random))
                } else {
                    bytes += pieces[Int.random(in: 0..<pieces.count, using: &random)]
                }
            }
            expectSafe(bytes, columns: Int.random(in: 0...20, using: &random), seed: random.seed)
        }
    }

    private func expectSafe(_ bytes: [UInt8], columns: Int, seed: UInt64) {
        let whole = TerminalText.escape(bytes: bytes)
        let fitted = TerminalText.fitted(bytes, columns: columns)
        let isSafe = [whole, fitted.text].allSatisfy { $0.unicodeScalars.allSatisfy(Self.isHarmless) }
        #expect(isSafe, "\(bytes), seed \(seed)")
        #expect(!whole.contains("\u{FFFD}") || bytes.contains(0xBD), "\(bytes), seed \(seed)")
        #expect(fitted.columns == DisplayWidth.columns(of: fitted.text) && fitted.columns <= columns, "\(bytes)")
        #expect(TerminalText.escape(whole) == whole, "\(bytes), seed \(seed)")
    }

    /// Told from Unicode's own properties, not from the tables that are tested.
    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        if scalar == "\u{fe0f}" || scalar == "\u{fe0e}" { return true }
        let properties = scalar.properties
        let forbidden: [Unicode.GeneralCategory] = [.control, .format, .lineSeparator, .paragraphSeparator, .surrogate]
        return !forbidden.contains(properties.generalCategory) && !properties.isBidiControl
            && !properties.isDefaultIgnorableCodePoint && !properties.isNoncharacterCodePoint
            && !properties.isJoinControl
    }

    @Test(arguments: [
        ("hello", 5, "hello"), ("hello", 4, "hel…"), ("hello", 1, "…"), ("hello", 0, ""), ("", 0, ""),
        ("世界世界", 8, "世界世界"), ("世界世界", 7, "世界世…"), ("世界世界", 6, "世界…"), ("世界", 2, "…"),
        ("a\u{1b}b", 6, "a\\x1bb"), ("a\u{1b}b", 5, "a…"), ("e\u{301}e\u{301}e", 2, "e\u{301}…"),
        ("ab\u{301}", 2, "ab\u{301}"),
    ]) func cutsByColumns(text: String, columns: Int, shown: String) {
        #expect(TerminalText.fit(text, columns: columns) == shown)
    }

    @Test func cutsHugeTextQuickly() {
        let huge = String(repeating: "x\u{1b}", count: 5_000_000)
        let clock = ContinuousClock()
        let time = clock.measure { #expect(TerminalText.fit(huge, columns: 40).utf8.count <= 43) }
        #expect(time < .milliseconds(500))
    }

    @Test func knowsEveryCharacterThatMustNotBeSeenRaw() {
        for value in UInt32(0x80)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value), !Self.isHarmless(scalar) else { continue }
            #expect(CharacterTables.contains(value, in: CharacterTables.hidden), "U+\(String(value, radix: 16))")
        }
    }
}
