import Foundation

/// A way to a server on which somebody else does something between two commands: when a certain one has come by, and the server has not got it.
///
///     let link = try ActingLink(to: server)
///     defer { link.stop() }
///     link.act(at: ["PEXPIRETIME", key]) { _ = try? server.command("DEL", key) }
package final class ActingLink: @unchecked Sendable {
    /// Where it is reached.
    package var socketPath: String { link.socketPath }
    /// How often something was done.
    package var count: Int { lock.withLock { done } }
    private let link: UnixLink
    private let lock = NSLock()
    private var done = 0
    private var next: (words: [Data], action: () -> Void)?

    /// - Parameter bytes: how many are passed on at once: so a batch of commands comes in pieces, and each waits for what is done at it.
    package init(to server: RedisServer, bytes: Int = 64 << 10) throws {
        link = try UnixLink(at: server.socketPath + ".acting", to: server.socketPath)
        link.start(bytes: bytes) { [weak self] piece in
            self?.take(Data(piece))?()
            return .pass
        }
    }

    /// Does something once: at the next piece of what a client sends in which all of these words are.
    package func act(at words: [String], _ action: @escaping @Sendable () -> Void) {
        lock.withLock { next = (words.map { Data($0.utf8) }, action) }
    }

    /// What is to be done at a piece; nil for nothing.
    private func take(_ piece: Data) -> (() -> Void)? {
        lock.withLock {
            guard let found = next, found.words.allSatisfy({ piece.range(of: $0) != nil }) else { return nil }
            next = nil
            done += 1
            return found.action
        }
    }

    /// Takes no more connections; those that are there go on until either side closes them.
    package func stop() { link.stop() }
}
