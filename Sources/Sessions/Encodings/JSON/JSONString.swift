/// The text of a JSON string, which may hold what Unicode text may not: a UTF-16 surrogate without its partner.
///
/// Such text is common in data (strings cut in the middle of an emoji by Java or JavaScript), so it is kept as WTF-8:
/// UTF-8 that writes an unpaired surrogate in three bytes, as if it were a character.
public struct JSONString: Hashable, Sendable {
    /// The text in WTF-8; the same as UTF-8 where ``text`` is not nil.
    public let bytes: [UInt8]

    /// The text of a Swift string, which never has an unpaired surrogate.
    public init(_ text: String) { bytes = Array(text.utf8) }

    /// The text of UTF-16 units as Java and JavaScript keep them; pairs become one character, others stay alone.
    public init(utf16 units: some Sequence<UInt16>) {
        var bytes: [UInt8] = []
        var high: UInt16?
        for unit in units {
            if let first = high {
                high = nil
                if UTF16.isTrailSurrogate(unit) {
                    WTF8.append(WTF8.scalar(high: first, low: unit), to: &bytes)
                    continue
                }
                WTF8.append(UInt32(first), to: &bytes)
            }
            if UTF16.isLeadSurrogate(unit) { high = unit } else { WTF8.append(UInt32(unit), to: &bytes) }
        }
        if let first = high { WTF8.append(UInt32(first), to: &bytes) }
        self.bytes = bytes
    }

    /// A string row of a document. The reader has checked its escapes.
    init(_ row: JSONDocument.Row, in source: [UInt8]) {
        let raw = source[Int(row.start)..<Int(row.end)]
        bytes = row.isEscaped ? JSONString.unescape(raw) : Array(raw)
    }

    /// The text, or nil if a surrogate stands alone in it.
    public var text: String? { String(validating: bytes, as: UTF8.self) }

    /// The text with U+FFFD for each unpaired surrogate: for messages, never for data.
    public var lossyText: String {
        var text = ""
        var position = 0
        while let scalar = WTF8.scalar(in: bytes, at: &position) {
            text.unicodeScalars.append(Unicode.Scalar(scalar) ?? "\u{fffd}")
        }
        return text
    }
}

extension JSONString: CustomStringConvertible {
    /// Its size; never its content, which is private.
    public var description: String { "JSON string of \(bytes.count) bytes" }
}

extension JSONString {
    /// Undoes the escapes of RFC 8259 §7, which the reader has found to be right.
    private static func unescape(_ raw: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(raw.count)
        var position = raw.startIndex
        while position < raw.endIndex {
            let byte = raw[position]
            position += 1
            guard byte == UInt8(ascii: "\\"), position < raw.endIndex else {
                bytes.append(byte)
                continue
            }
            let escape = raw[position]
            position += 1
            if escape == UInt8(ascii: "u") {
                WTF8.append(escapedScalar(raw, &position), to: &bytes)
            } else {
                bytes.append(JSONEscapes.meaning(of: escape) ?? escape)
            }
        }
        return bytes
    }

    /// The code point of `XXXX` or of a surrogate pair `XXXX\uXXXX`; a surrogate alone stands for itself.
    private static func escapedScalar(_ raw: ArraySlice<UInt8>, _ position: inout Int) -> UInt32 {
        let unit = hexUnit(raw, position)
        position = min(position + 4, raw.endIndex)
        guard UTF16.isLeadSurrogate(unit), raw.endIndex - position >= 6,
            raw[position] == UInt8(ascii: "\\"), raw[position + 1] == UInt8(ascii: "u")
        else { return UInt32(unit) }
        let second = hexUnit(raw, position + 2)
        guard UTF16.isTrailSurrogate(second) else { return UInt32(unit) }
        position += 6
        return WTF8.scalar(high: unit, low: second)
    }

    private static func hexUnit(_ raw: ArraySlice<UInt8>, _ start: Int) -> UInt16 {
        var unit: UInt16 = 0
        for byte in raw[start..<min(start + 4, raw.endIndex)] {
            unit = unit << 4 | UInt16(Hexadecimal.value(of: byte) ?? 0)
        }
        return unit
    }
}
