#if canImport(Darwin)
    import Darwin

    private let systemClose = Darwin.close
    private let systemSend = Darwin.send
    // The program ignores SIGPIPE; there is no flag for a single call.
    private let noSignal: CInt = 0
#else
    import Glibc

    private let systemClose = Glibc.close
    private let systemSend = Glibc.send
    private let noSignal = CInt(MSG_NOSIGNAL)
#endif

/// A non-blocking stream socket. Owns its descriptor.
final class Socket {
    enum Outcome {
        case moved(Int)
        /// Nothing can be moved now, or a signal came: wait and try again.
        case tryAgain
    }

    private(set) var descriptor: CInt

    /// Not connected yet.
    init(family: CInt) throws(RedisError.Cause) {
        #if canImport(Darwin)
            descriptor = socket(family, SOCK_STREAM, 0)
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        #else
            let type = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_NONBLOCK.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
            descriptor = socket(family, type, 0)
        #endif
        if descriptor < 0 { throw .system(.cannotConnect, errno) }
    }

    deinit {
        close()
    }

    func close() {
        guard descriptor >= 0 else { return }
        _ = systemClose(descriptor)
        descriptor = -1
    }

    func receive(into buffer: UnsafeMutableRawBufferPointer) throws(RedisError.Cause) -> Outcome {
        let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
        if count == 0 { throw .closedByServer }
        return try outcome(count)
    }

    /// A connection that is gone is an error here, not a SIGPIPE.
    func send(_ bytes: UnsafeRawBufferPointer) throws(RedisError.Cause) -> Outcome {
        try outcome(systemSend(descriptor, bytes.baseAddress, bytes.count, noSignal))
    }

    private func outcome(_ count: Int) throws(RedisError.Cause) -> Outcome {
        if count >= 0 { return .moved(count) }
        switch errno {
        case EAGAIN, EWOULDBLOCK, EINTR: return .tryAgain
        default: throw .system(.connectionLost, errno)
        }
    }
}
