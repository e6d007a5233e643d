/// A growing row of plain values with one owner: what `Array` does, without its uniqueness check in the inner loop.
struct FlatBuffer<Element: BitwiseCopyable>: ~Copyable {
    private(set) var start: UnsafeMutablePointer<Element>
    private(set) var count = 0
    private(set) var capacity: Int

    init(capacity: Int) {
        self.capacity = max(capacity, 1)
        start = .allocate(capacity: self.capacity)
    }

    deinit {
        start.deallocate()
    }

    subscript(index: Int) -> Element {
        get {
            precondition(index >= 0 && index < count, "index outside the buffer")
            return start[index]
        }
        set {
            precondition(index >= 0 && index < count, "index outside the buffer")
            start[index] = newValue
        }
    }

    mutating func append(_ element: Element) {
        if count == capacity { grow(by: 1) }
        start[count] = element
        count += 1
    }

    mutating func append(from source: UnsafePointer<Element>, count added: Int) {
        if added > capacity - count { grow(by: added) }
        (start + count).update(from: source, count: added)
        count += added
    }

    /// Forgets the elements. Memory is kept for the next use, but not more than `kept` elements of it.
    mutating func removeAll(keeping kept: Int) {
        count = 0
        guard capacity > kept else { return }
        start.deallocate()
        capacity = max(kept, 1)
        start = .allocate(capacity: capacity)
    }

    private mutating func grow(by added: Int) {
        let larger = max(capacity * 2, count + added)
        let moved = UnsafeMutablePointer<Element>.allocate(capacity: larger)
        moved.update(from: start, count: count)
        start.deallocate()
        start = moved
        capacity = larger
    }
}

extension FlatBuffer where Element == UInt8 {
    mutating func append(_ bytes: RawSpan) {
        bytes.withUnsafeBytes { append($0) }
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress else { return }
        append(from: source.assumingMemoryBound(to: UInt8.self), count: bytes.count)
    }

    /// The bytes from `offset` on, as a view that cannot outlive the buffer.
    @_lifetime(borrow self)
    func bytes(at offset: Int, count length: Int) -> RawSpan {
        precondition(offset >= 0 && length >= 0 && length <= count - offset, "range outside the buffer")
        let span = RawSpan(_unsafeStart: start + offset, byteCount: length)
        return _overrideLifetime(span, borrowing: self)
    }
}
