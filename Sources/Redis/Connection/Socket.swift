import Glibc

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
        let type = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_NONBLOCK.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
        descriptor = socket(family, type, 0)
        if descriptor < 0 { throw .system(.cannotConnect, errno) }
    }

    deinit {
        close()
    }

    func close() {
        guard descriptor >= 0 else { return }
        _ = Glibc.close(descriptor)
        descriptor = -1
    }

    func receive(into buffer: UnsafeMutableRawBufferPointer) throws(RedisError.Cause) -> Outcome {
        let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
        if count == 0 { throw .closedByServer }
        return try outcome(count)
    }

    /// A connection that is gone is an error here, not a SIGPIPE.
    func send(_ bytes: UnsafeRawBufferPointer) throws(RedisError.Cause) -> Outcome {
        try outcome(Glibc.send(descriptor, bytes.baseAddress, bytes.count, CInt(MSG_NOSIGNAL)))
    }

    private func outcome(_ count: Int) throws(RedisError.Cause) -> Outcome {
        if count >= 0 { return .moved(count) }
        switch errno {
        case EAGAIN, EWOULDBLOCK, EINTR: return .tryAgain
        default: throw .system(.connectionLost, errno)
        }
    }
}
