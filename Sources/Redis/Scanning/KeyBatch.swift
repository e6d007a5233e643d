/// The keys that one SCAN brought, flat: nothing is allocated per key.
package struct KeyBatch: ~Copyable {
    struct Entry: BitwiseCopyable {
        let offset: Int
        let length: Int
        var tag: Int
        /// -1 where nobody asked, and for keys that are no hashes.
        var fieldCount: Int
    }

    private var entries = FlatBuffer<Entry>(capacity: 512)
    private var buffer = FlatBuffer<UInt8>(capacity: 32 << 10)

    init() {}

    package var count: Int { entries.count }

    /// The bytes of the key at `index`.
    package subscript(index: Int) -> RawSpan {
        @_lifetime(borrow self)
        get {
            let entry = entries[index]
            return buffer.bytes(at: entry.offset, count: entry.length)
        }
    }

    /// The key at `index` as an array of its own.
    package func array(at index: Int) -> [UInt8] {
        self[index].withUnsafeBytes { Array($0) }
    }

    /// What the caller wants to know about the key when its replies come: say, how many commands it has sent for it.
    package func tag(at index: Int) -> Int { entries[index].tag }

    package mutating func setTag(_ tag: Int, at index: Int) {
        entries[index].tag = tag
    }

    /// How many fields the hash at the key has; nil where the walk does not measure, and for what is no hash.
    package func fieldCount(at index: Int) -> Int? {
        let count = entries[index].fieldCount
        return count < 0 ? nil : count
    }

    mutating func setFieldCount(_ count: Int, at index: Int) {
        entries[index].fieldCount = count
    }

    mutating func append(_ key: RawSpan) {
        entries.append(Entry(offset: buffer.count, length: key.byteCount, tag: 0, fieldCount: -1))
        buffer.append(key)
    }

    mutating func removeAll() {
        entries.removeAll(keeping: 16 << 10)
        buffer.removeAll(keeping: 1 << 20)
    }
}
