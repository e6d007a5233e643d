import Glibc

/// Bytes to and from one server: the socket, the parser behind it, and the waiting.
///
/// Every read and write that cannot be done at once waits in `poll`, where timeouts and interruption are seen.
final class Wire {
    private let socket: Socket
    private let reader = ReplyReader()
    private let patience: Patience
    private let timeout: Duration
    /// What one read brought; `unfed` is the part the parser has not had.
    private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    private var unfed = 0..<0

    init(_ socket: Socket, patience: Patience, timeout: Duration) {
        self.socket = socket
        self.patience = patience
        self.timeout = timeout
    }

    deinit {
        input.deallocate()
    }

    /// Whether something came that no command has asked for.
    var hasUnreadReplies: Bool { !unfed.isEmpty || reader.pendingBytes > 0 }

    func close() {
        socket.close()
    }

    /// Writes everything. Replies that come meanwhile are taken in, so that two full pipes cannot wait for each other.
    func write(_ bytes: UnsafeRawBufferPointer) throws(RedisError.Cause) {
        var rest = bytes[...]
        while !rest.isEmpty {
            if patience.interruption() { throw .interrupted }
            if case .moved(let count) = try socket.send(UnsafeRawBufferPointer(rebasing: rest)) {
                rest = rest.dropFirst(count)
            } else if try wait(for: POLLIN | POLLOUT) & POLLIN != 0 {
                try feedParser()
            }
        }
    }

    /// Reads until `count` replies are whole, and appends them to the batch.
    func read(_ count: Int, into batch: inout ReplyBatch) throws(RedisError.Cause) {
        var missing = count
        while missing > 0 {
            missing -= try reader.take(upTo: missing, into: &batch)
            if missing > 0 { try feedParser() }
        }
        reader.trim()
    }

    /// Gives the parser its next piece: of what is here, or of what the server sends next.
    private func feedParser() throws(RedisError.Cause) {
        if unfed.isEmpty { try receive() }
        let piece = unfed.prefix(ReplyReader.pieceSize)
        unfed = piece.endIndex..<unfed.endIndex
        try reader.feed(UnsafeRawBufferPointer(rebasing: input[piece]))
    }

    private func receive() throws(RedisError.Cause) {
        while true {
            if patience.interruption() { throw .interrupted }
            if case .moved(let count) = try socket.receive(into: input) {
                unfed = 0..<count
                return
            }
            _ = try wait(for: POLLIN)
        }
    }

    private func wait(for events: Int32) throws(RedisError.Cause) -> Int32 {
        try patience.wait(
            for: events, on: socket.descriptor, until: Deadline(after: timeout),
            timeout: "no progress for \(timeout.brief)")
    }
}
