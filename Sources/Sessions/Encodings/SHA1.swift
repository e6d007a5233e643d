/// SHA-1 (FIPS 180-4, § 6.1), as Redis' scripts compute it (`redis.sha1hex`): by it a script tells whether a value is still the one
/// that was read. Nothing is signed or verified with it.
package enum SHA1 {
    /// The digest of `bytes` in lower-case hexadecimal digits.
    package static func hexadecimal(of bytes: [UInt8]) -> [UInt8] {
        digest(of: bytes).flatMap { [Hexadecimal.digit($0 >> 4), Hexadecimal.digit($0 & 15)] }
    }

    /// The digest of `bytes`: 20 of them.
    package static func digest(of bytes: [UInt8]) -> [UInt8] {
        var state: [UInt32] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0]
        var schedule = [UInt32](repeating: 0, count: 80)
        let whole = bytes.count - bytes.count % 64
        for start in stride(from: 0, to: whole, by: 64) { compress(&state, &schedule, bytes, at: start) }
        // § 5.1.1: a one bit, zeros, and the length in bits.
        var rest = Array(bytes[whole...])
        rest.append(0x80)
        while rest.count % 64 != 56 { rest.append(0) }
        let length = UInt64(truncatingIfNeeded: bytes.count) &* 8
        rest += (0..<8).reversed().map { UInt8(truncatingIfNeeded: length >> (8 * UInt64($0))) }
        for start in stride(from: 0, to: rest.count, by: 64) { compress(&state, &schedule, rest, at: start) }
        return state.flatMap { word in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) } }
    }

    /// § 6.1.2.
    private static func compress(_ state: inout [UInt32], _ schedule: inout [UInt32], _ bytes: [UInt8], at start: Int) {
        let block = bytes.span.extracting(start..<start + 64).bytes
        for t in 0..<16 {
            schedule[t] = block.unsafeLoadUnaligned(fromByteOffset: 4 * t, as: UInt32.self).bigEndian
        }
        for t in 16..<80 {
            schedule[t] = rotate(schedule[t - 3] ^ schedule[t - 8] ^ schedule[t - 14] ^ schedule[t - 16], 1)
        }
        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
        func step(_ t: Int, _ mixed: UInt32, _ constant: UInt32) {
            (e, d, c, b, a) = (d, c, rotate(b, 30), a, rotate(a, 5) &+ mixed &+ e &+ constant &+ schedule[t])
        }
        // § 4.1.1 and 4.2.1.
        for t in 0..<20 { step(t, (b & c) ^ (~b & d), 0x5a82_7999) }
        for t in 20..<40 { step(t, b ^ c ^ d, 0x6ed9_eba1) }
        for t in 40..<60 { step(t, (b & c) ^ (b & d) ^ (c & d), 0x8f1b_bcdc) }
        for t in 60..<80 { step(t, b ^ c ^ d, 0xca62_c1d6) }
        for (index, word) in [a, b, c, d, e].enumerated() { state[index] &+= word }
    }

    @inline(__always)
    private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 { word &<< count | word &>> (32 - count) }
}
