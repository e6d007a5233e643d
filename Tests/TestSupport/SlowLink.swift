import Foundation

/// A way to a server on which what is sent there takes its time, some bytes after the others: the server gets the commands of one batch one by
/// one. Answers come back at once.
///
///     let link = try SlowLink(to: server)
///     defer { link.stop() }
package final class SlowLink: @unchecked Sendable {
    /// Where it is reached.
    package var socketPath: String { link.socketPath }
    private let link: UnixLink

    /// Bytes that are passed on at once: fewer than a question about a session takes.
    private static let bytesAtOnce = 48
    /// Microseconds between them.
    private static let pause: useconds_t = 4000

    package init(to server: RedisServer) throws {
        link = try UnixLink(at: server.socketPath + ".slow", to: server.socketPath)
        link.start(bytes: Self.bytesAtOnce, pause: Self.pause) { _ in .pass }
    }

    /// Takes no more connections; those that are there go on until either side closes them.
    package func stop() { link.stop() }
}
