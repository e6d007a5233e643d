/// The replies to a batch of commands, flat: one row of elements in the order of the wire, one buffer with all their bytes.
///
/// Nothing is allocated per element, and the memory is used again for the next batch.
/// An array is its header followed by its elements, so `[a, [b, c], d]` is `array(3) a array(2) b c d`:
///
///     var index = 0                                   // the first reply
///     while index < batch.count {
///         let reply = batch[index]                    // say an HGETALL
///         for member in index + 1 ..< index + 1 + reply.count { use(batch.bytes(of: batch[member])) }
///         index = batch.index(after: index)           // the next reply
///     }
package struct ReplyBatch: ~Copyable {
    private var elements = FlatBuffer<ReplyElement>(capacity: 1024)
    private var buffer = FlatBuffer<UInt8>(capacity: 64 << 10)
    /// What this batch may hold; the connection sets its own.
    var limits = ReplyLimits()
    /// The first limit that was passed. Nothing is added after that.
    private(set) var passedLimit: String?
    /// Whether replies stood here that passed the limits of a walk: there are none now, and their keys are to be read one by one.
    package private(set) var wasTooLarge = false

    package init() {}

    /// Elements of all replies together.
    package var count: Int { elements.count }

    /// Bytes of all strings together.
    package var byteCount: Int { buffer.count }

    package subscript(index: Int) -> ReplyElement { elements[index] }

    /// The bytes of a string, a status or an error of this batch; nothing for other kinds.
    @_lifetime(borrow self)
    package func bytes(of element: ReplyElement) -> RawSpan {
        buffer.bytes(at: element.hasBytes ? Int(element.payload) : 0, count: element.byteCount)
    }

    /// The index behind the element at `index` and everything inside it.
    package func index(after index: Int) -> Int {
        var next = index
        var expected = 1
        while expected > 0 && next < elements.count {
            expected += elements[next].count - 1
            next += 1
        }
        return next
    }

    /// The sum of the next `count` replies from `index` on, which is moved behind them; nil where one of them is no number. What is
    /// too large for a number is the largest.
    package func sum(of replies: Int, from index: inout Int) -> Int? {
        var sum: Int64? = 0
        for _ in 0..<replies {
            let next = index < count ? self[index].integer : nil
            index = self.index(after: index)
            guard let before = sum, let next else {
                sum = nil
                continue
            }
            let (both, overflow) = before.addingReportingOverflow(next)
            sum = overflow ? .max : both
        }
        return sum.map { Int(truncatingIfNeeded: $0) }
    }

    /// Forgets the replies. Memory is kept for the next batch up to a few megabytes.
    package mutating func removeAll() {
        elements.removeAll(keeping: 256 << 10)
        buffer.removeAll(keeping: 8 << 20)
        passedLimit = nil
        wasTooLarge = false
    }

    /// Forgets replies that were too large.
    package mutating func discard() {
        removeAll()
        wasTooLarge = true
    }
}

// What hiredis' reader calls for each element. A passed limit is kept, not thrown: errors must not unwind through C.
extension ReplyBatch {
    mutating func addBytes(_ kind: ReplyElement.Kind, from start: UnsafeRawPointer?, count length: Int) {
        guard hasRoom(bytes: length) else { return }
        let offset = buffer.count
        buffer.append(UnsafeRawBufferPointer(start: start, count: length))
        elements.append(ReplyElement(kind: kind, length: UInt32(length), payload: Int64(offset)))
    }

    mutating func addInteger(_ value: Int64) {
        guard hasRoom() else { return }
        elements.append(ReplyElement(kind: .integer, length: 0, payload: value))
    }

    mutating func addNull() {
        guard hasRoom() else { return }
        elements.append(ReplyElement(kind: .null, length: 0, payload: 0))
    }

    /// `depth` is the number of arrays around this one.
    mutating func addArray(count: Int, depth: Int) {
        guard hasRoom() else { return }
        if depth >= limits.depth {
            passedLimit = "arrays nested more than \(limits.depth) deep"
        } else if count > limits.elements - elements.count - 1 {
            passedLimit = "more than \(limits.elements) elements in a batch of replies"
        } else {
            elements.append(ReplyElement(kind: .array, length: UInt32(count), payload: 0))
        }
    }

    private mutating func hasRoom(bytes: Int = 0) -> Bool {
        if passedLimit != nil { return false }
        if elements.count >= limits.elements {
            passedLimit = "more than \(limits.elements) elements in a batch of replies"
        } else if bytes > min(limits.batchBytes, Int(UInt32.max)) - buffer.count {
            passedLimit = "more than \(limits.batchBytes) bytes in a batch of replies"
        }
        return passedLimit == nil
    }
}
