/// Bounds on what one stream may ask for, so that a hostile one costs bounded time and memory.
///
/// Each is named in the error that it causes. The defaults read every session seen in practice; a graph of
/// two million nested lists fits.
public struct JavaStreamLimits: Sendable, Hashable {
    /// Longest stream, in bytes.
    public var bytes: Int
    /// Deepest nesting of objects, arrays and class descriptions.
    public var depth: Int
    /// Most nodes (objects, strings, arrays, blocks of data) in one graph.
    public var nodes: Int
    /// Most slots (places for a field's, element's or class's data) for each byte of the stream.
    ///
    /// Fields are reserved per object, so a small stream can describe one wide class and name it many times:
    /// without this bound the arena would grow with the square of the stream.
    public var slotsPerByte: Int

    /// The defaults, with any of them replaced.
    public init(
        bytes: Int = 512 << 20, depth: Int = 2_500_000, nodes: Int = 16_000_000, slotsPerByte: Int = 16
    ) {
        self.bytes = min(bytes, Int(Int32.max) / 2)
        self.depth = depth
        self.nodes = min(nodes, Int(Int32.max) / 2)
        self.slotsPerByte = slotsPerByte
    }

    /// The number of slots that a stream of `byteCount` bytes may reserve; small streams get a floor.
    func slots(forByteCount byteCount: Int) -> Int {
        let (product, overflow) = max(byteCount, 1024).multipliedReportingOverflow(by: slotsPerByte)
        return overflow ? Int(Int32.max) / 2 : min(product, Int(Int32.max) / 2)
    }
}
