/// One kind of trouble that a database may hold, and the commands that make it.
struct Trouble {
    let name: String
    let commands: [[[UInt8]]]

    init(_ name: String, _ commands: [[UInt8]]...) {
        self.name = name
        self.commands = commands
    }

    /// Every kind.
    static func all() throws -> [Trouble] { try hashes() + values() + keys() + names() + tokenKeys() }

    /// A Spring session with the three fields that each has, and with `fields` (name, value, …) beside or instead of them.
    static func session(
        _ id: String, without missing: [String] = [], _ fields: [[UInt8]] = [], namespace: String = "spring:session"
    ) -> [[UInt8]] {
        let whole = [
            ("creationTime", JavaBytes.long(1_795_400_000_000)),
            ("lastAccessedTime", JavaBytes.long(1_795_419_000_000)),
            ("maxInactiveInterval", JavaBytes.integer(1800)),
        ].filter { !missing.contains($0.0) }
        let all = whole.flatMap { [Array($0.0.utf8), $0.1] } + fields
        return [Array("HSET".utf8), Array("\(namespace):sessions:\(id)".utf8)] + all
    }

    /// A session with one attribute.
    static func attribute(
        _ name: String, _ value: [UInt8], of id: String, namespace: String = "spring:session"
    ) -> [[UInt8]] {
        session(id, [Array("sessionAttr:\(name)".utf8), value], namespace: namespace)
    }

    static func words(_ text: String) -> [[UInt8]] { text.split(separator: " ").map { Array($0.utf8) } }
}

/// Streams of single values, as the JDK writes them (session-formats, ch. 1).
enum JavaBytes {
    private static let number: [UInt8] =
        [0x72, 0, 0x10] + Array("java.lang.Number".utf8) + [
            0x86, 0xac, 0x95, 0x1d, 0x0b, 0x94, 0xe0, 0x8b, 2, 0, 0, 0x78, 0x70,
        ]

    static func long(_ value: Int64) -> [UInt8] {
        [0xac, 0xed, 0, 5, 0x73, 0x72, 0, 14] + Array("java.lang.Long".utf8)
            + [0x3b, 0x8b, 0xe4, 0x90, 0xcc, 0x8f, 0x23, 0xdf, 2, 0, 1, 0x4a, 0, 5] + Array("value".utf8) + [0x78]
            + number
            + bigEndian(UInt64(bitPattern: value), 8)
    }

    static func integer(_ value: Int32) -> [UInt8] {
        [0xac, 0xed, 0, 5, 0x73, 0x72, 0, 17] + Array("java.lang.Integer".utf8)
            + [0x12, 0xe2, 0xa0, 0xa4, 0xf7, 0x81, 0x87, 0x38, 2, 0, 1, 0x49, 0, 5] + Array("value".utf8) + [0x78]
            + number
            + bigEndian(UInt64(UInt32(bitPattern: value)), 4)
    }

    /// A string, in the long form where it needs that.
    static func string(_ text: [UInt8]) -> [UInt8] {
        let head =
            text.count < 65536 ? [0x74] + bigEndian(UInt64(text.count), 2) : [0x7c] + bigEndian(UInt64(text.count), 8)
        return [0xac, 0xed, 0, 5] + head + text
    }

    static func string(_ text: String) -> [UInt8] { string(Array(text.utf8)) }

    /// Arrays of one element, each in the one before.
    static func nested(_ depth: Int) -> [UInt8] {
        var bytes = object(arrayOf: 1)
        for _ in 1..<depth { bytes += [0x75, 0x71, 0, 0x7e, 0, 0, 0, 0, 0, 1] }
        return bytes + [0x70]
    }

    /// The beginning of an array of objects.
    static func object(arrayOf count: UInt64) -> [UInt8] {
        [0xac, 0xed, 0, 5, 0x75, 0x72, 0, 19] + Array("[Ljava.lang.Object;".utf8)
            + [0x90, 0xce, 0x58, 0x9f, 0x10, 0x73, 0x29, 0x6c, 2, 0, 0, 0x78, 0x70] + bigEndian(count, 4)
    }

    /// An object without fields of a class of this name.
    static func object(of name: [UInt8]) -> [UInt8] {
        [0xac, 0xed, 0, 5, 0x73, 0x72] + bigEndian(UInt64(name.count), 2) + name + [
            0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0x78, 0x70,
        ]
    }

    static func bigEndian(_ value: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
    }
}
