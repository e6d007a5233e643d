import JavaSerialization
private import Synchronization

/// Names in order, each once. Of a few, which is what sessions have, the objects are compared, that streams share: that is quicker
/// than to hash the text.
struct DistinctNames {
    private var few: [ClassName] = []
    private var identities: [ObjectIdentifier] = []
    private var many: Set<String> = []

    private static let most = 64

    init() {
        few.reserveCapacity(16)
        identities.reserveCapacity(16)
    }

    mutating func add(_ name: ClassName) {
        let identity = ObjectIdentifier(name)
        guard !identities.contains(identity) else { return }
        if few.count < Self.most {
            few.append(name)
            identities.append(identity)
        } else {
            many.insert(name.text)
        }
    }

    /// The names.
    consuming func list() -> [String] {
        guard many.isEmpty else { return many.union(few.map { $0.text }).sorted() }
        return NameLists.shared.withLock { $0.list(of: few, identities) }
    }
}

/// The lists that were made of some names. Sessions of one application hold the same few sets of classes, in the same order.
private struct NameLists {
    static let shared = Mutex(NameLists())
    private static let slots = 256

    private struct Made {
        let identities: [ObjectIdentifier]
        /// As long as these live, no other object can have their identity.
        let names: [ClassName]
        let list: [String]
    }

    private var made = [Made?](repeating: nil, count: slots)

    mutating func list(of names: [ClassName], _ identities: [ObjectIdentifier]) -> [String] {
        let slot = Self.slot(of: identities)
        if let known = made[slot], known.identities == identities { return known.list }
        let list = Array(Set(names.map { $0.text })).sorted()
        made[slot] = Made(identities: identities, names: names, list: list)
        return list
    }

    private static func slot(of identities: [ObjectIdentifier]) -> Int {
        var hash: UInt = 0
        for identity in identities { hash = (hash ^ UInt(bitPattern: identity)) &* 0x9E37_79B9_7F4A_7C15 }
        return Int(truncatingIfNeeded: hash >> 32) & (slots - 1)
    }
}
