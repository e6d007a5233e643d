/// Words as a line that a shell takes apart into the same words; the program's own shell as well.
enum ShellLine {
    /// The line, with words in quotes where they need them.
    static func text(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }

    private static func quoted(_ word: String) -> String {
        let isPlain = !word.isEmpty && word.utf8.allSatisfy { isPlainByte($0) }
        return isPlain ? word : "'" + word.replacing("'", with: #"'"'"'"#) + "'"
    }

    private static func isPlainByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-_./:,=@%+".utf8.contains(byte)
        }
    }
}
