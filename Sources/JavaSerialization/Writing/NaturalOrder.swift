/// What `compareTo` of a class of the platform looks at, as numbers that are compared one after the other.
///
/// Source: the `compareTo` of each class in the JDK's API documentation (Java 8 to 25).
struct NaturalOrder: Hashable {
    /// Only values of one class have an order among each other.
    let className: String
    private let numbers: [Int64]

    /// Nil for classes that have no natural order, and for those whose order only the application knows.
    init?(of node: JavaNode, in graph: JavaGraph) {
        guard let value = try? graph.value(of: node) else { return nil }
        className = if case .date = value.content { "java.util.Date" } else { value.className }
        switch value.content {
        case .string: numbers = (graph.units(of: node) ?? []).map { Int64($0) }
        case .box(let primitive): numbers = [Self.number(of: primitive)]
        case .date(let millis): numbers = [millis]
        case .timestamp(let millis, let nanos): numbers = [millis, Int64(nanos)]
        case .bigInteger(let digits?): numbers = Self.numbers(unscaled: digits, scale: 0)
        case .bigDecimal(_, let unscaled?, let scale): numbers = Self.numbers(unscaled: unscaled, scale: Int64(scale))
        case .text(let text):
            guard let numbers = Self.numbers(of: text.text, className) else { return nil }
            self.numbers = numbers
        case .enumConstant(let name):
            let constants = JavaGraph.platformConstants(of: className)
            guard let place = constants?.firstIndex(of: graph.text(of: name) ?? "") else { return nil }
            numbers = [Int64(place)]
        default: return nil
        }
    }

    /// Whether a value comes before another; nil where they are of different classes.
    func isLess(than other: NaturalOrder) -> Bool? {
        className == other.className ? numbers.lexicographicallyPrecedes(other.numbers) : nil
    }

    /// Of floating point numbers the total order of `Double.compare`: -0.0 before 0.0, and NaN behind all.
    private static func number(of primitive: JavaPrimitive) -> Int64 {
        switch primitive {
        case .boolean(let value): value ? 1 : 0
        case .byte(let value): Int64(value)
        case .char(let value): Int64(value)
        case .short(let value): Int64(value)
        case .int(let value): Int64(value)
        case .long(let value): value
        case .float(let value): number(of: Double(value))
        case .double(let value): number(of: value)
        }
    }

    private static func number(of value: Double) -> Int64 {
        let bits = Int64(bitPattern: (value.isNaN ? Double.nan : value).bitPattern)
        return bits < 0 ? bits ^ Int64.max : bits
    }

    /// The sign, where the first digit stands, and the digits; a number below zero ends with what no digit is, since there the longer one of
    /// two that begin alike is the smaller one.
    private static func numbers(unscaled: String, scale: Int64) -> [Int64] {
        let isNegative = unscaled.hasPrefix("-")
        var digits = unscaled.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "0") }.map { Int64($0) - 0x30 }
        let exponent = Int64(digits.count) - scale
        while digits.last == 0 { digits.removeLast() }
        guard !digits.isEmpty else { return [0] }
        return isNegative ? [-1, -exponent] + digits.map { -$0 } + [1] : [1, exponent] + digits
    }

    private static func numbers(of text: String, _ className: String) -> [Int64]? {
        switch JavaValueType(className: className) {
        case .uuid: halves(ofUUID: text)
        case let type?: TimeOrder.numbers(of: text, type)
        case nil: nil
        }
    }

    /// Both halves have a sign in `UUID.compareTo`.
    private static func halves(ofUUID text: String) -> [Int64]? {
        let digits = text.filter { $0 != "-" }
        guard digits.utf8.count == 32, let high = UInt64(digits.prefix(16), radix: 16),
            let low = UInt64(digits.suffix(16), radix: 16)
        else { return nil }
        return [Int64(bitPattern: high), Int64(bitPattern: low)]
    }
}

extension JavaGraph {
    /// Whether what the sorted collections of a class hold is in its natural order, each value once: elements, or keys.
    ///
    /// Who reads such a collection takes the order as it is written (`TreeMap.buildFromSorted`).
    package func isSorted(objectsOf className: String) -> Bool {
        nodes.allSatisfy { node in
            guard kind(of: node) == .object, self.className(of: node) == className else { return true }
            switch try? value(of: node).content {
            case .sequence(let sequence): return isSorted(sequence.elements)
            case .map(let map): return isSorted(map.keys)
            default: return false
            }
        }
    }

    private func isSorted(_ items: JavaItems) -> Bool {
        var last: NaturalOrder?
        for item in items {
            guard let item, let order = NaturalOrder(of: item, in: self) else { return false }
            if let last, last.isLess(than: order) != true { return false }
            last = order
        }
        return true
    }
}
