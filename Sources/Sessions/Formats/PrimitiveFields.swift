/// The primitive fields of a stream's first object, read from its first bytes alone.
///
/// Class descriptions come first, then the fields from the topmost class down, primitives before objects: so the primitives
/// of the topmost class can be read though the rest of the object is not there (Java Object Serialization Specification §6.4).
struct PrimitiveFields {
    private var values: [String: [UInt8]] = [:]

    private static let sizes: [UInt8: Int] = [
        UInt8(ascii: "B"): 1, UInt8(ascii: "Z"): 1, UInt8(ascii: "C"): 2, UInt8(ascii: "S"): 2,
        UInt8(ascii: "I"): 4, UInt8(ascii: "F"): 4, UInt8(ascii: "J"): 8, UInt8(ascii: "D"): 8,
    ]

    /// Nil where the stream does not begin with an object whose class descriptions are all new and without annotations.
    init?(_ bytes: [UInt8]) {
        var cursor = ByteCursor(bytes)
        guard cursor.skip([0xAC, 0xED, 0, 5, 0x73]) else { return nil }
        var topmost: [(name: String, size: Int)] = []
        // A hierarchy deeper than this is none of a session.
        for _ in 0..<16 {
            guard let tag = cursor.uint8() else { return nil }
            if tag == 0x70 {
                for (name, size) in topmost {
                    guard let value = cursor.take(size) else { return nil }
                    values[name] = Array(value)
                }
                return
            }
            guard tag == 0x72, let fields = Self.description(&cursor) else { return nil }
            topmost = fields
        }
        return nil
    }

    /// The primitive fields of one class description.
    private static func description(_ cursor: inout ByteCursor) -> [(name: String, size: Int)]? {
        guard cursor.counted() != nil, cursor.take(9) != nil, let count = cursor.uint16() else { return nil }
        var fields: [(name: String, size: Int)] = []
        for _ in 0..<count {
            guard let type = cursor.uint8(), let name = cursor.counted() else { return nil }
            if let size = sizes[type] {
                fields.append((String(decoding: name, as: UTF8.self), size))
            } else {
                guard skipString(&cursor) else { return nil }
            }
        }
        return cursor.skip([0x78]) ? fields : nil
    }

    /// The type of an object field: a string or a reference to one.
    private static func skipString(_ cursor: inout ByteCursor) -> Bool {
        switch cursor.uint8() {
        case 0x74: cursor.counted() != nil
        case 0x71: cursor.take(4) != nil
        default: false
        }
    }

    private func integer(_ name: String, size: Int) -> Int64? {
        guard let value = values[name], value.count == size else { return nil }
        return value.reduce(Int64(0)) { $0 << 8 | Int64($1) }
    }

    func long(_ name: String) -> Int64? { integer(name, size: 8) }

    func int(_ name: String) -> Int64? { integer(name, size: 4).map { Int64(Int32(truncatingIfNeeded: $0)) } }

    func boolean(_ name: String) -> Bool? { integer(name, size: 1).map { $0 != 0 } }
}
