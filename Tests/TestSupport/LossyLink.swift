import Foundation

/// A way to a server that breaks at one command: before the server gets it, or behind it, so that its answer is lost. What is connected anew goes
/// through.
///
///     let link = try LossyLink(to: server, losing: .answer, of: "EVALSHA", number: 1)
///     defer { link.stop() }
package final class LossyLink: @unchecked Sendable {
    /// What is lost.
    package enum Loss: String, Sendable, CaseIterable { case command, answer }

    /// Where it is reached.
    package var socketPath: String { link.socketPath }
    /// How often the command came by.
    package var count: Int { lock.withLock { seen } }
    private let link: UnixLink
    private let lock = NSLock()
    private var seen = 0

    /// - Parameters:
    ///   - number: of how many commands of the name the last is lost.
    ///   - meanwhile: done between the loss and what the client sees of it.
    package init(
        to server: RedisServer, losing loss: Loss, of command: String, number: Int,
        meanwhile: @escaping @Sendable () -> Void = {}
    ) throws {
        let name = Data(command.utf8)
        let path = server.socketPath + ".lossy"
        link = try UnixLink(at: path, to: server.socketPath)
        link.start { [weak self] piece in
            guard Data(piece).range(of: name) != nil, self?.next() == number else { return .pass }
            return loss == .command ? .cut(meanwhile) : .passAndCut(meanwhile)
        }
    }

    private func next() -> Int? {
        lock.withLock {
            seen += 1
            return seen
        }
    }

    /// Takes no more connections.
    package func stop() { link.stop() }
}
