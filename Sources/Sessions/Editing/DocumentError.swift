/// Why JSON that somebody wrote stands for no value, or for no change: what is wrong, and where in the text.
public struct DocumentError: Error, Hashable, Sendable, CustomStringConvertible {
    /// One sentence for people, with the way to the place; names come from the data.
    public let description: String
    /// The byte of the text at which the wrong part begins.
    public let offset: Int

    init(_ description: String, at offset: Int) {
        self.description = description
        self.offset = offset
    }

    init(_ description: String, at node: JSONNode) {
        self.init(description, at: max(0, node.sourceRange.lowerBound - (node.kind == .string ? 1 : 0)))
    }

    /// Where `offset` is in the text: line and column (in characters), from 1.
    public func position(in text: [UInt8]) -> (line: Int, column: Int) {
        let before = text.prefix(offset)
        let line = before.reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return (line, String(decoding: before[start...], as: UTF8.self).count + 1)
    }
}
