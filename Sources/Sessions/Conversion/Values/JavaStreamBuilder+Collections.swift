import JavaSerialization

extension JavaStreamBuilder {
    /// A collection, up to its elements or entries; so many follow, and then `end(_:_:count:)` with what this gave.
    mutating func begin(_ type: CollectionClass, count: Int32) -> Handle {
        switch type {
        case .arrayList: return beginList(count: count)
        case .linkedList: return beginLinkedList(count: count)
        case .hashSet: return beginSet(.hashed, count: count)
        case .linkedHashSet: return beginSet(.linked, count: count)
        case .treeSet: return beginTreeSet(count: count)
        case .hashMap: return beginMap(.hashed, count: count)
        case .linkedHashMap: return beginMap(.linked, count: count)
        case .treeMap: return beginTreeMap(count: count)
        case .vector: return beginVector(CollectionShapes.vector, count)
        case .stack: return beginVector(CollectionShapes.stack, count)
        case .arrayDeque: return beginCounted(CollectionShapes.arrayDeque, count)
        case .copyOnWriteList: return beginCounted(CollectionShapes.copyOnWriteList, count)
        case .copyOnWriteSet:
            beginObject(CollectionShapes.copyOnWriteSet)
            return beginCounted(CollectionShapes.copyOnWriteList, count)
        case .hashtable: return beginHashtable(count)
        case .concurrentMap: return beginConcurrentMap()
        case .unmodifiableRandomAccessList:
            beginObject(CollectionShapes.unmodifiableList)
            return beginList(count: count)
        case .unmodifiableSet:
            beginObject(CollectionShapes.unmodifiableSet)
            return beginSet(.linked, count: count)
        case .unmodifiableMap:
            beginObject(CollectionShapes.unmodifiableMap)
            return beginMap(.linked, count: count)
        case .emptyList: return beginObject(CollectionShapes.emptyList)
        case .emptySet: return beginObject(CollectionShapes.emptySet)
        case .emptyMap: return beginObject(CollectionShapes.emptyMap)
        case .singletonList: return beginObject(CollectionShapes.singletonList)
        case .singletonSet: return beginObject(CollectionShapes.singletonSet)
        case .singletonMap: return beginObject(CollectionShapes.singletonMap)
        }
    }

    /// Ends a collection.
    mutating func end(_ type: CollectionClass, _ handle: Handle) {
        switch type {
        case .linkedHashMap, .unmodifiableMap: endMap(.linked)
        case .unmodifiableRandomAccessList:
            endList()
            // The field of the subclass holds the same list.
            reference(handle)
        case .concurrentMap:
            null()
            null()
            endAnnotation()
        case .emptyList, .emptySet, .emptyMap, .singletonList, .singletonSet, .singletonMap: break
        default: endAnnotation()
        }
    }

    private mutating func beginVector(_ shapes: [ClassShape], _ count: Int32) -> Handle {
        let handle = beginObject(shapes)
        primitive(.int(0))
        primitive(.int(count))
        beginArray(CollectionShapes.objects, count: Int(count))
        return handle
    }

    private mutating func beginCounted(_ shapes: [ClassShape], _ count: Int32) -> Handle {
        let handle = beginObject(shapes)
        block(JavaPrimitive.int(count).bytes)
        return handle
    }

    private static let loadFactor: Float = 0.75

    private mutating func beginHashtable(_ count: Int32) -> Handle {
        let handle = beginObject(CollectionShapes.hashtable)
        // A table of 11 is the least; who reads it makes one that fits.
        let capacity = max(11, count.addingReportingOverflow(count / 3).partialValue)
        primitive(.float(Self.loadFactor))
        primitive(.int(capacity / 4 * 3))
        block(JavaPrimitive.int(capacity).bytes + JavaPrimitive.int(count).bytes)
        return handle
    }

    private mutating func beginConcurrentMap() -> Handle {
        let handle = beginObject(CollectionShapes.concurrentMap)
        primitive(.int(15))
        primitive(.int(28))
        beginArray(CollectionShapes.segments, count: 16)
        for _ in 0..<16 {
            beginObject(CollectionShapes.segment)
            beginObject(CollectionShapes.sync)
            primitive(.int(0))
            primitive(.float(Self.loadFactor))
        }
        return handle
    }
}
