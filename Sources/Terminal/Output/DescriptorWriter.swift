#if canImport(Darwin)
    import Darwin

    private let systemWrite = Darwin.write
#else
    import Glibc

    private let systemWrite = Glibc.write
#endif

/// Writes bytes to a file descriptor until all are gone or nobody wants them.
enum DescriptorWriter {
    enum Outcome: Equatable {
        case done
        /// The reader has closed its end, as `head` does: not an error.
        case readerIsGone
        case failed(TerminalError)
    }

    /// Writes all of `bytes`. A signal does not lose any; it ends the writing only if `interruption` says so.
    static func write(_ bytes: [UInt8], to descriptor: Int32, interruption: () -> Bool) -> Outcome {
        var start = 0
        while start < bytes.count {
            let written = bytes.withUnsafeBytes { all in
                systemWrite(descriptor, all.baseAddress.map { $0 + start }, all.count - start)
            }
            if written >= 0 {
                start += written
                continue
            }
            switch errno {
            case EINTR:
                if interruption() { return .failed(.interrupted) }
            case EAGAIN:
                // Somebody who shares the descriptor (ssh, tmux) made it non-blocking.
                var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&request, 1, 100)
                if interruption() { return .failed(.interrupted) }
            case EPIPE, ECONNRESET: return .readerIsGone
            case let code: return .failed(.cannotWrite(code: code))
            }
        }
        return .done
    }
}
