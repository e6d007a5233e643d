import Sessions

/// What RESTORE takes: a value in the form of an RDB file, with a version and a checksum behind it.
///
/// Every server since Redis 4.0 reads the plain encodings that are used here, whatever it would choose itself. What DUMP gives is good
/// only for servers of the same version or later.
enum RestorePayload {
    /// The types of the RDB format.
    private enum Kind: UInt8 {
        case string = 0, list = 1, set = 2, hash = 4, sortedSet = 5
    }

    /// That of Redis 4.0.
    private static let version: UInt16 = 8

    static func string(_ value: [UInt8]) -> [UInt8] { finished(.string) { append(value, to: &$0) } }

    static func hash(_ fields: [StoredField]) -> [UInt8] {
        finished(.hash) { bytes in
            append(length: fields.count, to: &bytes)
            for field in fields {
                append(field.field, to: &bytes)
                append(field.value, to: &bytes)
            }
        }
    }

    static func set(_ members: [[UInt8]]) -> [UInt8] { finished(.set) { append(members, to: &$0) } }

    static func list(_ items: [[UInt8]]) -> [UInt8] { finished(.list) { append(items, to: &$0) } }

    /// - Parameter members: with scores as Redis writes them.
    static func sortedSet(_ members: [ScoredMember]) -> [UInt8] {
        finished(.sortedSet) { bytes in
            append(length: members.count, to: &bytes)
            for member in members {
                append(member.member, to: &bytes)
                let score = Double(String(decoding: member.score, as: UTF8.self)) ?? 0
                withUnsafeBytes(of: score.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
            }
        }
    }

    private static func finished(_ kind: Kind, _ body: (inout [UInt8]) -> Void) -> [UInt8] {
        var bytes = [kind.rawValue]
        body(&bytes)
        withUnsafeBytes(of: version.littleEndian) { bytes.append(contentsOf: $0) }
        let checksum = CRC64.checksum(of: bytes)
        withUnsafeBytes(of: checksum.littleEndian) { bytes.append(contentsOf: $0) }
        return bytes
    }

    private static func append(_ parts: [[UInt8]], to bytes: inout [UInt8]) {
        append(length: parts.count, to: &bytes)
        for part in parts { append(part, to: &bytes) }
    }

    private static func append(_ part: [UInt8], to bytes: inout [UInt8]) {
        append(length: part.count, to: &bytes)
        bytes += part
    }

    /// Six bits, fourteen, or thirty-two in the order of the network.
    private static func append(length: Int, to bytes: inout [UInt8]) {
        switch length {
        case ..<64: bytes.append(UInt8(truncatingIfNeeded: length))
        case ..<16384:
            bytes += [0x40 | UInt8(truncatingIfNeeded: length >> 8), UInt8(truncatingIfNeeded: length)]
        default:
            bytes.append(0x80)
            withUnsafeBytes(of: UInt32(truncatingIfNeeded: length).bigEndian) { bytes.append(contentsOf: $0) }
        }
    }
}

/// The checksum of RDB files and DUMP: CRC-64 by Jones' polynomial, bits reversed.
enum CRC64 {
    private static let table: [UInt64] = (0..<256).map { index in
        (0..<8).reduce(UInt64(index)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0x95ac_9329_ac4b_c9b5 : crc >> 1 }
    }

    static func checksum(of bytes: [UInt8]) -> UInt64 {
        table.withUnsafeBufferPointer { table in
            bytes.reduce(UInt64(0)) { crc, byte in table[Int(UInt8(truncatingIfNeeded: crc) ^ byte)] ^ crc >> 8 }
        }
    }
}
