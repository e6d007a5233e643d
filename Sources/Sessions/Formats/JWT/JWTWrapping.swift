/// What stands around a token that was pasted or stored: white space, quotation marks, the word `Bearer`.
public struct JWTWrapping: Hashable, Sendable {
    /// Where the token itself is in the input.
    public private(set) var range: Range<Int>
    /// White space stood around it.
    public private(set) var hasSpace = false
    /// `Bearer` stood before it, as in an `Authorization` header (RFC 6750 §2.1).
    public private(set) var hasBearer = false
    /// It stood in quotation marks.
    public private(set) var hasQuotes = false

    /// Finds the token in `bytes` by taking off at most one layer of quotation marks and one `Bearer`, and all space.
    public init(_ bytes: [UInt8]) {
        range = 0..<bytes.count
        trim(bytes)
        for _ in 0..<2 {
            takeQuotes(bytes)
            takeBearer(bytes)
        }
    }

    private mutating func trim(_ bytes: [UInt8]) {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, Hexadecimal.isSpace(bytes[start]) { start += 1 }
        while start < end, Hexadecimal.isSpace(bytes[end - 1]) { end -= 1 }
        if start..<end != range { hasSpace = true }
        range = start..<end
    }

    private mutating func takeQuotes(_ bytes: [UInt8]) {
        guard !hasQuotes, range.count >= 2 else { return }
        let (first, last) = (bytes[range.lowerBound], bytes[range.upperBound - 1])
        guard first == last, first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") else { return }
        hasQuotes = true
        range = range.lowerBound + 1..<range.upperBound - 1
        trim(bytes)
    }

    private mutating func takeBearer(_ bytes: [UInt8]) {
        let word = Array("bearer".utf8)
        guard !hasBearer, range.count > word.count else { return }
        let end = range.lowerBound + word.count
        // Schemes are compared without regard to case (RFC 9110 §11.1).
        guard bytes[range.lowerBound..<end].elementsEqual(word, by: { $0 | 0x20 == $1 }) else { return }
        guard Hexadecimal.isSpace(bytes[end]) else { return }
        hasBearer = true
        let hadSpace = hasSpace
        range = end..<range.upperBound
        trim(bytes)
        hasSpace = hadSpace
    }
}
