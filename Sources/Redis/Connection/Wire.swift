#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Bytes to and from one server: the socket, the parser behind it, and the waiting.
///
/// Every read and write that cannot be done at once waits in `poll`, where timeouts and interruption are seen.
final class Wire {
    private let socket: Socket
    private let reader = ReplyReader()
    private let patience: Patience
    private let timeout: Duration
    private let limits: ReplyLimits
    private var input = InputBuffer()
    /// Milliseconds without a byte that are a silence.
    private static let moment: CInt = 10
    /// Set while something is due as a whole: a server that sends a byte now and then makes progress and gets nowhere.
    var phase: Phase?

    /// Something that must have happened before its end, and what is said where it has not.
    struct Phase {
        let end: Deadline
        let timeout: String
    }

    init(_ socket: Socket, patience: Patience, timeout: Duration, limits: ReplyLimits) {
        self.socket = socket
        self.patience = patience
        self.timeout = timeout
        self.limits = limits
    }

    /// Whether something came that no command has asked for.
    var hasUnreadReplies: Bool { input.count > 0 || reader.pendingBytes > 0 }

    func close() {
        socket.close()
    }

    /// Writes everything. Replies that come meanwhile are taken in, so that two full pipes cannot wait for each other.
    func write(_ bytes: UnsafeRawBufferPointer) throws(RedisError.Cause) {
        var rest = bytes[...]
        while !rest.isEmpty {
            try checkPatience()
            if case .moved(let count) = try socket.send(UnsafeRawBufferPointer(rebasing: rest)) {
                rest = rest.dropFirst(count)
            } else if try wait(for: POLLIN | POLLOUT) & POLLIN != 0 {
                try takeBacklog()
            }
        }
    }

    /// Reads until `count` replies are whole, and appends them to the batch.
    ///
    /// - Parameters:
    ///   - limits: closer ones than the connection's own; nil for these.
    ///   - whenSilent: called where nothing comes for a moment, before it is waited longer.
    func read(
        _ count: Int, into batch: inout ReplyBatch, within limits: ReplyLimits?, whenSilent: (() -> Void)? = nil
    ) throws(RedisError.Cause) {
        batch.limits = limits ?? self.limits
        var missing = count
        while missing > 0 {
            missing -= try reader.take(upTo: missing, into: &batch)
            if missing > 0 { try feedParser(whenSilent) }
        }
        reader.trim()
    }

    private func takeBacklog() throws(RedisError.Cause) {
        _ = try receive()
        if input.count > limits.batchBytes {
            throw .protocolViolation("more than \(limits.batchBytes) bytes while we write")
        }
    }

    /// Gives the parser its next piece: of what is here, or of what the server sends next.
    private func feedParser(_ whenSilent: (() -> Void)?) throws(RedisError.Cause) {
        var tell = whenSilent
        while input.count == 0 {
            try checkPatience()
            guard case .tryAgain = try receive() else { continue }
            if let silent = tell {
                tell = nil
                if !patience.isReady(for: POLLIN, on: socket.descriptor, within: Self.moment) { silent() }
            } else {
                _ = try wait(for: POLLIN)
            }
        }
        try input.take(ReplyReader.pieceSize) { piece throws(RedisError.Cause) in try reader.feed(piece) }
    }

    private func receive() throws(RedisError.Cause) -> Socket.Outcome {
        try input.fill { room throws(RedisError.Cause) in try socket.receive(into: room) }
    }

    private func checkPatience() throws(RedisError.Cause) {
        if patience.interruption() { throw .interrupted }
        guard let phase, phase.end.millisecondsLeft == 0 else { return }
        throw RedisError.Cause(kind: .timedOut, message: phase.timeout)
    }

    private func wait(for events: Int32) throws(RedisError.Cause) -> Int32 {
        let end = Deadline(after: timeout)
        if let phase, phase.end.millisecondsLeft <= end.millisecondsLeft {
            return try patience.wait(
                for: events, on: socket.descriptor, until: phase.end, timeout: phase.timeout)
        }
        return try patience.wait(
            for: events, on: socket.descriptor, until: end, timeout: "no progress for \(timeout.brief)")
    }
}
