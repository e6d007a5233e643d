/// The hashes of the last 64 K keys, to say each key once.
///
/// SCAN repeats keys only when the server's table shrinks during the walk, and then close together, so the last ones
/// are enough; their memory is 1 MB whatever the number of keys. Hashes are seeded: nobody outside can make two collide.
struct RecentKeys {
    private static let size = 1 << 16

    /// The hash that was added as number n is in slot n modulo size.
    private var hashes = [UInt64](repeating: 0, count: size)
    /// The number of the key before with the same bucket; −1 ends the chain. What has left the ring ends it too.
    private var previous = [Int32](repeating: -1, count: size)
    private var newest = [Int32](repeating: -1, count: size)
    private var next: Int32 = 0

    /// Remembers the key, and says whether it was not among the last 64 K.
    mutating func insert(_ key: RawSpan) -> Bool {
        var hasher = Hasher()
        key.withUnsafeBytes { hasher.combine(bytes: $0) }
        return insert(hash: UInt64(bitPattern: Int64(hasher.finalize())))
    }

    mutating func insert(hash: UInt64) -> Bool {
        let bucket = Int(hash % UInt64(Self.size))
        var number = newest[bucket]
        while number >= 0 && number > next - Int32(Self.size) - 1 {
            let slot = Int(number) % Self.size
            if hashes[slot] == hash { return false }
            number = previous[slot]
        }
        if next == Int32.max { self = RecentKeys() }
        let slot = Int(next) % Self.size
        hashes[slot] = hash
        previous[slot] = newest[bucket]
        newest[bucket] = next
        next += 1
        return true
    }
}
