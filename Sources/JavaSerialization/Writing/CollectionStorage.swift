/// Where the elements of a collection stand in the stream, and what else says how many there are.
struct CollectionStorage {
    enum Place {
        /// Among what a class wrote itself: items `start` to `end`.
        case written(ClassDataRecord, start: Int, end: Int)
        /// In an array, from its beginning on, so many.
        case array(JavaNode, count: Int)
    }

    /// A number that follows that of the elements.
    enum Count {
        /// An `int` field, by its offset in the stream.
        case field(Int)
        /// An `int` in a block of data that the class wrote: the item, and the offset in it.
        case block(item: Int, offset: Int)
        /// The size of a hash table in such a block: a power of two that stays below three quarters full.
        case capacity(item: Int, offset: Int)
        /// Three quarters of that, in a field.
        case threshold(Int)
    }

    var place: Place
    /// 2 where keys and values stand in turn.
    var stride = 1
    var counts: [Count] = []
    /// Whether the number is that of keys and values together.
    var countsBoth = false
    /// Whether the elements are sorted by their natural order.
    var isSorted = false
    /// Whether an element may stand there twice.
    var isSet = false
    /// The enum of which elements or keys have to be constants, where it is one.
    var enumName: String?
    /// How many elements it has room for, where it says so.
    var most: Int?
    /// What the map has for a new element, of a set that shows the keys of a map.
    var mapped: MappedValue?
    /// Why nothing can be added; nil where something can.
    var refusal: String?

    /// The collection that was asked for; what is here may be that of one inside of it.
    var owner: JavaNode?
    /// The source in which it is changed.
    var source = 0

    /// How many values an element or entry is: keys that are shown as a set are one each.
    var width: Int { mapped == nil ? stride : 1 }

    /// By what it is found.
    var locus: Locus {
        switch place {
        case .written(let data, _, _): .slot(data.firstAnnotation)
        case .array(let array, _): .array(array)
        }
    }

    /// Items in all.
    var itemCount: Int {
        switch place {
        case .written(_, let start, let end): end - start
        case .array(_, let count): count
        }
    }
}

/// What a map has for a key that is put into the set of its keys.
enum MappedValue {
    /// `Boolean.TRUE`
    case isThere
    /// What the set says.
    case value(JavaNode)
    /// The set does not say.
    case unknown
}

extension KnownObject {
    /// Where the elements or entries of this collection stand, or of the one that it is wrapped around.
    func storage() throws(JavaEditError) -> CollectionStorage {
        var object = self
        var mapped: MappedValue?
        var isSet = false
        for _ in 0..<16 {
            guard let inner = try object.wrapped() else {
                var storage = try object.ownStorage().showing(mapped, className)
                storage.isSet = storage.isSet || isSet
                return storage
            }
            // A list inside of a set has each of its elements once.
            isSet = isSet || object.row.name.hasSuffix("Set")
            mapped = mapped ?? object.mapped
            object = inner
        }
        throw .refused("\(className) is wrapped too often")
    }

    /// What a new key of the map stands for whose keys this set is; nil where it is none.
    private var mapped: MappedValue? {
        guard case .sequence(.keys, _) = meaning else { return nil }
        guard let data = graph.dataRecord(of: node, named: Self.keySetView) else { return .isThere }
        guard let value = with(data).optionalReference("value") else { return .unknown }
        return .value(value)
    }

    private static let keySetView = Array("java.util.concurrent.ConcurrentHashMap$KeySetView".utf8)

    /// The collection in a field of this one, which has no elements of its own.
    private func wrapped() throws(JavaEditError) -> KnownObject? {
        // Whatever it holds: who reads it gets the one that is always empty.
        if row.name.contains("$Empty") { throw .refused("\(className) is always empty") }
        switch meaning {
        case .sequence(.inside(let field, _), _), .map(.inside(let field), _), .sequence(.keys(let field), _):
            return try reading { () throws(JavaStreamError) in
                try graph.known(try requiredReference(field))
            }
        default: return nil
        }
    }

    /// Whether a null in it, or in the collection that it is wrapped around, is what a JVM does not read.
    var refusesNull: Bool {
        let inner = innermost
        // `java.util.CollSer`: a list that a stream made is of the kind 4, and may hold nulls.
        if case .immutableCollection = inner.meaning { return (try? inner.int("tag") & 0xff) != 4 }
        return Self.withoutNulls.contains(inner.row.dataName)
    }

