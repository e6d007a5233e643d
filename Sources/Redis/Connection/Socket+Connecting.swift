#if canImport(Darwin)
    import Darwin

    private let systemConnect = Darwin.connect
#else
    import Glibc

    private let systemConnect = Glibc.connect
#endif

extension Socket {
    /// Connects to the first of the host's addresses that answers, or to the unix socket, before the deadline.
    /// `timeout` is what is said behind it.
    static func connected(
        to address: RedisEndpoint.Address, before deadline: Deadline, timeout message: String, patience: Patience
    ) throws(RedisError.Cause) -> Socket {
        let candidates =
            switch address {
            case .unix(let path): [try SocketAddress(unixPath: path)]
            case .tcp(let host, let port):
                try HostLookup.addresses(of: host, port: port, patience: patience, deadline: deadline)
            }
        var failure = RedisError.Cause(kind: .cannotConnect, message: "the host has no address")
        for candidate in candidates {
            do {
                let socket = try Socket(family: candidate.family)
                try socket.connect(to: candidate, patience: patience, deadline: deadline, timeout: message)
                return socket
            } catch {
                if error.kind == .interrupted { throw error }
                failure = error
            }
        }
        throw failure
    }

    private func connect(
        to address: SocketAddress, patience: Patience, deadline: Deadline, timeout: String
    ) throws(RedisError.Cause) {
        var code = startConnecting(to: address)
        // A unix socket whose queue is full says EAGAIN, and poll would not wait for it.
        while code == EAGAIN {
            if patience.interruption() { throw .interrupted }
            if deadline.millisecondsLeft == 0 { throw RedisError.Cause(kind: .timedOut, message: timeout) }
            poll(nil, 0, 10)
            code = startConnecting(to: address)
        }
        if code == EINPROGRESS || code == EINTR {
            _ = try patience.wait(for: POLLOUT, on: descriptor, until: deadline, timeout: timeout)
            code = pendingError()
        }
        if code != 0 { throw .system(.cannotConnect, code) }
        if address.family != AF_UNIX { sendAtOnce() }
    }

    private func startConnecting(to address: SocketAddress) -> CInt {
        let status = address.withPointer { systemConnect(descriptor, $0, $1) == 0 ? 0 : errno }
        return status ?? EINVAL
    }

    private func pendingError() -> CInt {
        var code: CInt = 0
        var length = socklen_t(MemoryLayout<CInt>.size)
        return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length) == 0 ? code : errno
    }

    /// No waiting for more to send: a batch is one write.
    private func sendAtOnce() {
        var on: CInt = 1
        setsockopt(descriptor, CInt(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<CInt>.size))
    }
}
