/// How a client of Redisson encodes values (session-formats, ch. 10.3), told by a value whose type is known.
enum RedissonCodec: String, CaseIterable {
    /// `SerializationCodec`: a Java stream for each value.
    case jdk
    /// `JsonJacksonCodec`: JSON; a `Long` is `["java.lang.Long",n]`.
    case json
    /// `Kryo5Codec`, the default since 3.19.
    case kryo5

    private static let longInJSON = Array("[\"java.lang.Long\",".utf8)

    /// The codec of a number of the session; nil for others (FST, JBoss Marshalling, …).
    init?(number bytes: [UInt8]) {
        if BoxedNumber.value(of: bytes) != nil {
            self = bytes.first == 0xAC ? .jdk : .json
        } else if Self.json.number(bytes) != nil {
            self = .json
        } else if Self.kryo5.number(bytes) != nil {
            self = .kryo5
        } else {
            return nil
        }
    }

    /// A `Long` or an `Integer`.
    func number(_ bytes: [UInt8]) -> Int64? {
        switch self {
        case .jdk: return BoxedNumber.value(of: bytes)
        case .json:
            guard bytes.hasPrefix(Self.longInJSON), bytes.last == UInt8(ascii: "]") else {
                return BoxedNumber.value(of: bytes)
            }
            return BoxedNumber.value(of: Array(bytes[Self.longInJSON.count..<bytes.count - 1]))
        case .kryo5: return Kryo5.number(bytes)
        }
    }

    /// `value` as a number of the class and in the form of `example`; nil where the number that `example` holds would not come out
    /// as it was found, or `value` does not fit.
    func bytes(of value: Int64, like example: [UInt8]?) -> [UInt8]? {
        guard let example, let present = number(example) else { return nil }
        if self == .kryo5 {
            return Kryo5.bytes(of: present, like: example) == example ? Kryo5.bytes(of: value, like: example) : nil
        }
        let box = [BoxedNumber.Box.long, .integer].first {
            BoxedNumber.bytes(of: present, like: example, $0) == example
        }
        return box.flatMap { BoxedNumber.bytes(of: value, like: example, $0) }
    }

    /// A `Boolean`.
    func boolean(_ bytes: [UInt8]) -> Bool? {
        switch self {
        case .jdk: JavaScalar.boolean(bytes)
        case .json: bytes.elementsEqual("true".utf8) ? true : bytes.elementsEqual("false".utf8) ? false : nil
        case .kryo5: bytes.count == 2 && bytes[0] == 5 && bytes[1] < 2 ? bytes[1] == 1 : nil
        }
    }

    /// A `String`.
    func text(_ bytes: [UInt8]) -> String? {
        switch self {
        case .jdk, .json: try? JavaStringValue.text(of: bytes)
        case .kryo5: Kryo5.text(bytes)
        }
    }
}

/// The scalars of Kryo 5 without references: the class' number plus two, then the value; integers in zig-zag form, seven bits a
/// byte, low ones first (session-formats, ch. 10.3).
enum Kryo5 {
    /// A `Long` (7) or an `Integer` (0).
    static func number(_ bytes: [UInt8]) -> Int64? {
        guard let tag = bytes.first, tag == 9 || tag == 2, bytes.count >= 2, bytes.count <= 10 else { return nil }
        var value: UInt64 = 0
        for (index, byte) in bytes.dropFirst().enumerated() {
            // The ninth byte of a long holds eight bits.
            let isNinth = index == 8
            value |= UInt64(isNinth ? byte : byte & 0x7F) << UInt64(7 * index)
            let isLast = index == bytes.count - 2
            guard isNinth || (byte & 0x80 == 0) == isLast else { return nil }
        }
        let number = Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
        return tag == 9 ? number : Int32(exactly: number).map { Int64($0) }
    }

    /// A number of the same class as `example`; nil where it does not fit.
    static func bytes(of number: Int64, like example: [UInt8]) -> [UInt8]? {
        guard let tag = example.first, tag == 9 || Int32(exactly: number) != nil else { return nil }
        var rest = UInt64(bitPattern: number << 1 ^ number >> 63)
        var bytes = [tag]
        while rest > 0x7F, bytes.count < 9 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(truncatingIfNeeded: rest)]
    }

    /// A short string of ASCII, whose last byte has the high bit.
    static func text(_ bytes: [UInt8]) -> String? {
        guard bytes.count > 2, bytes[0] == 3, let last = bytes.last, last & 0x80 != 0 else { return nil }
        let characters = bytes[1..<bytes.count - 1]
        guard characters.allSatisfy({ $0 < 0x80 }) else { return nil }
        return String(decoding: characters + [last & 0x7F], as: UTF8.self)
    }
}

/// A `java.lang.Boolean` in a stream of its own: a constant header and one byte (session-formats, ch. 1).
enum JavaScalar {
    private static let booleanHeader: [UInt8] =
        [0xAC, 0xED, 0, 5, 0x73, 0x72, 0, 17] + Array("java.lang.Boolean".utf8)
        + [0xCD, 0x20, 0x72, 0x80, 0xD5, 0x9C, 0xFA, 0xEE, 2, 0, 1, 0x5A, 0, 5] + Array("value".utf8) + [0x78, 0x70]

    static func boolean(_ bytes: [UInt8]) -> Bool? {
        guard bytes.count == booleanHeader.count + 1, bytes.hasPrefix(booleanHeader), let last = bytes.last else {
            return nil
        }
        return last != 0
    }
}