    /// The collection that others stand around.
    var innermost: KnownObject {
        var object = self
        for _ in 0..<16 {
            guard let inner = (try? object.wrapped()).flatMap({ $0 }) else { break }
            object = inner
        }
        return object
    }

    private static let withoutNulls = Set(
        ([
            "ConcurrentHashMap", "ConcurrentSkipListMap", "LinkedBlockingQueue", "LinkedBlockingDeque",
            "LinkedTransferQueue", "ConcurrentLinkedQueue", "ConcurrentLinkedDeque", "ArrayBlockingQueue",
        ].map { "java.util.concurrent." + $0 }
            + ["Hashtable", "ArrayDeque", "PriorityQueue"].map { "java.util." + $0 }).map { Array($0.utf8) })

    /// What cannot be read cannot be changed.
    private func reading<Result>(_ body: () throws(JavaStreamError) -> Result?) throws(JavaEditError) -> Result {
        do throws(JavaStreamError) {
            if let result = try body() { return result }
        } catch {
            throw .refused(error.description)
        }
        throw .refused("\(className) holds a collection of a class that nobody knows")
    }

    private func ownStorage() throws(JavaEditError) -> CollectionStorage {
        switch meaning {
        case .sequence(let layout, let order): try sequenceStorage(layout, order)
        case .map(let layout, let order): try mapStorage(layout, order)
        case .enumSet: try enumStorage(try arrayStorage("elements"), "elementType")
        case .immutableCollection: try immutableStorage()
        default: throw .refused("\(className) is no collection")
        }
    }

    private func sequenceStorage(
        _ layout: KnownClass.SequenceLayout, _ order: KnownClass.Order
    ) throws(JavaEditError) -> CollectionStorage {
        let isSet = order != .kept || row.name.hasSuffix("Set")
        switch layout {
        case .counted(let offset, let leading):
            var storage = try written(behind: leading, countAt: offset)
            (storage.isSorted, storage.isSet) = (order == .sorted, isSet)
            if row.dataName == Self.hashSet { storage.counts.append(.capacity(item: 0, offset: 0)) }
            return leading > 0 && written(0) != nil ? storage.refusing(Self.hasComparator) : storage
        case .sized:
            let storage = try sizedStorage()
            return row.name.hasSuffix("Queue") ? storage.refusing("its elements lie as in a heap") : storage
        case .untilNull:
            var storage = CollectionStorage(place: try placeUntilNull(1), isSorted: order == .sorted, isSet: isSet)
            if case .int(let capacity)? = try? primitive("capacity") { storage.most = Int(capacity) }
            return storage
        case .array(let field, let count):
            guard let count else { return try arrayStorage(field) }
            let number = try reading { () throws(JavaStreamError) in try int(count) }
            var storage = try arrayStorage(field, Int(number))
            storage.counts = [try countField(count)]
            return storage
        case .ring: throw .refused("\(className) is a ring in an array of a fixed length")
        case .single: throw .refused("\(className) holds exactly one element")
        case .copies: throw .refused("\(className) holds one element many times")
        case .empty: throw .refused("\(className) is always empty")
        case .inside, .keys: throw .refused("\(className) holds no elements of its own")
        }
    }

    // These alone say how large their table is.
    private static let hashSet = Array("java.util.HashSet".utf8)
    private static let hashMap = Array("java.util.HashMap".utf8)
    private static let hasComparator = "its order is that of a comparator, which only the application has"

    private func mapStorage(
        _ layout: KnownClass.MapLayout, _ order: KnownClass.Order
    ) throws(JavaEditError) -> CollectionStorage {
        var storage: CollectionStorage
        switch layout {
        case .counted(let offset): storage = try written(behind: 0, countAt: offset)
        case .untilNull: storage = CollectionStorage(place: try placeUntilNull(2))
        case .single: throw .refused("\(className) holds exactly one entry")
        case .empty: throw .refused("\(className) is always empty")
        case .inside: throw .refused("\(className) holds no entries of its own")
        }
        (storage.stride, storage.isSet, storage.isSorted) = (2, true, order == .sorted)
        if row.dataName == Self.hashMap, case .field(let threshold)? = try? countField("threshold") {
            storage.counts += [.capacity(item: 0, offset: 0), .threshold(threshold)]
        }
        if row.name == "java.util.EnumMap" { storage = try enumStorage(storage, "keyType") }
        return optionalReference("comparator") != nil ? storage.refusing(Self.hasComparator) : storage
    }

