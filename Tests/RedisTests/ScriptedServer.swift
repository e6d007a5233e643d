import Foundation
import Redis
import TestSupport

/// A server that is none: it answers to each piece that comes with the next of the bytes it was given.
final class ScriptedServer: @unchecked Sendable {
    enum Ending: Sendable {
        /// Says nothing any more, but stays.
        case silence
        case close
        /// Says the last bytes again and again until nobody listens.
        case repetition
        /// The same with a pause of so many milliseconds before each.
        case drip(UInt32)
    }

    let endpoint: RedisEndpoint
    private let listener: Listener

    /// `answers` begin with that to our CLIENT SETNAME, if `greets` is not set.
    init(_ answers: [String], greets: Bool = true, then ending: Ending = .silence) throws {
        let (descriptor, port) = try LoopbackPort.bound()
        let listener = Listener(descriptor: descriptor)
        self.listener = listener
        endpoint = RedisEndpoint(.tcp(host: "127.0.0.1", port: port))
        listen(descriptor, 5)
        let script = ((greets ? ["+OK\r\n"] : []) + answers).map { Array($0.utf8) }
        Thread.detachNewThread { Self.serve(listener, script, ending) }
    }

    deinit {
        shutdown(listener.descriptor, Int32(SHUT_RDWR))
    }

    func connect(
        limits: ReplyLimits = ReplyLimits(), connect: Duration = .seconds(3), progress: Duration = .seconds(10)
    ) throws(RedisError) -> RedisConnection {
        try RedisConnection.connect(
            to: endpoint, timeouts: RedisTimeouts(connect: connect, progress: progress), limits: limits)
    }

    private static func serve(_ listener: Listener, _ script: [[UInt8]], _ ending: Ending) {
        let peer = accept(listener.descriptor, nil, nil)
        guard peer >= 0 else { return }
        defer { close(peer) }
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        for answer in script {
            guard recv(peer, &piece, piece.count, 0) > 0 else { return }
            guard say(answer, to: peer) else { return }
        }
        switch ending {
        case .close: return
        case .silence: while recv(peer, &piece, piece.count, 0) > 0 {}
        case .drip(let pause):
            repeat { usleep(pause * 1000) } while say(script.last ?? [], to: peer)
        case .repetition: while say(script.last ?? [], to: peer) {}
        }
    }

    private static func say(_ bytes: [UInt8], to peer: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(peer, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}

/// Closed when neither the server nor its thread needs it, so that its number is not used again too early.
private final class Listener: Sendable {
    let descriptor: Int32

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }
}
