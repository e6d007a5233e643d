/// Remembers which names were seen before, so that what is found out about one is found out once: the same few names of
/// classes, fields and attributes stand in session after session.
///
/// Each name has two places, by its bytes; another name may take over the second. So memory and the time for a name are bounded,
/// whatever names there are. The cache holds names only: its owner keeps a value for each slot beside it.
package struct NameCache: ~Copyable {
    /// Longer names have no slot.
    package static let longestName = 96

    /// The number of slots, a power of two.
    package let slotCount: Int
    private var names = Arena<UInt8>(minimumCapacity: 1)
    /// Lengths of the names; -1 where there is none.
    private var lengths = Arena<Int32>(minimumCapacity: 1)

    /// A cache that takes its memory when the first name comes.
    package init(slotCount: Int) { self.slotCount = slotCount }

    /// The slot of `name`, and whether it was this name's before; nil for names that are too long.
    package mutating func slot(for name: RawSpan) -> (index: Int, isHit: Bool)? {
        guard name.byteCount <= Self.longestName else { return nil }
        if lengths.count == 0 {
            _ = lengths.append(repeating: -1, count: slotCount)
            // Of a slot no more is looked at than was put there.
            names.appendUnset(count: slotCount * Self.longestName)
        }
        let first = Self.hash(name) & (slotCount - 1)
        if holds(name, first) { return (first, true) }
        let second = first ^ 1
        if holds(name, second) { return (second, true) }
        let index = lengths[first] < 0 ? first : second
        lengths[index] = Int32(truncatingIfNeeded: name.byteCount)
        let start = index * Self.longestName
        for offset in 0..<name.byteCount { names[start + offset] = name.byte(offset) }
        return (index, false)
    }

    private func holds(_ name: RawSpan, _ index: Int) -> Bool {
        guard Int(lengths[index]) == name.byteCount else { return false }
        return names.hasBytes(name, at: index * Self.longestName)
    }

    /// Mixes length, beginning and end and all between, eight bytes at a time.
    private static func hash(_ name: RawSpan) -> Int {
        var hash = UInt64(truncatingIfNeeded: name.byteCount) &* 0x9E37_79B9_7F4A_7C15
        var offset = 0
        while offset &+ 8 <= name.byteCount {
            hash = (hash ^ name.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash &>> 29
            offset &+= 8
        }
        while offset < name.byteCount {
            hash = (hash ^ UInt64(name.byte(offset))) &* 0x0000_0100_0000_01B3
            offset &+= 1
        }
        hash ^= hash &>> 32
        return Int(truncatingIfNeeded: hash ^ hash &>> 16)
    }
}
