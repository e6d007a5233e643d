#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Reads lines from a pipe or a file: no prompt, no history.
package final class PlainLineEditor: LineEditor {
    /// The longest line, in bytes, that is taken: far above any command.
    package static let longestLine = 1 << 20

    private let descriptor: Int32
    private let interruption: () -> Bool
    private var buffer: [UInt8] = []
    /// Where in `buffer` the next line begins, and how far it was searched for a line feed.
    private var start = 0
    private var searched = 0
    private var isAtEnd = false
    /// How many lines were read, for messages.
    package private(set) var lineNumber = 0

    /// `interruption` is asked when a signal arrives: true gives `.interrupted`.
    package init(descriptor: Int32 = StandardStream.input.descriptor, interruption: @escaping () -> Bool = { false }) {
        self.descriptor = descriptor
        self.interruption = interruption
    }

    package func readLine(prompt: String) throws(TerminalError) -> LineInput {
        while true {
            if let end = buffer[searched...].firstIndex(of: 0x0A) { return .line(try take(upTo: end, skipping: 1)) }
            searched = buffer.count
            if isAtEnd { return start < buffer.count ? .line(try take(upTo: buffer.count, skipping: 0)) : .endOfInput }
            guard buffer.count - start <= Self.longestLine else {
                throw .lineTooLong(line: lineNumber + 1, limit: Self.longestLine)
            }
            guard try fill() else { return .interrupted }
        }
    }

    package func addHistory(_ line: String) {}

    private func take(upTo end: Int, skipping: Int) throws(TerminalError) -> String {
        lineNumber += 1
        let line = buffer[start..<end]
        start = end + skipping
        searched = start
        guard let text = String(validating: line, as: UTF8.self) else { throw .notText(line: lineNumber) }
        return text.utf8.last == 0x0D ? String(text.unicodeScalars.dropLast()) : text
    }

    /// Reads more; false if a signal ended the wait and the program wants to stop.
    private func fill() throws(TerminalError) -> Bool {
        buffer.removeSubrange(..<start)
        searched -= start
        start = 0
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                isAtEnd = count == 0
                buffer += chunk[..<count]
                return true
            }
            guard errno == EINTR else { throw .cannotRead(code: errno) }
            if interruption() { return false }
        }
    }
}
