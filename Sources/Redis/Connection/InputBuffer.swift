/// Bytes that the server has sent and the parser has not had yet.
struct InputBuffer: ~Copyable {
    private static let readSize = 64 << 10

    private var storage = UnsafeMutableRawBufferPointer.allocate(byteCount: readSize, alignment: 16)
    private var filled = 0..<0

    deinit {
        storage.deallocate()
    }

    var count: Int { filled.count }

    /// Lets `read` write behind what is there, and keeps as much as it says it has moved.
    mutating func fill(
        _ read: (UnsafeMutableRawBufferPointer) throws(RedisError.Cause) -> Socket.Outcome
    ) throws(RedisError.Cause) -> Socket.Outcome {
        if filled.isEmpty { startAnew() }
        if storage.count - filled.upperBound < Self.readSize { grow() }
        let outcome = try read(UnsafeMutableRawBufferPointer(rebasing: storage[filled.upperBound...]))
        if case .moved(let count) = outcome { filled = filled.lowerBound..<filled.upperBound + count }
        return outcome
    }

    /// Hands the next bytes, at most `most`, to `body`, and forgets them.
    mutating func take(
        _ most: Int, _ body: (UnsafeRawBufferPointer) throws(RedisError.Cause) -> Void
    ) throws(RedisError.Cause) {
        let piece = filled.prefix(most)
        filled = piece.endIndex..<filled.endIndex
        try body(UnsafeRawBufferPointer(rebasing: storage[piece]))
    }

    /// The memory of a long backlog is given back.
    private mutating func startAnew() {
        filled = 0..<0
        if storage.count > Self.readSize { replaceStorage(Self.readSize) }
    }

    private mutating func grow() {
        replaceStorage(max(storage.count * 2, filled.count + Self.readSize))
    }

    private mutating func replaceStorage(_ size: Int) {
        let moved = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
        moved.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[filled]))
        storage.deallocate()
        storage = moved
        filled = 0..<filled.count
    }
}
