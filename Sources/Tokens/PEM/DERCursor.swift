/// A place in DER (X.690 §10), for the few bytes that say what kind of key a structure holds.
///
/// It only finds the way to the key's algorithm; keys themselves are read by swift-crypto.
struct DERCursor {
    private let bytes: [UInt8]
    private var range: Range<Int>

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        range = 0..<bytes.count
    }

    private init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        self.range = range
    }

    var isAtEnd: Bool { range.isEmpty }
    var content: [UInt8] { Array(bytes[range]) }
    var nextTag: UInt8? { range.isEmpty ? nil : bytes[range.lowerBound] }

    /// Steps over the next element, if it has this tag, and returns a cursor that cannot leave its content.
    mutating func take(_ tag: UInt8) -> DERCursor? {
        guard nextTag == tag else { return nil }
        var position = range.lowerBound + 1
        guard let length = length(at: &position), length <= range.upperBound - position else { return nil }
        let content = position..<position + length
        range = content.upperBound..<range.upperBound
        return DERCursor(bytes, content)
    }

    /// One byte below 128, or the number of bytes that follow (§8.1.3); more than three are no key.
    private func length(at position: inout Int) -> Int? {
        guard position < range.upperBound else { return nil }
        let first = Int(bytes[position])
        position += 1
        guard first >= 0x80 else { return first }
        let count = first & 0x7f
        guard (1...3).contains(count), count <= range.upperBound - position else { return nil }
        defer { position += count }
        return bytes[position..<position + count].reduce(0) { $0 << 8 | Int($1) }
    }
}

/// The tags that occur on the way.
extension DERCursor {
    static let integer: UInt8 = 0x02
    static let bitString: UInt8 = 0x03
    static let octetString: UInt8 = 0x04
    static let objectIdentifier: UInt8 = 0x06
    static let sequence: UInt8 = 0x30
    /// `[0] EXPLICIT`
    static let parameters: UInt8 = 0xa0
}
