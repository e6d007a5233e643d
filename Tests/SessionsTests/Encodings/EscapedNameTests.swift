import Sessions
import TestSupport
import Testing

/// Names that are shown and typed again.
struct EscapedNameTests {
    @Test(
        arguments: [
            ([0x61, 0xFF], "a\\xff"), ([0xC0, 0x80], "\\xc0\\x80"), ([0xE0, 0x80, 0x80], "\\xe0\\x80\\x80"),
            ([0xED, 0xA0, 0xBD], "\\ud83d"), ([0xF4, 0x90, 0x80, 0x80], "\\xf4\\x90\\x80\\x80"),
            ([0xE4, 0xB8, 0x96], "世"), ([0xFF, 0xE4, 0xB8, 0x96, 0xE4], "\\xff世\\xe4"), ([0x5C, 0x78], "\\x"),
        ] as [([UInt8], String)])
    func showsWhatIsNoTextAsEscapes(_ name: [UInt8], _ text: String) {
        #expect(EscapedName.text(of: name) == text)
        #expect(EscapedName.readings(of: text).contains(name))
    }

    @Test(
        arguments: [
            ("plain", ["plain"]), ("a\\nb\\t\\r", ["a\\nb\\t\\r", "a\nb\t\r"]),
            ("\\x1b\\u202e", ["\\x1b\\u202e", "\u{1b}\u{202e}"]),
            ("\\u{e0041}\\u{7}", ["\\u{e0041}\\u{7}", "\u{e0041}\u{7}"]), ("DOM\\alice", ["DOM\\alice"]),
            ("a\\\\nb", ["a\\\\nb", "a\\nb", "a\\\nb"]), ("\\", ["\\"]), ("\\x4", ["\\x4"]),
            ("\\u{110000}", ["\\u{110000}"]),
            ("\\u{", ["\\u{"]), ("\\u{}", ["\\u{}"]), ("$base64:YQ==", ["$base64:YQ==", "a"]),
        ] as [(String, [String])])
    func understandsEscapes(_ text: String, _ names: [String]) {
        #expect(EscapedName.readings(of: text).map { String(decoding: $0, as: UTF8.self) } == names)
    }

    @Test func anyBytesComeBack() {
        var random = SeededRandom(for: "names come back")
        for _ in 0..<2000 {
            let name = (0..<Int.random(in: 0...8, using: &random)).map { _ in
                [0x78, 0x66, 0x0A, 0xED, 0xA0, 0xBD, 0xE4, 0xFF].randomElement(using: &random) ?? UInt8(0)
            }
            #expect(EscapedName.readings(of: EscapedName.text(of: name)).contains(name), "seed \(random.seed)")
        }
    }
}
