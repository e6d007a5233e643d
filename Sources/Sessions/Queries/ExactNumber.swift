/// A decimal number of any size, compared without rounding: 9007199254740993 is not 9007199254740992. The infinities of IEEE 754
/// are beyond all others.
public struct ExactNumber: Hashable, Sendable {
    private let isNegative: Bool
    /// The digits without zeros at either end; none for zero.
    private let digits: [UInt8]
    /// Where the point stands: the number is 0.DIGITS times ten to this power.
    private let point: Int

    /// More digits than this no number has that is worth comparing.
    private static let maximumDigits = 10_000
    private static let maximumExponent = 1_000_000_000

    /// The number that `text` writes, as Java, JSON and people do: `-12`, `1.50`, `1E+3`, `-Infinity`; nil where it writes none.
    public init?(_ text: String) {
        // As Java writes the infinities.
        if text == "Infinity" || text == "-Infinity" {
            self.isNegative = text.utf8.first == UInt8(ascii: "-")
            digits = [UInt8(ascii: "1")]
            point = .max
            return
        }
        let bytes = Array(text.utf8.prefix(Self.maximumDigits + 1))
        guard bytes.count <= Self.maximumDigits else { return nil }
        let mark = bytes.firstIndex { $0 | 0x20 == UInt8(ascii: "e") }
        var mantissa = bytes[..<(mark ?? bytes.endIndex)]
        let isNegative = mantissa.first == UInt8(ascii: "-")
        if isNegative || mantissa.first == UInt8(ascii: "+") { mantissa.removeFirst() }
        let dot = mantissa.firstIndex(of: UInt8(ascii: ".")) ?? mantissa.endIndex
        let whole = mantissa[..<dot]
        let fraction = mantissa[dot...].dropFirst()
        guard !whole.isEmpty || !fraction.isEmpty, whole.allSatisfy(Self.isDigit), fraction.allSatisfy(Self.isDigit),
            let exponent = mark.map({ Self.exponent(bytes[$0...].dropFirst()) }) ?? 0
        else { return nil }
        let all = Array(whole + fraction)
        let zeros = all.prefix { $0 == UInt8(ascii: "0") }.count
        let end = all.lastIndex { $0 != UInt8(ascii: "0") }.map { $0 + 1 } ?? zeros
        digits = Array(all[zeros..<end])
        self.isNegative = isNegative && !digits.isEmpty
        point = digits.isEmpty ? 0 : whole.count - zeros + exponent
    }

    private var isInfinite: Bool { point == .max }

    private static func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }

    private static func exponent(_ text: ArraySlice<UInt8>) -> Int? {
        let isNegative = text.first == UInt8(ascii: "-")
        let digits = isNegative || text.first == UInt8(ascii: "+") ? text.dropFirst() : text
        guard !digits.isEmpty, digits.allSatisfy(isDigit) else { return nil }
        let value = digits.reduce(0) { min($0 * 10 + Int($1 - 0x30), maximumExponent) }
        return isNegative ? -value : value
    }

    /// The whole number without what stands behind the point, if it fits into 64 bits.
    var int64: Int64? {
        guard point > 0 else { return 0 }
        guard point <= 19 else { return nil }
        var magnitude: UInt64 = 0
        for place in 0..<point {
            magnitude = magnitude * 10 + (place < digits.count ? UInt64(digits[place] - 0x30) : 0)
        }
        guard let value = Int64(exactly: magnitude) else { return nil }
        return isNegative ? -value : value
    }
}

extension ExactNumber: Comparable {
    /// The order of the numbers.
    public static func < (left: ExactNumber, right: ExactNumber) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        return left.isNegative ? right.isBelowInMagnitude(left) : left.isBelowInMagnitude(right)
    }

    private func isBelowInMagnitude(_ other: ExactNumber) -> Bool {
        if digits.isEmpty || other.digits.isEmpty { return digits.isEmpty && !other.digits.isEmpty }
        if point != other.point { return point < other.point }
        return digits.lexicographicallyPrecedes(other.digits)
    }
}

extension ExactNumber {
    /// The number as text that reads back as the same.
    package var text: String {
        guard !digits.isEmpty else { return "0" }
        guard !isInfinite else { return isNegative ? "-Infinity" : "Infinity" }
        return (isNegative ? "-" : "") + "0." + String(decoding: digits, as: UTF8.self) + "E\(point)"
    }

    /// The number without an exponent where it is short, for patterns.
    var plainText: String {
        guard !digits.isEmpty else { return "0" }
        let text = String(decoding: digits, as: UTF8.self)
        guard point > -20, point <= 40 else { return self.text }
        let sign = isNegative ? "-" : ""
        if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + text }
        if point >= digits.count { return sign + text + String(repeating: "0", count: point - digits.count) }
        return sign + text.prefix(point) + "." + text.dropFirst(point)
    }
}
