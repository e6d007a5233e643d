/// A growable buffer of trivial elements with one owner and checked indices.
///
/// A standard array pays a uniqueness check at every write, which costs the reader's inner loop a factor of
/// two. This is the only place of the module that touches a raw pointer; every access is checked.
struct Arena<Element: BitwiseCopyable>: ~Copyable {
    private var base: UnsafeMutablePointer<Element>
    private var capacity: Int
    private(set) var count = 0

    init(minimumCapacity: Int = 16) {
        capacity = max(minimumCapacity, 1)
        base = .allocate(capacity: capacity)
    }

    deinit { base.deallocate() }

    /// Element `index`; an index outside `0..<count` is a mistake of ours and stops the program.
    subscript(index: Int) -> Element {
        @inline(__always) get {
            precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "arena index")
            return base[index]
        }
        @inline(__always) _modify {
            precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "arena index")
            yield &base[index]
        }
    }

    subscript(index: Int32) -> Element {
        @inline(__always) get { self[Int(index)] }
        @inline(__always) _modify { yield &self[Int(index)] }
    }

    /// Adds `element` and returns its index.
    @inline(__always) @discardableResult
    mutating func append(_ element: Element) -> Int32 {
        if count == capacity { grow(toHold: count + 1) }
        (base + count).initialize(to: element)
        count += 1
        return Int32(truncatingIfNeeded: count - 1)
    }

    /// Adds `number` copies of `element` and returns the index of the first.
    @inline(__always)
    mutating func append(repeating element: Element, count number: Int) -> Int32 {
        let first = count
        if number > capacity &- count { grow(toHold: count + number) }
        for place in count..<count + number { (base + place).initialize(to: element) }
        count += number
        return Int32(truncatingIfNeeded: first)
    }

    /// Adds room for `number` elements whose values are not known: each must be set before it is read.
    mutating func appendUnset(count number: Int) {
        if number > capacity &- count { grow(toHold: count + number) }
        count += number
    }

    /// Forgets the elements from `newCount` on; memory is kept for the next stream.
    @inline(__always)
    mutating func shrink(to newCount: Int) {
        precondition(newCount >= 0 && newCount <= count, "arena count")
        count = newCount
    }

    /// Gives back memory that an unusually large stream left behind.
    mutating func trim(toCapacity limit: Int) {
        guard capacity > limit, count <= limit else { return }
        move(toCapacity: limit)
    }

    @inline(never)
    private mutating func grow(toHold needed: Int) {
        move(toCapacity: max(capacity * 2, needed))
    }

    private mutating func move(toCapacity newCapacity: Int) {
        let moved = UnsafeMutablePointer<Element>.allocate(capacity: newCapacity)
        moved.update(from: base, count: count)
        base.deallocate()
        base = moved
        capacity = newCapacity
    }
}

extension Arena where Element == UInt8 {
    /// Adds the bytes of `range`.
    @inline(__always)
    mutating func append(_ bytes: RawSpan, _ range: Range<Int>) {
        let start = count
        appendUnset(count: range.count)
        let source = bytes.extracting(range)
        source.withUnsafeBytes {
            UnsafeMutableRawBufferPointer(start: base + start, count: range.count).copyMemory(from: $0)
        }
    }

    /// Adds the low `size` bytes of a number, the highest first.
    @inline(__always)
    mutating func append(bigEndian value: UInt64, size: Int) {
        for place in (0..<size).reversed() { append(UInt8(truncatingIfNeeded: value &>> UInt64(8 &* place))) }
    }

    /// All of them as an array.
    func array() -> [UInt8] { Array(UnsafeBufferPointer(start: base, count: count)) }

    /// Whether `bytes` stand at `start`, eight compared at a time.
    @inline(__always)
    func hasBytes(_ bytes: RawSpan, at start: Int) -> Bool {
        let length = bytes.byteCount
        precondition(start >= 0 && start <= count && length <= count &- start, "arena range")
        let own = UnsafeRawPointer(base + start)
        guard length >= 8 else {
            for offset in 0..<length where base[start &+ offset] != bytes.byte(offset) { return false }
            return true
        }
        func isSame(_ offset: Int) -> Bool {
            own.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                == bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
        }
        var offset = 0
        while offset &+ 8 <= length {
            guard isSame(offset) else { return false }
            offset &+= 8
        }
        // The last eight, some of them for the second time.
        return isSame(length &- 8)
    }
}
