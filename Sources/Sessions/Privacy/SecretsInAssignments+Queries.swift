/// What is secret in queries and forms alone: the codes and states of OAuth 2 (RFC 6749 §4.1.2), tickets of CAS, and signatures of
/// URLs. Anywhere else the names are those of countries, errors and trains.
extension SecretsInAssignments {
    private static let queryNames = ["code", "state", "ticket"].map { Array($0.utf8) }
    private static let signature = Array("signature".utf8)

    /// Whether the name is that of a secret where it stands: behind `?` or `&`, or at the beginning of a form.
    static func isQueryParameter(_ name: Range<Int>, in text: borrowing Span<UInt8>) -> Bool {
        guard
            isName(name, signature, isWhole: false, in: text)
                || queryNames.contains(where: { isName(name, $0, in: text) })
        else { return false }
        guard name.lowerBound > 0 else { return isForm(from: name, in: text) }
        return "?&".utf8.contains(text[name.lowerBound - 1])
    }

    /// In capitals or not; the whole name, or its end behind a hyphen, as in `X-Amz-Signature`.
    private static func isName(
        _ name: Range<Int>, _ word: [UInt8], isWhole: Bool = true, in text: borrowing Span<UInt8>
    ) -> Bool {
        let start = name.upperBound - word.count
        guard isWhole ? start == name.lowerBound : start >= name.lowerBound else { return false }
        guard start == name.lowerBound || text[start - 1] == UInt8(ascii: "-") else { return false }
        for offset in word.indices where text[start + offset] | 0x20 != word[offset] { return false }
        return true
    }

    /// Whether more parameters follow, with no space among them; a ticket of CAS may stand alone.
    private static func isForm(from name: Range<Int>, in text: borrowing Span<UInt8>) -> Bool {
        let start = name.upperBound + 1
        if start + 2 < text.count, text[start] == UInt8(ascii: "S"), text[start + 1] == UInt8(ascii: "T"),
            text[start + 2] == UInt8(ascii: "-")
        {
            return true
        }
        var hasMore = false
        for index in start..<max(start, text.count) {
            if isSpace(text[index]) { return false }
            if text[index] == UInt8(ascii: "&") { hasMore = true }
        }
        return hasMore
    }
}
