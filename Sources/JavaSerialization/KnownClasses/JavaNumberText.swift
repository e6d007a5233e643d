/// Numbers as Java's `toString` writes them.
public enum JavaNumberText {
    /// `Double.toString`: the shortest digits that tell the number from its neighbours, as since Java 19.
    public static func text(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
        // From here to there both languages write the same.
        if value.magnitude >= 1e-3, value.magnitude < 1e7 { return value.description }
        return text(
            value.description, isNegative: value.sign == .minus, isZero: value == 0,
            smallestUnits: value.magnitude.bitPattern < 1000
                ? Double(value.magnitude.bitPattern) * 4.9406564584124654 : nil,
            smallestExponent: -324)
    }

    /// `Float.toString`.
    public static func text(_ value: Float) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
        // From here to there both languages write the same.
        if value.magnitude >= 1e-3, value.magnitude < 1e7 { return value.description }
        return text(
            value.description, isNegative: value.sign == .minus, isZero: value == 0,
            smallestUnits: value.magnitude.bitPattern < 1000
                ? Double(value.magnitude.bitPattern) * 1.401298464324817 : nil,
            smallestExponent: -45)
    }

    /// Brings the shortest digits into Java's form: plain from 10^-3 up to 10^7, else with an exponent.
    private static func text(
        _ shortest: String, isNegative: Bool, isZero: Bool, smallestUnits: Double?, smallestExponent: Int
    ) -> String {
        let sign = isNegative ? "-" : ""
        if isZero { return sign + "0.0" }
        var (digits, exponent) = parts(shortest)
        // Java writes two digits at least, and of those the nearest: Double.MIN_VALUE is 4.9E-324 and not 5E-324.
        if digits.count == 1, let smallestUnits {
            (digits, exponent) = twoDigits(smallestUnits, exponent: smallestExponent)
        }
        if (-3..<7).contains(exponent) { return sign + plain(digits, exponent) }
        let rest = digits.dropFirst()
        return "\(sign)\(digits.prefix(1)).\(rest.isEmpty ? "0" : String(rest))E\(exponent)"
    }

    /// The digits without zeros at the ends, and the power of ten of the first one.
    private static func parts(_ text: String) -> (digits: String, exponent: Int) {
        let halves = text.drop { $0 == "-" }.split(separator: "e")
        let mantissa = halves.first ?? ""
        let point = mantissa.firstIndex(of: ".") ?? mantissa.endIndex
        let written = halves.count > 1 ? Int(halves[1]) ?? 0 : 0
        let all = mantissa.filter { $0 != "." }
        let leadingZeros = all.prefix { $0 == "0" }.count
        var digits = all.dropFirst(leadingZeros)
        while digits.count > 1, digits.last == "0" { digits.removeLast() }
        let exponent = mantissa.distance(from: mantissa.startIndex, to: point) - 1 - leadingZeros + written
        return (String(digits), exponent)
    }

    /// The two digits that are nearest to `units` times 10^exponent.
    private static func twoDigits(_ units: Double, exponent: Int) -> (digits: String, exponent: Int) {
        var (scaled, power) = (units, exponent)
        while scaled >= 10 { (scaled, power) = (scaled / 10, power + 1) }
        let number = Int((scaled * 10).rounded(.toNearestOrEven))
        let text = number >= 100 ? String(number / 10) : String(number)
        return (text.hasSuffix("0") ? String(text.prefix(1)) : text, number >= 100 ? power + 1 : power)
    }

    private static func plain(_ digits: String, _ exponent: Int) -> String {
        if exponent < 0 { return "0." + String(repeating: "0", count: -exponent - 1) + digits }
        let whole = digits.prefix(exponent + 1)
        let rest = digits.dropFirst(exponent + 1)
        return whole + String(repeating: "0", count: exponent + 1 - whole.count) + "." + (rest.isEmpty ? "0" : rest)
    }

    /// `BigDecimal.toString` of an integer with `scale` digits behind the point.
    static func decimal(unscaled: String, scale: Int64) -> String {
        if scale == 0 { return unscaled }
        let sign = unscaled.hasPrefix("-") ? "-" : ""
        let digits = unscaled.drop { $0 == "-" }
        let adjusted = Int64(digits.count) - 1 - scale
        if scale > 0, adjusted >= -6 {
            let missing = Int(scale) + 1 - digits.count
            let padded = String(repeating: "0", count: max(missing, 0)) + digits
            return sign + padded.dropLast(Int(scale)) + "." + padded.suffix(Int(scale))
        }
        let rest = digits.dropFirst()
        let mantissa = digits.prefix(1) + (rest.isEmpty ? "" : "." + rest)
        return sign + mantissa + (adjusted == 0 ? "" : "E" + (adjusted > 0 ? "+" : "") + String(adjusted))
    }
}
