/// One command that a change will send, with all its words.
public struct PlannedCommand: Sendable, Hashable {
    /// The command's name, the key, and what else belongs to it, as they go over the wire.
    public let words: [[UInt8]]
    /// What its key is for.
    public let role: GroupedKey.Role
    /// Whether the change is not made without it. What only tidies up may fail, such as at a key of another type: the change is made
    /// and the failure told.
    public let isEssential: Bool
    /// Which of the words are values of the session, which may be secret.
    public let values: [Int]

    /// Creates a command of its words; `name` is the Redis manual's, in capitals.
    public init(
        _ name: String, _ key: [UInt8], _ arguments: [[UInt8]] = [], role: GroupedKey.Role, isEssential: Bool = true,
        values: [Int] = []
    ) {
        words = [Array(name.utf8), key] + arguments
        self.role = role
        self.isEssential = isEssential
        self.values = values
    }

    /// The command's name.
    public var name: String { String(decoding: words[0], as: UTF8.self) }
    /// The key that it writes.
    public var key: [UInt8] { words[1] }
    /// What stands behind the key.
    public var arguments: ArraySlice<[UInt8]> { words[2...] }
}
