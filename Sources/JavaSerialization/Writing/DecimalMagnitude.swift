/// The bytes of big integers that are written as decimal digits.
enum DecimalMagnitude {
    /// As many digits as are shown of one: the work grows with the square of the length.
    static let mostDigits = 9864

    /// Sign and big-endian magnitude of `[-+]?[0-9]+`; nil for anything else, and for more digits.
    static func parse(_ text: Substring) -> (signum: Int32, bytes: [UInt8])? {
        let isNegative = text.utf8.first == UInt8(ascii: "-")
        let hasSign = isNegative || text.utf8.first == UInt8(ascii: "+")
        let digits = Array((hasSign ? text.dropFirst() : text).utf8)
        guard !digits.isEmpty, digits.count <= mostDigits,
            digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        let bytes = bytes(of: limbs(of: digits))
        return (bytes.isEmpty ? 0 : isNegative ? -1 : 1, bytes)
    }

    /// Words, lowest first, without zeros at the end.
    private static func limbs(of digits: [UInt8]) -> [UInt64] {
        var limbs: [UInt64] = []
        // Nineteen digits fit into a word.
        var start = 0
        while start < digits.count {
            let end = start + (start == 0 && digits.count % 19 != 0 ? digits.count % 19 : 19)
            var (carry, factor) = (UInt64(0), UInt64(1))
            for digit in digits[start..<end] {
                carry = carry * 10 + UInt64(digit - UInt8(ascii: "0"))
                factor &*= 10
            }
            for index in limbs.indices {
                let (high, low) = limbs[index].multipliedFullWidth(by: factor)
                let (sum, overflow) = low.addingReportingOverflow(carry)
                limbs[index] = sum
                carry = high + (overflow ? 1 : 0)
            }
            if carry > 0 { limbs.append(carry) }
            start = end
        }
        return limbs
    }

    private static func bytes(of limbs: [UInt64]) -> [UInt8] {
        let bytes = limbs.reversed().flatMap { limb in withUnsafeBytes(of: limb.bigEndian) { Array($0) } }
        return Array(bytes.drop { $0 == 0 })
    }
}
