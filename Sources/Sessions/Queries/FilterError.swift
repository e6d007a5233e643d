/// Why a filter cannot be understood, and where.
public struct FilterError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong and what would be right.
    public let message: String
    /// The character at which it is wrong, counted from 1.
    public let column: Int

    /// One line: message and column.
    /// The message with its column.
    public var description: String { "\(message) (column \(column))" }
}
