import Synchronization

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Finds the addresses of a host. A name is looked up in a thread of its own: getaddrinfo knows no timeout and no interruption.
final class HostLookup: Sendable {
    private enum Outcome {
        case addresses([SocketAddress])
        case failed(String)
    }

    private let host: String
    private let port: String
    private let outcome = Mutex<Outcome?>(nil)
    /// The thread closes its end when it is done.
    private let readEnd: CInt
    private let writeEnd: CInt

    /// The addresses in the order in which they should be tried.
    static func addresses(
        of host: String, port: UInt16, patience: Patience, deadline: Deadline
    ) throws(RedisError.Cause) -> [SocketAddress] {
        if case .addresses(let numeric) = resolve(host, String(port), flags: AI_NUMERICHOST) { return numeric }
        let lookup = try HostLookup(host, String(port))
        lookup.start()
        _ = try patience.wait(
            for: POLLIN, on: lookup.readEnd, until: deadline, timeout: "no answer to the look-up of the host's name")
        switch lookup.outcome.withLock({ $0 }) {
        case .addresses(let addresses): return addresses
        case .failed(let message): throw RedisError.Cause(kind: .cannotConnect, message: message)
        case nil: throw RedisError.Cause(kind: .cannotConnect, message: "the host's name was not looked up")
        }
    }

    private init(_ host: String, _ port: String) throws(RedisError.Cause) {
        self.host = host
        self.port = port
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .system(.cannotConnect, errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        readEnd = ends[0]
        writeEnd = ends[1]
    }

    deinit {
        close(readEnd)
    }

    /// The thread holds the look-up alive, also when nobody waits for it any more.
    private func start() {
        let context = Unmanaged.passRetained(self)
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread: pthread_t = 0
        #endif
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, CInt(PTHREAD_CREATE_DETACHED))
        let status = pthread_create(
            &thread, &attributes,
            { argument in
                let context: UnsafeMutableRawPointer? = argument
                guard let context else { return nil }
                Unmanaged<HostLookup>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context.toOpaque())
        if status != 0 {
            context.release()
            close(writeEnd)
        }
    }

    private func run() {
        let result = Self.resolve(host, port, flags: 0)
        outcome.withLock { $0 = result }
        close(writeEnd)
    }

    private static func resolve(_ host: String, _ port: String, flags: CInt) -> Outcome {
        var hints = addrinfo()
        hints.ai_flags = flags
        #if canImport(Darwin)
            hints.ai_socktype = SOCK_STREAM
        #else
            hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        #endif
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, port, &hints, &list)
        guard status == 0 else { return .failed(String(cString: gai_strerror(status))) }
        defer { freeaddrinfo(list) }
        var addresses: [SocketAddress] = []
        var entry = list
        while let info = entry?.pointee {
            if let address = info.ai_addr {
                addresses.append(SocketAddress(copying: address, length: info.ai_addrlen))
            }
            entry = info.ai_next
        }
        return .addresses(addresses)
    }
}
