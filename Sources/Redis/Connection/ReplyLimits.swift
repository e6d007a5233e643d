/// How much one batch of replies may hold, so that no server can make us take all memory.
package struct ReplyLimits: Sendable {
    /// Bytes of one string: the server's own limit is 512 MB (`proto-max-bulk-len`).
    package var valueBytes = 512 << 20
    /// Bytes of all strings of a batch together.
    package var batchBytes = 1 << 30
    /// Elements of a batch: values and array headers.
    package var elements = 16 << 20
    /// Arrays inside arrays. hiredis 0.14 stops at 7 by itself, 1.x at 1024.
    package var depth = 7
    /// Bytes of a status or error, of an integer, or of the length in front of a string.
    package var lineBytes = 64 << 10

    package init() {}

    /// The usual ones with closer bounds of one value and of a batch.
    package init(valueBytes: Int, batchBytes: Int) {
        self.valueBytes = valueBytes
        self.batchBytes = batchBytes
    }
}
