/// The slots of a Redis Cluster: keys in different ones cannot be changed in one step.
///
/// Source: Redis cluster specification, "Key distribution model" and "Hash tags".
package enum HashSlot {
    /// How many there are.
    private static let count: UInt16 = 16384

    /// The slot of a key: of what stands between its first `{` and the next `}`, if anything does, else of all of it.
    package static func of(_ key: [UInt8]) -> UInt16 {
        var hashed = key[...]
        if let open = key.firstIndex(of: UInt8(ascii: "{")),
            let close = key[(open + 1)...].firstIndex(of: UInt8(ascii: "}")), close > open + 1
        {
            hashed = key[(open + 1)..<close]
        }
        return crc16(hashed) % count
    }

    /// CRC-16/XMODEM.
    private static func crc16(_ bytes: ArraySlice<UInt8>) -> UInt16 {
        bytes.reduce(0) { crc, byte in
            var crc = crc ^ UInt16(byte) << 8
            for _ in 0..<8 { crc = crc & 0x8000 != 0 ? crc << 1 ^ 0x1021 : crc << 1 }
            return crc
        }
    }
}
