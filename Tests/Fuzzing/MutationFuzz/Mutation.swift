/// SplitMix64: input number n of a seed is the same in every run.
struct Random {
    private var state: UInt64

    init(seed: UInt64, input: UInt64) { state = seed &+ input &* 0xd134_2543_de82_ef95 }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    /// A number below `bound`, which is above zero.
    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(bound, 1))) }
}

/// Changes that streams suffer: bytes, lengths, handles and tags become others, parts go, come twice or come from elsewhere.
struct Mutation {
    var random: Random

    mutating func changed(_ original: [UInt8], corpus: [[UInt8]]) -> [UInt8] {
        var bytes = original
        // Mostly one: what is damaged in many places is refused at the first.
        let changes = random.below(3) == 0 ? 1 + random.below(4) : 1
        for _ in 0..<changes where !bytes.isEmpty { change(&bytes, corpus) }
        return bytes
    }

    private mutating func change(_ bytes: inout [UInt8], _ corpus: [[UInt8]]) {
        let place = random.below(bytes.count)
        switch random.below(10) {
        case 0: bytes[place] ^= 1 << UInt8(random.below(8))
        case 1: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        // A tag of the grammar.
        case 2: bytes[place] = 0x70 + UInt8(random.below(15))
        case 3: bytes.removeSubrange(place...)
        case 4: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(16)))
        case 5: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 1 + random.below(32))], at: place)
        case 6: overwrite(&bytes, at: place, with: [0, 1, 0x7f, 0xff][random.below(4)], count: 1 + random.below(8))
        case 7: overwriteHandle(&bytes, at: place)
        case 8: splice(&bytes, at: place, from: corpus[random.below(corpus.count)])
        default: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
        }
    }

    private func overwrite(_ bytes: inout [UInt8], at place: Int, with byte: UInt8, count: Int) {
        for index in place..<min(bytes.count, place + count) { bytes[index] = byte }
    }

    /// A back reference to one of the first objects.
    private mutating func overwriteHandle(_ bytes: inout [UInt8], at place: Int) {
        let handle: [UInt8] = [0x71, 0, 0x7e, 0, UInt8(random.below(40))]
        for (offset, byte) in handle.enumerated() where place + offset < bytes.count { bytes[place + offset] = byte }
    }

    private mutating func splice(_ bytes: inout [UInt8], at place: Int, from other: [UInt8]) {
        guard !other.isEmpty else { return }
        let start = random.below(other.count)
        bytes.replaceSubrange(place..., with: other[start..<min(other.count, start + 1 + random.below(256))])
    }
}
