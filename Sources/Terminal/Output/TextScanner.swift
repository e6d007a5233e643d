/// Walks outside bytes character by character and judges each: may it reach a terminal, and how many columns does it
/// take.
struct TextScanner {
    /// One step of the walk.
    enum Step: Equatable {
        /// A character that is shown as it is: its length in bytes and its columns.
        case shown(length: Int, columns: Int)
        /// A character that must be escaped.
        case hidden(scalar: UInt32, length: Int)
        /// One byte that belongs to no UTF-8 character.
        case invalid(byte: UInt8)
    }

    /// More marks than this on one letter are escaped: no script needs them, and stacked marks paint over other
    /// lines.
    static let marksPerLetter = 6

    /// Marks that the next character may still add; none at the start, where a mark would join what the program wrote
    /// before.
    private var marksLeft = 0
    /// The character before, if it was shown.
    private var previous: UInt32 = 0

    /// Forgets the character before: what follows was not written next to it.
    mutating func breakCluster() {
        marksLeft = 0
        previous = 0
    }

    /// Judges the character that begins at `index` of `bytes`, which must be inside.
    mutating func step(_ bytes: [UInt8], at index: Int) -> Step {
        let first = bytes[index]
        if first < 0x80 {
            guard first >= 0x20, first != 0x7F else { return hide(UInt32(first), length: 1) }
            return show(UInt32(first), length: 1, columns: 1)
        }
        guard let (scalar, length) = Self.decode(bytes, at: index) else {
            breakCluster()
            return .invalid(byte: first)
        }
        return judge(scalar, length: length)
    }

    private mutating func judge(_ scalar: UInt32, length: Int) -> Step {
        if scalar == 0xFE0E || scalar == 0xFE0F { return judgeSelector(scalar, length: length) }
        let isSurrogate = 0xD800...0xDFFF ~= scalar
        if isSurrogate || CharacterTables.contains(scalar, in: CharacterTables.hidden) {
            return hide(scalar, length: length)
        }
        let columns = DisplayWidth.columns(of: scalar)
        guard columns == 0 else { return show(scalar, length: length, columns: columns) }
        guard marksLeft > 0 else { return hide(scalar, length: length) }
        marksLeft -= 1
        return .shown(length: length, columns: 0)
    }

    /// A variation selector chooses text or picture for an emoji; after anything else it only carries hidden data.
    private mutating func judgeSelector(_ scalar: UInt32, length: Int) -> Step {
        guard let base = Unicode.Scalar(previous), base.properties.isEmoji else { return hide(scalar, length: length) }
        previous = 0
        return .shown(length: length, columns: 0)
    }

    private mutating func show(_ scalar: UInt32, length: Int, columns: Int) -> Step {
        marksLeft = Self.marksPerLetter
        previous = scalar
        return .shown(length: length, columns: columns)
    }

    private mutating func hide(_ scalar: UInt32, length: Int) -> Step {
        breakCluster()
        return .hidden(scalar: scalar, length: length)
    }

    /// Decodes one character of two bytes or more: strict UTF-8 (Unicode 15.1, table 3-7), and surrogates in the same
    /// three-byte form, as Java and JSON strings bring them.
    static func decode(_ bytes: [UInt8], at index: Int) -> (scalar: UInt32, length: Int)? {
        let first = bytes[index]
        let length =
            switch first {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 0
            }
        guard length > 0, length <= bytes.count - index else { return nil }
        var scalar = UInt32(first) & (0x7F >> UInt32(length))
        for offset in 1..<length {
            let byte = bytes[index + offset]
            guard byte & 0xC0 == 0x80 else { return nil }
            scalar = scalar << 6 | UInt32(byte & 0x3F)
        }
        let shortest: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
        return shortest...0x10FFFF ~= scalar ? (scalar, length) : nil
    }
}
