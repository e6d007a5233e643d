import Foundation

/// Stands between clients and a server, at a Unix socket of its own, and sees what clients send.
final class UnixLink: @unchecked Sendable {
    /// What becomes of a piece that a client has sent.
    enum Fate {
        case pass
        case drop
        /// What is to be done before the client sees it.
        case cut(() -> Void)
        case passAndCut(() -> Void)
    }

    let socketPath: String
    private let target: String
    private let listener: Int32
    private let isStopped = Flag()

    /// Microseconds that a server may take to run what came before the link is cut.
    private static let patience: useconds_t = 100_000

    init(at path: String, to target: String) throws {
        unlink(path)
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        let status = Self.withAddress(of: path) { bind(descriptor, $0, $1) }
        guard descriptor >= 0, status == 0, listen(descriptor, 16) == 0 else {
            throw RedisServerError("cannot listen at \(path)")
        }
        (socketPath, self.target, listener) = (path, target, descriptor)
    }

    deinit { stop() }

    /// Takes no more connections; those that are there go on until either side closes them.
    ///
    /// Once alone: the thread closes the listener then, and its number may be another's by the next time.
    func stop() {
        if isStopped.set() { shutdown(listener, Int32(SHUT_RDWR)) }
    }

    /// Begins to take connections.
    ///
    /// - Parameters:
    ///   - bytes: how many are passed on at once.
    ///   - pause: microseconds between two pieces.
    func start(bytes: Int = 64 << 10, pause: useconds_t = 0, fate: @escaping @Sendable ([UInt8]) -> Fate) {
        let (listener, target) = (listener, target)
        Thread.detachNewThread {
            defer { close(listener) }
            while case let client = accept(listener, nil, nil), client >= 0 {
                let server = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
                guard Self.withAddress(of: target, { connect(server, $0, $1) }) == 0 else {
                    close(server)
                    close(client)
                    continue
                }
                Thread.detachNewThread { Self.pass(client, server, bytes, pause, fate) }
            }
        }
    }

    private static func pass(
        _ client: Int32, _ server: Int32, _ bytes: Int, _ pause: useconds_t,
        _ fate: @escaping @Sendable ([UInt8]) -> Fate
    ) {
        let isDone = DispatchSemaphore(value: 0)
        let isCut = Flag()
        Thread.detachNewThread {
            copy(from: client, to: server, bytes, pause) { piece in
                let fate = fate(piece)
                if case .pass = fate { return fate }
                isCut.set()
                return fate
            }
            isDone.signal()
        }
        copy(from: server, to: client, 64 << 10, 0) { _ in isCut.isSet ? .drop : .pass }
        isDone.wait()
        close(client)
        close(server)
    }

    /// Passes on what comes until there is no more, and ends both directions then.
    private static func copy(
        from source: Int32, to target: Int32, _ bytes: Int, _ pause: useconds_t, _ fate: ([UInt8]) -> Fate
    ) {
        defer {
            shutdown(source, Int32(SHUT_RDWR))
            shutdown(target, Int32(SHUT_RDWR))
        }
        var piece = [UInt8](repeating: 0, count: bytes)
        while case let received = recv(source, &piece, piece.count, 0), received > 0 {
            let fate = fate(Array(piece[..<received]))
            if case .drop = fate { continue }
            if case .cut(let meanwhile) = fate { return meanwhile() }
            guard write(piece[..<received], to: target) else { return }
            if case .passAndCut(let meanwhile) = fate {
                usleep(patience)
                return meanwhile()
            }
            if pause > 0 { usleep(pause) }
        }
    }

    private static func write(_ piece: ArraySlice<UInt8>, to target: Int32) -> Bool {
        var rest = piece
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { send(target, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else { return false }
            rest = rest.dropFirst(sent)
        }
        return true
    }

    private static func withAddress(
        of path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
    }
}

/// Set once, and seen by other threads.
private final class Flag: @unchecked Sendable {
    private let lock = NSLock()
    private var value = false

    var isSet: Bool { lock.withLock { value } }

    /// Whether it was not set before.
    @discardableResult func set() -> Bool {
        lock.withLock {
            defer { value = true }
            return !value
        }
    }
}
