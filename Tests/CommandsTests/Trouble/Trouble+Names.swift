import TestSupport

/// Text that acts on a terminal, or hides in one.
enum TerminalAttack {
    /// 24 kinds, each with what it is called.
    static let all: [(name: String, text: [UInt8])] = [
        ("newline", [0x0a]), ("carriage return", [0x0d]), ("tab", [0x09]), ("NUL", [0]), ("bell", [7]),
        ("backspace", [8]),
        ("escape", [0x1b]), ("clear screen", Array("\u{1b}[2J\u{1b}[H".utf8)), ("colour", Array("\u{1b}[31;5m".utf8)),
        ("title", Array("\u{1b}]0;owned\u{7}".utf8)), ("OSC 52 clipboard", Array("\u{1b}]52;c;cm0gLXJmIH4=\u{7}".utf8)),
        ("DECRQSS", Array("\u{1b}P$q\"p\u{1b}\\".utf8)), ("device status", Array("\u{1b}[6n".utf8)),
        ("hyperlink", Array("\u{1b}]8;;http://localhost/\u{1b}\\x\u{1b}]8;;\u{1b}\\".utf8)),
        ("alternate screen", Array("\u{1b}[?1049h".utf8)), ("DEL", [0x7f]), ("C1 CSI", Array("\u{9b}31m".utf8)),
        ("C1 OSC", Array("\u{9d}0;x\u{9c}".utf8)), ("raw C1 byte", [0x9b, 0x33, 0x31, 0x6d]),
        ("bidi override", Array("\u{202e}txt.exe".utf8)), ("bidi isolate", Array("\u{2066}a\u{2069}".utf8)),
        ("zero width", Array("\u{200b}\u{200d}\u{feff}".utf8)), ("line separator", Array("\u{2028}\u{2029}".utf8)),
        ("tag characters", Array("\u{e0041}\u{e007f}".utf8)),
    ]
}

extension Trouble {
    /// Keys and ids of odd bytes.
    static func names() -> [Trouble] {
        let attacks = TerminalAttack.all.map { attack -> Trouble in
            let id = Array("id".utf8) + attack.text
            return Trouble(
                "\(attack.name) in id, attribute name, value and unknown field",
                [
                    Array("HSET".utf8), Array("spring:session:sessions:".utf8) + id, Array("lastAccessedTime".utf8),
                    JavaBytes.long(1_795_419_000_000), Array("sessionAttr:".utf8) + attack.text,
                    JavaBytes.string(attack.text),
                    attack.text, attack.text, Array("sessionAttr:class".utf8),
                    JavaBytes.object(of: Array("demo.".utf8) + attack.text),
                ])
        }
        return attacks + shapes()
    }

    private static func shapes() -> [Trouble] {
        let long = [UInt8](repeating: UInt8(ascii: "k"), count: 64 << 10)
        return [
            Trouble(
                "bytes that are no UTF-8 in a key",
                session("x", namespace: "bad").replacing(1, [0xff, 0xfe] + Array(":sessions:".utf8) + [0xc0, 0x80])),
            Trouble("a key of 64 KB", session("x").replacing(1, Array("spring:session:sessions:".utf8) + long)),
            Trouble("the empty key", [Array("SET".utf8), [], Array("x".utf8)]),
            Trouble("an empty id", session("")),
            Trouble("an empty namespace", session("id", namespace: "")),
            Trouble("an id that is a word of the format", session("expirations", namespace: "words")),
            Trouble("an id that begins as a shadow key", session("expires:abc")),
            Trouble("an id with colons", session("a:b:c:sessions:d")),
            Trouble("a namespace in braces", session("tagged", namespace: "{spring:session}")),
            Trouble("a namespace of colons", session("colons", namespace: "::::")),
            Trouble("glob characters in an id", session("a*b?[c]\\d")),
            Trouble("an id that looks like an option", session("--all")),
            Trouble("an id that looks like a path", session("../../etc/passwd")),
            Trouble("a decomposed accent in an id", session("e\u{301}")),
        ]
    }
}

extension Array where Element == [UInt8] {
    /// The same command with another argument at `index`.
    func replacing(_ index: Int, _ argument: [UInt8]) -> [[UInt8]] {
        var copy = self
        copy[index] = argument
        return copy
    }
}
