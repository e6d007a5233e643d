/// Decimal digits of big integers.
enum DecimalDigits {
    /// Magnitudes of more bytes (9,864 digits) are not converted: the work grows with the square of the length.
    static let longestMagnitude = 4096

    /// The digits of a big-endian magnitude, or nil where it is too long.
    static func text(magnitude: some RandomAccessCollection<UInt8>) -> String? {
        guard magnitude.count <= longestMagnitude else { return nil }
        var limbs = limbs(magnitude)
        // 10^19 is the greatest power of ten in 64 bits.
        var groups: [UInt64] = []
        while !limbs.isEmpty {
            var remainder: UInt64 = 0
            for index in limbs.indices.reversed() {
                let divided = UInt64(10_000_000_000_000_000_000).dividingFullWidth((remainder, limbs[index]))
                limbs[index] = divided.quotient
                remainder = divided.remainder
            }
            groups.append(remainder)
            while limbs.last == 0 { limbs.removeLast() }
        }
        guard let first = groups.popLast() else { return "0" }
        return groups.reversed().reduce(into: String(first)) { text, group in
            let digits = String(group)
            text += String(repeating: "0", count: 19 - digits.count) + digits
        }
    }

    /// The magnitude in words, lowest first, without zeros at the end.
    private static func limbs(_ magnitude: some RandomAccessCollection<UInt8>) -> [UInt64] {
        var limbs: [UInt64] = []
        for (position, byte) in magnitude.reversed().enumerated() {
            if position % 8 == 0 { limbs.append(0) }
            limbs[limbs.count - 1] |= UInt64(byte) << UInt64(position % 8 * 8)
        }
        while limbs.last == 0 { limbs.removeLast() }
        return limbs
    }
}

extension KnownObject {
    /// The decimal digits of a `BigInteger`, nil where there are too many.
    func bigInteger() throws(JavaStreamError) -> String? {
        let signum = try int("signum")
        let magnitude = try primitiveArray(try reference("magnitude"), .byte)
        let digits: String?
        if let known = graph.knowledge.digits[magnitude] {
            digits = known
        } else {
            digits = DecimalDigits.text(magnitude: graph.bytes[graph.elementBytes(of: magnitude)])
            graph.knowledge.digits[magnitude] = digits
        }
        guard let digits else { return nil }
        guard (signum == 0) == (digits == "0"), (-1...1).contains(signum) else {
            throw fail("has the sign \(signum), which does not fit its magnitude")
        }
        return signum < 0 ? "-" + digits : digits
    }

    /// A `BigDecimal`: an integer and how many of its digits are behind the point.
    func bigDecimal() throws(JavaStreamError) -> JavaValue.Content {
        let scale = try int("scale")
        // Asked for by its class first: a decimal of itself would have no end.
        let number = try requiredReference("intVal")
        guard graph.isInstance(number, of: "java.math.BigInteger"),
            case .bigInteger(let unscaled) = try graph.value(of: number).content
        else { throw fail("has no integer") }
        return .bigDecimal(
            text: unscaled.map { JavaNumberText.decimal(unscaled: $0, scale: Int64(scale)) }, unscaled: unscaled,
            scale: scale)
    }
}
