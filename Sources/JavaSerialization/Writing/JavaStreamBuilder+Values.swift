/// New values of classes of the platform, as the JDK writes them.
extension JavaStreamBuilder {
    /// A box: `Integer` of an int, `Boolean` of a boolean, ….
    @discardableResult
    public mutating func box(_ value: JavaPrimitive) -> Handle {
        defer { primitive(value) }
        return beginObject(value.boxShapes)
    }

    /// A `BigInteger`.
    ///
    /// - Parameters:
    ///   - signum: -1, 0 or 1.
    ///   - magnitude: its bytes, the highest first and not zero.
    @discardableResult
    public mutating func bigInteger(signum: Int32, magnitude: [UInt8]) -> Handle {
        let handle = beginObject(PlatformShapes.bigInteger)
        // Fields of old versions, which nobody reads: java.math.BigInteger.writeObject.
        for value in [-1, -1, -2, -2, signum] { primitive(.int(value)) }
        array(of: .byte, magnitude)
        endAnnotation()
        return handle
    }

    /// A `BigDecimal`: its unscaled value as of `bigInteger(signum:magnitude:)`.
    @discardableResult
    public mutating func bigDecimal(scale: Int32, signum: Int32, magnitude: [UInt8]) -> Handle {
        let handle = beginObject(PlatformShapes.bigDecimal)
        primitive(.int(scale))
        bigInteger(signum: signum, magnitude: magnitude)
        endAnnotation()
        return handle
    }

    /// A `java.util.Date`, in milliseconds since 1970.
    @discardableResult
    public mutating func date(_ milliseconds: Int64) -> Handle {
        let handle = beginObject(PlatformShapes.date)
        block(JavaPrimitive.long(milliseconds).bytes)
        endAnnotation()
        return handle
    }

    /// A `java.sql.Timestamp`: whole seconds since 1970, and the nanoseconds of the second.
    @discardableResult
    public mutating func timestamp(seconds: Int64, nanos: Int32) -> Handle {
        let handle = beginObject(PlatformShapes.timestamp)
        block(JavaPrimitive.long(seconds.multipliedReportingOverflow(by: 1000).partialValue).bytes)
        endAnnotation()
        primitive(.int(nanos))
        return handle
    }

    /// A value of `java.time`, as `java.time.Ser` writes it.
    @discardableResult
    mutating func time(_ data: [UInt8]) -> Handle {
        let handle = beginObject(PlatformShapes.time)
        block(data)
        endAnnotation()
        return handle
    }

    /// A `UUID` of its two halves.
    @discardableResult
    public mutating func uuid(_ mostSignificant: UInt64, _ leastSignificant: UInt64) -> Handle {
        let handle = beginObject(PlatformShapes.uuid)
        primitive(.long(Int64(bitPattern: leastSignificant)))
        primitive(.long(Int64(bitPattern: mostSignificant)))
        return handle
    }

    // MARK: Collections

    /// An `ArrayList`; so many elements follow, and then `endList()`.
    @discardableResult
    public mutating func beginList(count: Int32) -> Handle {
        let handle = beginObject(PlatformShapes.arrayList)
        primitive(.int(count))
        block(JavaPrimitive.int(count).bytes)
        return handle
    }

    /// Ends an `ArrayList`.
    public mutating func endList() { endAnnotation() }

    /// A `LinkedList`; so many elements follow, and then `endList()`.
    @discardableResult
    public mutating func beginLinkedList(count: Int32) -> Handle {
        let handle = beginObject(PlatformShapes.linkedList)
        block(JavaPrimitive.int(count).bytes)
        return handle
    }

    /// A `TreeSet` in the natural order of its elements: so many follow, the least first, and then `endSet()`.
    @discardableResult
    public mutating func beginTreeSet(count: Int32) -> Handle {
        let handle = beginObject(PlatformShapes.treeSet)
        null()
        block(JavaPrimitive.int(count).bytes)
        return handle
    }

    /// A `TreeMap` in the natural order of its keys: so many follow, the least first and each with its value behind it, and then
    /// `endMap(.hashed)`.
    @discardableResult
    public mutating func beginTreeMap(count: Int32) -> Handle {
        let handle = beginObject(PlatformShapes.treeMap)
        null()
        block(JavaPrimitive.int(count).bytes)
        return handle
    }

    /// How a map or set keeps its order.
    public enum Order: Sendable {
        /// `HashMap`, `HashSet`.
        case hashed
        /// `LinkedHashMap`, `LinkedHashSet`.
        case linked
    }

    /// A map; so many keys follow, each with its value behind it, and then `endMap(_:)`. Who reads it puts them into a table anew, so any
    /// order of a `HashMap` will do.
    @discardableResult
    public mutating func beginMap(_ order: Order, count: Int32) -> Handle {
        let handle = beginObject(order == .linked ? PlatformShapes.linkedHashMap : PlatformShapes.hashMap)
        let capacity = Self.capacity(for: count)
        primitive(.float(Self.loadFactor))
        primitive(.int(count == 0 ? 0 : capacity / 4 * 3))
        block(JavaPrimitive.int(capacity).bytes + JavaPrimitive.int(count).bytes)
        return handle
    }

    /// Ends a map.
    public mutating func endMap(_ order: Order) {
        endAnnotation()
        // Order of insertion.
        if order == .linked { primitive(.boolean(false)) }
    }

    /// A set; so many elements follow, and then `endSet()`.
    @discardableResult
    public mutating func beginSet(_ order: Order, count: Int32) -> Handle {
        let handle = beginObject(order == .linked ? PlatformShapes.linkedHashSet : PlatformShapes.hashSet)
        let parts: [JavaPrimitive] = [.int(Self.capacity(for: count)), .float(Self.loadFactor), .int(count)]
        block(parts.flatMap(\.bytes))
        return handle
    }

    /// Ends a set.
    public mutating func endSet() { endAnnotation() }

    private static let loadFactor: Float = 0.75

    /// The size of the table that so many entries need: a power of two, from 16 on, no more than three quarters full.
    static func capacity(for count: Int32) -> Int32 {
        var capacity: Int32 = 16
        while capacity < 1 << 30, Int64(capacity) / 4 * 3 < Int64(count) { capacity *= 2 }
        return capacity
    }
}

extension JavaPrimitive {
    /// The class of the box, from itself up.
    var boxShapes: [ClassShape] {
        switch self {
        case .byte: PlatformShapes.byte
        case .char: PlatformShapes.character
        case .double: PlatformShapes.double
        case .float: PlatformShapes.float
        case .int: PlatformShapes.integer
        case .long: PlatformShapes.long
        case .short: PlatformShapes.short
        case .boolean: PlatformShapes.boolean
        }
    }
}
