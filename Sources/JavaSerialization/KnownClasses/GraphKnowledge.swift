/// What is known of one class, in plain numbers: every question about a value begins with these.
struct ClassFacts: BitwiseCopyable {
    /// The row of `KnownClass.rows` that explains its objects, its own or that of a superclass; -1 for none.
    var row: Int16 = -1
    /// Whether the class belongs to the Java platform.
    var isPlatformClass: Bool
    /// Whether the row is the class's own.
    var isOwnRow = false
    /// Whether the class itself writes the data that the row explains.
    var ownsData = false
}

/// What was found out about a graph's classes and numbers when values were asked for.
///
/// The names of classes are the same in session after session, so what they mean is kept from one stream to the next.
struct GraphKnowledge: ~Copyable {
    /// Decimal digits by the node of the magnitude.
    var digits: [JavaNode: String] = [:]
    /// Names and facts by the number of the knowledge, which stays the same until all are forgotten.
    private(set) var names: [ClassName] = []
    private(set) var facts = Arena<ClassFacts>()
    /// The number of the knowledge of each class of the stream that is in the graph; -1 where nobody asked.
    private var numbers = Arena<Int32>()
    private var cache: NameCache
    private var numberBySlot = Arena<Int32>()

    /// - Parameter slotCount: how many names are found again, a power of two.
    init(slotCount: Int = 512) { cache = NameCache(slotCount: slotCount) }

    /// More than these are forgotten when the next stream begins.
    private static let most = 4096

    /// Forgets what belongs to one stream alone.
    mutating func beginStream() {
        numbers.shrink(to: 0)
        if !digits.isEmpty { digits = [:] }
        guard names.count > Self.most else { return }
        names = []
        facts.shrink(to: 0)
        numberBySlot.shrink(to: 0)
        cache = NameCache(slotCount: cache.slotCount)
    }

    /// The number of what is known of a class of this stream, or nil.
    @inline(__always)
    func number(of described: JavaClass) -> Int32? {
        guard Int(described.index) < numbers.count else { return nil }
        let number = numbers[described.index]
        return number < 0 ? nil : number
    }

    mutating func set(_ number: Int32, of described: JavaClass) {
        let missing = Int(described.index) + 1 - numbers.count
        if missing > 0 { _ = numbers.append(repeating: -1, count: missing) }
        numbers[described.index] = number
    }

    /// The number of what is known of a class by its name alone.
    mutating func number(ofClassNamed name: RawSpan) -> Int32 {
        if numberBySlot.count == 0 { _ = numberBySlot.append(repeating: -1, count: cache.slotCount) }
        guard let slot = cache.slot(for: name) else { return add(name) }
        if slot.isHit { return numberBySlot[slot.index] }
        numberBySlot[slot.index] = add(name)
        return numberBySlot[slot.index]
    }

    private mutating func add(_ name: RawSpan) -> Int32 {
        let text = String(decoding: ModifiedUTF8.units(name, 0..<name.byteCount), as: UTF16.self)
        var facts = ClassFacts(isPlatformClass: KnownClass.isPlatformClass(text))
        if text.utf8.count <= KnownClass.longestName, let row = KnownClass.rowByName[text] {
            facts.row = row
            facts.isOwnRow = true
            facts.ownsData = KnownClass.rows[Int(row)].data == nil
        }
        return add(text, facts)
    }

    mutating func add(_ name: String, _ facts: ClassFacts) -> Int32 {
        add(ClassName(name), facts)
    }

    mutating func add(_ name: ClassName, _ facts: ClassFacts) -> Int32 {
        names.append(name)
        return self.facts.append(facts)
    }
}

extension JavaGraph {
    /// What is known of a class.
    @inline(__always)
    func facts(of described: JavaClass) -> ClassFacts { knowledge.facts[number(of: described)] }

    /// The row that explains objects of a class, or nil.
    func row(of described: JavaClass) -> KnownClass? {
        let row = facts(of: described).row
        return row < 0 ? nil : KnownClass.rows[Int(row)]
    }

    /// The name of a class, made once.
    func knownName(of described: JavaClass) -> String { sharedName(of: described).text }

    /// The same as the object that is shared by all streams which are read into this graph.
    func sharedName(of described: JavaClass) -> ClassName { knowledge.names[Int(number(of: described))] }

    @inline(__always)
    private func number(of described: JavaClass) -> Int32 {
        knowledge.number(of: described) ?? newNumber(of: described)
    }

    private func newNumber(of described: JavaClass) -> Int32 {
        var number = numberByName(of: described)
        var facts = knowledge.facts[number]
        if facts.row < 0, superclass(of: described) != nil {
            let name = knowledge.names[Int(number)]
            if let row = inheritedRow(for: described, named: name.text) {
                facts.row = row
                number = knowledge.add(name, facts)
            }
        }
        knowledge.set(number, of: described)
        return number
    }

    private func numberByName(of described: JavaClass) -> Int32 {
        let bytes = bytes
        return knowledge.number(ofClassNamed: bytes.span.extracting(nameRange(of: described)).bytes)
    }

    /// The row of the nearest known class above `described` that means it too. Known classes are never far up.
    private func inheritedRow(for described: JavaClass, named name: String) -> Int16? {
        var ancestor = superclass(of: described)
        for _ in 0..<63 {
            guard let current = ancestor else { return nil }
            let row = knowledge.facts[numberByName(of: current)].row
            if row >= 0 { return KnownClass.rows[Int(row)].covers(name) ? row : nil }
            ancestor = superclass(of: current)
        }
        return nil
    }
}
