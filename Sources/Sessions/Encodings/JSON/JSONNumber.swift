/// A JSON number as it was written: `1`, `1.0` and `1e0` are three different ones, and no digit is ever lost (RFC
/// 8259 §6).
public struct JSONNumber: Hashable, Sendable {
    /// The number as written.
    public let text: String

    /// The number written as `text`, or nil if that is no JSON number.
    public init?(_ text: String) {
        guard let document = try? JSONReader.read(Array(text.utf8)), document.root.kind == .number,
            document.root.sourceRange.count == text.utf8.count
        else { return nil }
        self.text = text
    }

    /// A whole number, in decimal digits.
    public init(_ value: some BinaryInteger) { text = String(value) }

    /// A number the reader has checked.
    init(checked bytes: ArraySlice<UInt8>) { text = String(decoding: bytes, as: UTF8.self) }

    /// The whole number it is, if it is whole and fits: 1000 for `1e3`, nil for `0.5` and `1e19`.
    public var int64: Int64? {
        guard let value = scaled(byPowerOfTen: 0), value.isExact else { return nil }
        return value.floor
    }

    /// The nearest floating-point number; infinite beyond its range.
    public var double: Double { Double(text) ?? .nan }

    /// This number times a power of ten, rounded down, and whether that dropped nothing; nil beyond 64 bits.
    ///
    /// The arithmetic is decimal, so 1767225600.123 times 1000 is 1767225600123.
    public func scaled(byPowerOfTen power: Int) -> (floor: Int64, isExact: Bool)? {
        Decimal(text).scaled(byPowerOfTen: power)
    }

    /// Whether it is below zero; `-0` is not.
    public var isNegative: Bool {
        let decimal = Decimal(text)
        return decimal.isNegative && !decimal.digits.isEmpty
    }
}

extension JSONNumber: CustomStringConvertible {
    /// Its size; never its content, which is private.
    public var description: String { "JSON number of \(text.utf8.count) characters" }
}

/// A number taken apart: 0.DIGITS times ten to the power of `point`, without zeros in front.
private struct Decimal {
    private(set) var isNegative = false
    private(set) var digits: [UInt8] = []
    /// Clamped to ±10⁹⁺: beyond that every number is out of range or zero anyway.
    private var point = 0

    init(_ text: String) {
        var exponent = 0
        var isExponentNegative = false
        var state = Part.integer
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "-"):
                if state == .exponent { isExponentNegative = true } else { isNegative = true }
            case UInt8(ascii: "."):
                state = .fraction
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                state = .exponent
            case 0x30...0x39 where state == .exponent:
                exponent = min(exponent * 10 + Int(byte - 0x30), 1_000_000_000)
            case 0x30...0x39:
                append(byte - 0x30, isInteger: state == .integer)
            default: break
            }
        }
        point += isExponentNegative ? -exponent : exponent
    }

    private enum Part { case integer, fraction, exponent }

    private mutating func append(_ digit: UInt8, isInteger: Bool) {
        if digit == 0, digits.isEmpty {
            if !isInteger { point -= 1 }
            return
        }
        digits.append(digit)
        if isInteger { point += 1 }
    }

    func scaled(byPowerOfTen power: Int) -> (floor: Int64, isExact: Bool)? {
        guard !digits.isEmpty else { return (0, true) }
        let (whole, overflow) = point.addingReportingOverflow(power)
        guard !overflow, whole <= 20 else { return nil }
        var magnitude: UInt64 = 0
        for place in 0..<max(whole, 0) {
            let digit = place < digits.count ? UInt64(digits[place]) : 0
            let (product, tooLarge) = magnitude.multipliedReportingOverflow(by: 10)
            let (sum, stillTooLarge) = product.addingReportingOverflow(digit)
            guard !tooLarge, !stillTooLarge else { return nil }
            magnitude = sum
        }
        let isExact = digits.dropFirst(max(whole, 0)).allSatisfy { $0 == 0 }
        return signed(magnitude, isExact).map { ($0, isExact) }
    }

    private func signed(_ magnitude: UInt64, _ isExact: Bool) -> Int64? {
        guard isNegative else { return Int64(exactly: magnitude) }
        let (rounded, overflow) = magnitude.addingReportingOverflow(isExact ? 0 : 1)
        guard !overflow, rounded <= Int64.min.magnitude else { return nil }
        return Int64(truncatingIfNeeded: 0 &- rounded)
    }
}
