/// Counts the rows that output takes on a screen, to know when a pager is needed.
struct ScreenMeter {
    private let screen: TerminalSize
    private var rows = 0
    private var column = 0
    private var isInColour = false

    init(screen: TerminalSize) {
        self.screen = screen
    }

    /// Whether the output no longer fits above the line where the shell will write its prompt.
    var isFull: Bool { rows + (column > 0 ? 1 : 0) >= screen.rows }

    /// Counts safe text, colours included.
    mutating func add(_ bytes: ArraySlice<UInt8>) {
        for byte in bytes {
            switch byte {
            case 0x0A: endLine()
            case 0x1B: isInColour = true
            case 0x6D where isInColour: isInColour = false
            // Continuation bytes of UTF-8: counting one column for each character is near enough to fill a screen.
            case 0x80..<0xC0: break
            default: if !isInColour { advance() }
            }
        }
    }

    private mutating func advance() {
        column += 1
        if column > screen.columns {
            rows += 1
            column = 1
        }
    }

    private mutating func endLine() {
        rows += 1
        column = 0
    }
}
