import CHiredis

/// hiredis' parser with reply functions that append to a `ReplyBatch`. The one owner of a `redisReader`.
final class ReplyReader {
    /// hiredis moves what it has not parsed down after every reply, so larger pieces make it slower.
    static let pieceSize = 16 << 10

    private var reader: UnsafeMutablePointer<redisReader>?
    /// Where the reply functions write; its address is in the reader.
    private let sink: UnsafeMutablePointer<chiredis_sink>
    /// The most that waited in the reader since it was made.
    private var largestPending = 0

    init() {
        sink = .allocate(capacity: 1)
        sink.initialize(to: .appendingToBatch)
        reader = chiredis_reader_create(sink)
    }

    deinit {
        if let reader { redisReaderFree(reader) }
        sink.deallocate()
    }

    /// Bytes that came and are not yet part of a whole reply.
    var pendingBytes: Int {
        guard let reader else { return 0 }
        return reader.pointee.len - reader.pointee.pos
    }

    /// Hands bytes from the server to the parser, which copies them.
    func feed(_ bytes: UnsafeRawBufferPointer) throws(RedisError.Cause) {
        guard let reader, redisReaderFeed(reader, bytes.baseAddress, bytes.count) == REDIS_OK else {
            throw .protocolViolation("no memory for the reply")
        }
        largestPending = max(largestPending, pendingBytes)
    }

    /// Appends up to `count` whole replies to the batch, and says how many there were.
    ///
    /// A reply that is not whole yet is begun in the batch: go on with the same batch.
    func take(upTo count: Int, into batch: inout ReplyBatch) throws(RedisError.Cause) -> Int {
        try withUnsafeMutablePointer(to: &batch) { batch throws(RedisError.Cause) in
            sink.pointee.target = UnsafeMutableRawPointer(batch)
            defer { sink.pointee.target = nil }
            var taken = 0
            while taken < count, try takeReply(into: batch) { taken += 1 }
            if taken < count { try checkPending(batch.pointee.limits) }
            return taken
        }
    }

    private func takeReply(into batch: UnsafeMutablePointer<ReplyBatch>) throws(RedisError.Cause) -> Bool {
        guard let reader else { throw .protocolViolation("no memory for the parser") }
        var reply: UnsafeMutableRawPointer?
        let status = redisReaderGetReply(reader, &reply)
        if let limit = batch.pointee.passedLimit { throw .overLimit(limit) }
        guard status == REDIS_OK else {
            throw .protocolViolation(String(cString: chiredis_reader_error(reader)))
        }
        return reply != nil
    }

    /// The parser waits for the end of a line or string however long it is said to be. This is where that ends.
    private func checkPending(_ limits: ReplyLimits) throws(RedisError.Cause) {
        guard let reader, let start = reader.pointee.buf, pendingBytes > limits.lineBytes else { return }
        let rest = UnsafeRawBufferPointer(start: start + reader.pointee.pos, count: pendingBytes)
        // What waits is behind its type byte: a string, which begins with its length, or a line without an end.
        guard let lineEnd = rest.prefix(24).firstIndex(of: UInt8(ascii: "\r")),
            let length = Int(String(decoding: rest[..<lineEnd], as: UTF8.self))
        else { throw .protocolViolation("a line of more than \(limits.lineBytes) bytes") }
        if length > limits.valueBytes {
            throw .overLimit("a string of \(length) bytes, more than \(limits.valueBytes)")
        }
    }

    /// Gives back the memory that a very large reply took. Between replies only.
    func trim() {
        guard largestPending > 4 << 20, pendingBytes == 0 else { return }
        if let reader { redisReaderFree(reader) }
        reader = chiredis_reader_create(sink)
        largestPending = 0
    }
}

extension chiredis_sink {
    /// Closures without context, as C needs them: the batch comes as `target`.
    fileprivate static var appendingToBatch: chiredis_sink {
        chiredis_sink(
            target: nil,
            string: { target, type, bytes, length in
                let kind: ReplyElement.Kind =
                    switch type {
                    case REDIS_REPLY_STATUS: .status
                    case REDIS_REPLY_ERROR: .error
                    default: .string
                    }
                batch(target)?.pointee.addBytes(kind, from: bytes, count: length)
            },
            integer: { target, value in batch(target)?.pointee.addInteger(value) },
            null: { target in batch(target)?.pointee.addNull() },
            array: { target, count, depth in
                batch(target)?.pointee.addArray(count: count, depth: depth)
            })
    }
}

private func batch(_ target: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<ReplyBatch>? {
    target?.assumingMemoryBound(to: ReplyBatch.self)
}
