/// The keys that one SCAN brought, flat: nothing is allocated per key.
package struct KeyBatch: ~Copyable {
    struct Entry: BitwiseCopyable {
        let offset: Int
        let length: Int
        var tag: Int
        /// How many commands were sent to measure it.
        var measuring: Int
        /// -1 where nobody asked, or the server did not tell.
        var measure: Int
    }

    private var entries = FlatBuffer<Entry>(capacity: 512)
    private var buffer = FlatBuffer<UInt8>(capacity: 32 << 10)

    /// The cursor with which was asked for them: they lie there or behind it; nil where the server has cursors that are no numbers.
    package internal(set) var cursor: ScanCursor?

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

    /// What the commands that measure the key answered, the sum of several; nil where none was sent, and where one of them
    /// did not answer with a number.
    package func measure(at index: Int) -> Int? {
        let measure = entries[index].measure
        return measure < 0 ? nil : measure
    }

    mutating func setMeasure(_ measure: Int, at index: Int) {
        entries[index].measure = measure
    }

    func measuring(at index: Int) -> Int { entries[index].measuring }

    mutating func setMeasuring(_ commands: Int, at index: Int) {
        entries[index].measuring = commands
    }

    mutating func append(_ key: RawSpan) {
        entries.append(Entry(offset: buffer.count, length: key.byteCount, tag: 0, measuring: 0, measure: -1))
        buffer.append(key)
    }

    mutating func removeAll() {
        entries.removeAll(keeping: 16 << 10)
        buffer.removeAll(keeping: 1 << 20)
    }
}
