#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

extension TerminalError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .cannotWrite(let code): "cannot write the output: \(Self.message(code))"
        case .cannotRead(let code): "cannot read the input: \(Self.message(code))"
        case .notText(let line): "line \(line) of the input is not UTF-8"
        case .lineTooLong(let line, let limit): "line \(line) of the input is longer than \(limit) bytes"
        case .noTerminal(let code): "no terminal to ask on: \(Self.message(code))"
        case .interrupted: "interrupted"
        case .pagerFailed(let command, let status):
            "the pager \"\(TerminalText.escape(command))\" ended with status \(status)"
        case .historyUnavailable(let path, let code):
            "cannot use the history file \(TerminalText.escape(path)): \(Self.message(code))"
        }
    }

    private static func message(_ code: Int32) -> String {
        // strerror_r in its POSIX form is not visible to Swift; the program has one thread that prints.
        guard let text = strerror(code) else { return "error \(code)" }
        return String(cString: text)
    }
}
