/// DEFLATE (RFC 1951), for the compressed fixtures: a test needs no zlib and starts no process.
package struct Inflate {
    private let input: [UInt8]
    private var position: Int
    private var bits: UInt32 = 0
    private var bitCount: UInt32 = 0
    private var output: [UInt8] = []

    /// Expands a gzip file of one member without optional header fields but the name (RFC 1952).
    package static func gzip(_ input: [UInt8]) throws -> [UInt8] {
        guard input.count > 18, input[0] == 0x1f, input[1] == 0x8b, input[2] == 8, input[3] & ~8 == 0 else {
            throw FixtureError("not a plain gzip file")
        }
        var start = 10
        if input[3] & 8 != 0 {
            guard let end = input[start...].firstIndex(of: 0) else { throw FixtureError("gzip name without end") }
            start = end + 1
        }
        return try expand(input, from: start)
    }

    /// Expands a zlib stream (RFC 1950).
    package static func zlib(_ input: [UInt8]) throws -> [UInt8] {
        guard input.count > 6, input[0] & 0x0f == 8, input[1] & 0x20 == 0 else {
            throw FixtureError("not a zlib stream")
        }
        return try expand(input, from: 2)
    }

    private static func expand(_ input: [UInt8], from start: Int) throws -> [UInt8] {
        var state = Inflate(input: input, position: start)
        var isLast = false
        while !isLast {
            isLast = try state.take(1) == 1
            try state.block(type: try state.take(2))
        }
        return state.output
    }

    private init(input: [UInt8], position: Int) {
        self.input = input
        self.position = position
    }

    private mutating func take(_ count: UInt32) throws -> Int {
        while bitCount < count {
            guard position < input.count else { throw FixtureError("compressed data ends early") }
            bits |= UInt32(input[position]) << bitCount
            position += 1
            bitCount += 8
        }
        let value = bits & ((1 << count) - 1)
        bits >>= count
        bitCount -= count
        return Int(value)
    }

    private mutating func block(type: Int) throws {
        switch type {
        case 0: try stored()
        case 1:
            try compressed(
                literals: HuffmanCode(Self.fixedLengths), distances: HuffmanCode([Int](repeating: 5, count: 30)))
        case 2: try dynamic()
        default: throw FixtureError("block type 3")
        }
    }

    /// § 3.2.4.
    private mutating func stored() throws {
        bits = 0
        bitCount = 0
        guard position + 4 <= input.count else { throw FixtureError("compressed data ends early") }
        let length = Int(input[position]) | Int(input[position + 1]) << 8
        position += 4
        guard position + length <= input.count else { throw FixtureError("compressed data ends early") }
        output += input[position..<position + length]
        position += length
    }

    /// § 3.2.7.
    private mutating func dynamic() throws {
        let literalCount = try take(5) + 257
        let distanceCount = try take(5) + 1
        var lengths = [Int](repeating: 0, count: 19)
        for index in 0..<(try take(4) + 4) { lengths[Self.lengthOrder[index]] = try take(3) }
        let all = try codeLengths(HuffmanCode(lengths), count: literalCount + distanceCount)
        try compressed(
            literals: HuffmanCode(Array(all[..<literalCount])), distances: HuffmanCode(Array(all[literalCount...])))
    }

    private mutating func codeLengths(_ code: HuffmanCode, count: Int) throws -> [Int] {
        var lengths: [Int] = []
        while lengths.count < count {
            switch try symbol(code) {
            case 16: lengths += [Int](repeating: lengths.last ?? 0, count: try take(2) + 3)
            case 17: lengths += [Int](repeating: 0, count: try take(3) + 3)
            case 18: lengths += [Int](repeating: 0, count: try take(7) + 11)
            case let length: lengths.append(length)
            }
        }
        guard lengths.count == count else { throw FixtureError("too many code lengths") }
        return lengths
    }

    private mutating func symbol(_ code: HuffmanCode) throws -> Int {
        var (value, first, index) = (0, 0, 0)
        for length in 1...15 {
            value |= try take(1)
            let count = code.counts[length]
            if value - first < count { return code.symbols[index + value - first] }
            index += count
            first = (first + count) << 1
            value <<= 1
        }
        throw FixtureError("no such code")
    }

    /// § 3.2.5: literals, and copies of what came before.
    private mutating func compressed(literals: HuffmanCode, distances: HuffmanCode) throws {
        while true {
            let literal = try symbol(literals)
            if literal == 256 { return }
            if literal < 256 {
                output.append(UInt8(literal))
                continue
            }
            guard literal <= 285 else { throw FixtureError("length code \(literal)") }
            let length = Self.lengthBases[literal - 257] + (try take(Self.lengthBits[literal - 257]))
            let code = try symbol(distances)
            guard code < 30 else { throw FixtureError("distance code \(code)") }
            let distance = Self.distanceBases[code] + (try take(Self.distanceBits[code]))
            guard distance <= output.count else { throw FixtureError("a copy from before the start") }
            for _ in 0..<length { output.append(output[output.count - distance]) }
        }
    }

    private static let fixedLengths = (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 }
    private static let lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    private static let lengthBases = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258,
    ]
    private static let lengthBits: [UInt32] = [
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
    private static let distanceBases = [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
        6145, 8193, 12289, 16385, 24577,
    ]
    private static let distanceBits: [UInt32] = [
        0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
    ]
}

/// A canonical Huffman code (RFC 1951 § 3.2.2).
private struct HuffmanCode {
    /// How many codes there are of each length.
    var counts = [Int](repeating: 0, count: 16)
    /// The symbols in the order of their codes.
    var symbols: [Int] = []

    init(_ lengths: [Int]) {
        for length in lengths where length > 0 { counts[length] += 1 }
        for length in 1...15 { symbols += lengths.indices.filter { lengths[$0] == length } }
    }
}
