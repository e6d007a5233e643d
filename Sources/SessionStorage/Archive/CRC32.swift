/// The checksum of ISO 3309 and zlib: it finds every change of up to 32 bits in a row.
///
/// SQLite notices broken structure, not changed content.
struct CRC32 {
    /// For each of eight places, what a byte there does to the remainder: eight bytes are taken at once.
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            var remainder = UInt32(byte)
            for _ in 0..<8 { remainder = remainder >> 1 ^ (remainder & 1 == 1 ? 0xEDB8_8320 : 0) }
            tables[byte] = remainder
        }
        for place in 256..<8 * 256 {
            let before = tables[place - 256]
            tables[place] = before >> 8 ^ tables[Int(before & 0xFF)]
        }
        return tables
    }()

    /// The checksum of `bytes`.
    static func of(_ bytes: some Collection<UInt8>) -> UInt32 {
        bytes.withContiguousStorageIfAvailable { of($0) } ?? Array(bytes).withUnsafeBufferPointer { of($0) }
    }

    private static func of(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
        tables.withUnsafeBufferPointer { tables in
            var remainder = UInt32.max
            let raw = UnsafeRawBufferPointer(bytes)
            let whole = raw.count & ~7
            for offset in stride(from: 0, to: whole, by: 8) {
                let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                let mixed = word ^ UInt64(remainder)
                remainder = 0
                for place in 0..<8 {
                    remainder ^= tables[(7 - place) << 8 | Int(mixed >> UInt64(place * 8) & 0xFF)]
                }
            }
            for byte in raw[whole...] { remainder = remainder >> 8 ^ tables[Int((remainder ^ UInt32(byte)) & 0xFF)] }
            return ~remainder
        }
    }
}
