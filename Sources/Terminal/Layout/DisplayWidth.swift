/// How many columns of a terminal a text takes.
///
/// Columns are counted per character as libc's `wcwidth` does, which is also how tmux, xterm and the VTE terminals
/// place text: two for East Asian wide characters and emoji, none for combining marks.
package enum DisplayWidth {
    /// The columns of `text`, which must be escaped text: without control characters.
    package static func columns(of text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + columns(of: $1.value) }
    }

    /// The columns of text that also holds colours as a `Palette` writes them.
    package static func columns(ofStyled text: String) -> Int {
        var total = 0
        var isInColour = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\u{1B}": isInColour = true
            case "m" where isInColour: isInColour = false
            default: total += isInColour ? 0 : columns(of: scalar.value)
            }
        }
        return total
    }

    static func columns(of scalar: UInt32) -> Int {
        if scalar < 0x300 { return 1 }
        if CharacterTables.contains(scalar, in: CharacterTables.zeroWidth) { return 0 }
        return CharacterTables.contains(scalar, in: CharacterTables.wide) ? 2 : 1
    }
}
