/// Items in the graph's slots: an annotation's contents, an array's or a collection's elements; nil is a null reference.
public struct JavaItems: RandomAccessCollection {
    let graph: JavaGraph
    /// Which slots they are.
    package let range: SlotRange

    init(graph: JavaGraph, _ range: SlotRange) {
        self.graph = graph
        self.range = range
    }

    /// The number of items.
    public var count: Int { range.count }
    /// Always 0.
    public var startIndex: Int { 0 }
    /// The same as `count`.
    public var endIndex: Int { count }

    /// Whether one item stands for all, as in `Collections.nCopies`: there may be two billion.
    public var isRepetition: Bool { range.isRepetition }

    /// The item at `position`; nil is a null reference.
    public subscript(position: Int) -> JavaNode? { graph.item(position, of: range) }

    /// The slot of the item at `position`.
    package func slot(_ position: Int) -> Int32 { range.slot(position) }

    /// The first `count` items, or all where there are fewer.
    public func leading(_ count: Int) -> JavaItems { JavaItems(graph: graph, range.leading(count)) }

    /// The item at `position` alone.
    public func item(_ position: Int) -> JavaItems {
        JavaItems(graph: graph, SlotRange(first: range.slot(position), count: 1))
    }
}

/// Which slots of a graph some items are in, as plain numbers: walks over values keep many of these and copy them often.
package struct SlotRange: BitwiseCopyable, Sendable {
    var first: Int32
    private let number: Int32
    /// The distance from one item to the next: 2 for keys or values in turn, 0 for one item that stands for all.
    private let stride: Int32
    /// For rings: which of the `ringSize` slots the first item is in; what is no ring has size 0.
    private let ringStart: Int32
    private let ringSize: Int32

    init(first: Int32, count: Int, stride: Int32 = 1, ringStart: Int = 0, ringSize: Int = 0) {
        self.first = first
        number = Int32(truncatingIfNeeded: count)
        self.stride = stride
        self.ringStart = Int32(truncatingIfNeeded: ringStart)
        self.ringSize = Int32(truncatingIfNeeded: ringSize)
    }

    /// No items.
    static let empty = SlotRange(first: 0, count: 0)

    /// The number of items.
    package var count: Int { Int(number) }

    /// Whether one item stands for all.
    package var isRepetition: Bool { stride == 0 && number > 1 }

    /// The slot of the item at `position`.
    @inline(__always)
    func slot(_ position: Int) -> Int32 {
        precondition(position >= 0 && position < count, "item index")
        let place = ringSize > 0 ? (Int(ringStart) + position) % Int(ringSize) : position
        return first &+ Int32(truncatingIfNeeded: place) &* stride
    }

    /// The first `count` items, or all where there are fewer.
    package func leading(_ count: Int) -> SlotRange {
        SlotRange(
            first: first, count: Swift.min(count, self.count), stride: stride, ringStart: Int(ringStart),
            ringSize: Int(ringSize))
    }

    /// Some of the items, each `stride` slots behind the one before; the caller has checked that they exist.
    func part(from start: Int, count: Int, stride: Int32 = 1) -> SlotRange {
        SlotRange(first: first &+ Int32(truncatingIfNeeded: start), count: count, stride: stride)
    }
}

extension JavaGraph {
    /// The item at `position` of a range of this graph; nil is a null reference.
    @inline(__always)
    package func item(_ position: Int, of range: SlotRange) -> JavaNode? { slot(range.slot(position)) }
}
