/// Finds private keys as PEM inside of other text, with all of their lines (RFC 7468 §2): of Base64 alone the first line can be told.
enum PrivateKeyBlocks {
    private static let (begin, end) = (Array("-----BEGIN ".utf8), Array("-----END ".utf8))
    private static let (label, dashes) = (Array("PRIVATE KEY".utf8), Array("-----".utf8))
    /// Labels are short: `ENCRYPTED PRIVATE KEY`.
    private static let longestLabel = 64

    /// The blocks from the first hyphen to the last one, in order; one without an end reaches to that of the text.
    static func places(in text: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var rest = text[...]
        while let start = rest.firstRange(of: begin) {
            rest = rest[start.upperBound...]
            guard let head = rest.prefix(longestLabel).firstRange(of: dashes),
                rest[..<head.lowerBound].firstRange(of: label) != nil
            else { continue }
            rest = rest[head.upperBound...]
            let place = start.lowerBound..<blockEnd(in: rest)
            found.append(place)
            rest = rest[place.upperBound...]
        }
        return found
    }

    private static func blockEnd(in text: ArraySlice<UInt8>) -> Int {
        guard let foot = text.firstRange(of: end) else { return text.endIndex }
        let label = text[foot.upperBound...].prefix(longestLabel)
        return label.firstRange(of: dashes)?.upperBound ?? foot.upperBound
    }

    /// Whether the hyphen at `index` may be the last one before `BEGIN`.
    static func mayBegin(behind index: Int, in text: borrowing Span<UInt8>) -> Bool {
        index + 2 < text.count && text[index + 1] == UInt8(ascii: "B") && text[index + 2] == UInt8(ascii: "E")
    }
}
