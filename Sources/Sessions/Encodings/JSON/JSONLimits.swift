/// How much a JSON text may ask for before it is refused with an error that names the limit.
///
/// Reading costs about 20 bytes of memory for each value and name beside the text itself, and no stack.
public struct JSONLimits: Hashable, Sendable {
    /// The longest text in bytes. Never more than 2³¹ − 1, whatever is set here.
    public var bytes: Int
    /// The most arrays and objects open at once.
    public var depth: Int
    /// The most values and member names in all.
    public var nodes: Int

    /// Limits for data that is shown or compared: 64 MiB, two million levels, eight million values and names.
    public init(bytes: Int = 64 << 20, depth: Int = 2_000_000, nodes: Int = 8_000_000) {
        self.bytes = bytes
        self.depth = depth
        self.nodes = nodes
    }
}
