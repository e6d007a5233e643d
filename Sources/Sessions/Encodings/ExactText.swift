/// Text that is the same only where each code point is: Java and Redis know nothing of the equivalence by which Swift compares strings, to
/// which a precomposed letter and the same one with a combining mark are equal (session-formats, ch. 17.1).
public struct ExactText: Hashable, Comparable, Sendable {
    /// The text.
    public let string: String

    /// Wraps `string`.
    public init(_ string: String) { self.string = string }

    /// Whether both have the same code points.
    public static func == (one: ExactText, other: ExactText) -> Bool { one.string.isExactly(other.string) }

    /// The order of code points.
    public static func < (one: ExactText, other: ExactText) -> Bool {
        one.string.utf8.lexicographicallyPrecedes(other.string.utf8)
    }

    /// By the code points.
    public func hash(into hasher: inout Hasher) {
        var string = string
        string.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

extension StringProtocol {
    /// Whether `other` has the same code points.
    package func isExactly(_ other: some StringProtocol) -> Bool { utf8.elementsEqual(other.utf8) }

    /// What stands behind `beginning`, whatever code point that begins with; nil where the text begins otherwise.
    package func rest(behind beginning: String) -> String? {
        utf8.starts(with: beginning.utf8) ? String(decoding: utf8.dropFirst(beginning.utf8.count), as: UTF8.self) : nil
    }
}
