import Foundation

/// A terminal of a test's own: what a person would type goes in at one side, what they would see comes out.
package final class PseudoTerminal: @unchecked Sendable {
    package let master: Int32
    /// The side that the program has as its terminal.
    package let slave: Int32
    package let path: String
    private var seen = ""

    package init(rows: UInt16 = 24, columns: UInt16 = 80) throws {
        // posix_openpt and its relatives are hidden from Swift by their header; this is what they do on Linux.
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var lock: Int32 = 0
        var number: Int32 = 0
        let setLock: UInt = 0x4004_5431
        let getNumber: UInt = 0x8004_5430
        guard master >= 0, ioctl(master, setLock, &lock) == 0, ioctl(master, getNumber, &number) == 0 else {
            throw FixtureError("no pseudo-terminal: \(errno)")
        }
        path = "/dev/pts/\(number)"
        slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard slave >= 0 else { throw FixtureError("cannot open \(path): \(errno)") }
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    }

    deinit {
        close(slave)
        close(master)
    }

    package func type(_ text: String) {
        type(bytes: Array(text.utf8))
    }

    package func type(bytes: [UInt8]) {
        _ = bytes.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
    }

    /// Waits until `text` is on the screen behind what earlier calls waited for, and returns everything up to it.
    @discardableResult
    package func wait(for text: String, seconds: Double = 20) throws -> String {
        let end = Date().addingTimeInterval(seconds)
        while true {
            if let found = seen.range(of: text) {
                let result = String(seen[..<found.upperBound])
                seen = String(seen[found.upperBound...])
                return result
            }
            guard Date() < end else {
                throw FixtureError("waited for \(text.debugDescription), saw \(seen.debugDescription)")
            }
            var request = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
            guard poll(&request, 1, 100) > 0 else { continue }
            var bytes = [UInt8](repeating: 0, count: 4096)
            let count = read(master, &bytes, bytes.count)
            guard count > 0 else { throw FixtureError("closed, saw \(seen.debugDescription)") }
            seen += String(decoding: bytes[..<count], as: UTF8.self)
        }
    }

    /// The terminal's settings, to see whether they come back.
    package var settings: [UInt32] {
        var current = termios()
        tcgetattr(slave, &current)
        let keys = withUnsafeBytes(of: current.c_cc) { $0.map(UInt32.init) }
        return [current.c_iflag, current.c_oflag, current.c_lflag] + keys
    }
}
