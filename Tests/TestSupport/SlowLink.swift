import Foundation

/// A way to a server on which what is sent there takes its time, some bytes after the others: the server gets the commands of one batch one by
/// one. Answers come back at once.
///
///     let link = try SlowLink(to: server)
///     defer { link.stop() }
package final class SlowLink: @unchecked Sendable {
    /// Where it is reached.
    package let socketPath: String
    private let listener: Int32

    /// Bytes that are passed on at once: fewer than a question about a session takes.
    private static let bytesAtOnce = 48
    /// Microseconds between them.
    private static let pause: useconds_t = 4000

    package init(to server: RedisServer) throws {
        let (path, target) = (server.socketPath + ".slow", server.socketPath)
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        let status = Self.withAddress(of: path) { bind(descriptor, $0, $1) }
        guard descriptor >= 0, status == 0, listen(descriptor, 16) == 0 else {
            throw RedisServerError("cannot listen at \(path)")
        }
        (socketPath, listener) = (path, descriptor)
        Thread.detachNewThread { Self.accept(at: descriptor, for: target) }
    }

    deinit { stop() }

    /// Takes no more connections; those that are there go on until either side closes them.
    package func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    private static func accept(at listener: Int32, for target: String) {
        defer { close(listener) }
        while true {
            let client = Glibc.accept(listener, nil, nil)
            guard client >= 0 else { return }
            let server = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
            guard withAddress(of: target, { connect(server, $0, $1) }) == 0 else {
                close(server)
                close(client)
                continue
            }
            Thread.detachNewThread { pass(between: client, and: server) }
        }
    }

    private static func pass(between client: Int32, and server: Int32) {
        let isDone = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            copy(from: client, to: server, atOnce: bytesAtOnce, pause: pause)
            isDone.signal()
        }
        copy(from: server, to: client, atOnce: 64 << 10, pause: 0)
        isDone.wait()
        close(client)
        close(server)
    }

    /// Passes on what comes until there is no more, and ends both directions then.
    private static func copy(from source: Int32, to target: Int32, atOnce: Int, pause: useconds_t) {
        defer {
            shutdown(source, Int32(SHUT_RDWR))
            shutdown(target, Int32(SHUT_RDWR))
        }
        var piece = [UInt8](repeating: 0, count: atOnce)
        while true {
            let received = recv(source, &piece, piece.count, 0)
            guard received > 0 else { return }
            var rest = piece[..<received]
            while !rest.isEmpty {
                let sent = rest.withUnsafeBytes { send(target, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
                guard sent > 0 else { return }
                rest = rest.dropFirst(sent)
            }
            if pause > 0 { usleep(pause) }
        }
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