    /// Elements behind a block of data with their number.
    private func written(behind leading: Int, countAt offset: Int) throws(JavaEditError) -> CollectionStorage {
        guard let block = leading < annotation.count ? written(leading) : nil, graph.kind(of: block) == .blockData,
            graph.payload(of: block).count >= offset + 4
        else { throw .refused("\(className) does not have the data that it always writes") }
        return CollectionStorage(
            place: .written(data, start: leading + 1, end: annotation.count),
            counts: [.block(item: leading, offset: offset)])
    }

    /// `ArrayList`: the number in a field, and a capacity in a block that no reader needs.
    private func sizedStorage() throws(JavaEditError) -> CollectionStorage {
        var storage = try written(behind: 0, countAt: 0)
        let size = try reading { () throws(JavaStreamError) in try int("size") }
        let capacity = written(0).flatMap { graph.primitive(.int, at: graph.payload(of: $0).lowerBound) }
        storage.counts = [try countField("size")] + (capacity == .int(size) ? storage.counts : [])
        return storage
    }

    private func countField(_ name: StaticString) throws(JavaEditError) -> CollectionStorage.Count {
        guard let field = graph.fieldRecord(name, in: data), field.typeCode == PrimitiveType.int.rawValue else {
            throw .refused("\(className) has no field \(name)")
        }
        return .field(Int(data.primitiveOffset) + Int(field.position))
    }

    private func placeUntilNull(_ stride: Int) throws(JavaEditError) -> CollectionStorage.Place {
        let items = try reading { () throws(JavaStreamError) in try untilNull(inTurn: stride) }
        let start = Int(items.first - data.firstAnnotation)
        return .written(data, start: start, end: start + items.count * stride)
    }

    private func arrayStorage(_ field: StaticString, _ count: Int? = nil) throws(JavaEditError) -> CollectionStorage {
        let array = try reading { () throws(JavaStreamError) in try requiredReference(field) }
        guard graph.kind(of: array) == .array, graph.elementType(of: array) == nil else {
            throw .refused("\(className) has no array of objects in its field \(field)")
        }
        return CollectionStorage(
            place: .array(array, count: count ?? graph.elementCount(of: array)))
    }

    /// A set or map of an enum: the class says in a field of which.
    private func enumStorage(
        _ storage: CollectionStorage, _ field: StaticString
    ) throws(JavaEditError) -> CollectionStorage {
        let type = try reading { () throws(JavaStreamError) in try requiredReference(field) }
        var storage = storage
        storage.isSet = true
        storage.enumName = graph.className(of: type)
        return storage
    }

    /// `java.util.CollSer`: a kind, and then the number of elements, or of keys and values together.
    private func immutableStorage() throws(JavaEditError) -> CollectionStorage {
        var storage = try written(behind: 0, countAt: 0)
        let kind = try reading { () throws(JavaStreamError) in try int("tag") & 0xff }
        guard (1...4).contains(kind) else { throw .refused("\(className) is of the unknown kind \(kind)") }
        if kind == 3 { (storage.stride, storage.countsBoth) = (2, true) }
        storage.isSet = kind == 2 || kind == 3
        return storage
    }
}

extension CollectionStorage {
    /// The same as the elements of a set that shows the keys.
    fileprivate func showing(_ mapped: MappedValue?, _ className: String) throws(JavaEditError) -> CollectionStorage {
        guard let mapped else { return self }
        guard stride == 2 else { throw .refused("\(className) shows the keys of what is no map") }
        var storage = self
        storage.mapped = mapped
        if case .unknown = mapped, refusal == nil {
            storage.refusal =
                "it shows the keys of a map, and only the application knows the value of a new one: "
                + "set its entry below .map"
        }
        return storage
    }

    fileprivate func refusing(_ reason: String) -> CollectionStorage {
        var storage = self
        storage.refusal = reason
        return storage
    }
}
