#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Asks for a password on the terminal itself, whatever standard input and output are, without showing what is typed.
package enum PasswordPrompt {
    /// The longest password that is taken.
    static let longest = 4096

    /// Shows `prompt` (safe text) and reads until Enter.
    ///
    /// The terminal is as before on every way out. Signals that would end the program wait until it is; Ctrl-C and
    /// Ctrl-D on an empty line throw `TerminalError.interrupted`.
    package static func read(prompt: String, device: String = "/dev/tty") throws(TerminalError) -> [UInt8] {
        let descriptor = open(device, O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw .noTerminal(code: errno) }
        defer { close(descriptor) }
        let terminal = try SilentTerminal(descriptor)
        defer { terminal.restore() }
        _ = DescriptorWriter.write(Array(prompt.utf8), to: descriptor) { false }
        defer { _ = DescriptorWriter.write([0x0A], to: descriptor) { false } }
        return try readKeys(from: terminal)
    }

    private static func readKeys(from terminal: borrowing SilentTerminal) throws(TerminalError) -> [UInt8] {
        var line = PasswordLine()
        while true {
            switch line.type(try terminal.key()) {
            case .more: break
            case .done: return line.bytes
            case .interrupted: throw .interrupted
            case .tooLong: throw .lineTooLong(line: 1, limit: longest)
            }
        }
    }
}
