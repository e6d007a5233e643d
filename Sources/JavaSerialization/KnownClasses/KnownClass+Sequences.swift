extension KnownClass {
    /// Lists, sets and queues of `java.util` and `java.util.concurrent`.
    static let sequences: [KnownClass] =
        lists + sets + queues + collectionsClass + [
            KnownClass(name: "java.util.CollSer", meaning: .immutableCollection),
            KnownClass(name: "java.util.EnumSet$SerializationProxy", meaning: .enumSet),
        ]

    private static let lists: [KnownClass] = [
        row("ArrayList", .sequence(.sized)),
        row("LinkedList", .sequence(.counted(after: 0))),
        row("Vector", .sequence(.array("elementData", count: "elementCount"))),
        row("Stack", .sequence(.array("elementData", count: "elementCount")), data: "Vector"),
        row("Arrays$ArrayList", .sequence(.array("a"))),
        row("concurrent.CopyOnWriteArrayList", .sequence(.counted(after: 0))),
    ]

    private static let sets: [KnownClass] = [
        // java.util.HashSet.writeObject: int capacity, float loadFactor, int size.
        row("HashSet", .sequence(.counted(after: 8), .none)),
        row("LinkedHashSet", .sequence(.counted(after: 8)), data: "HashSet"),
        row("TreeSet", .sequence(.counted(after: 0, leading: 1), .sorted)),
        row("concurrent.CopyOnWriteArraySet", .sequence(.inside("al"))),
        row("concurrent.ConcurrentSkipListSet", .sequence(.keys("m"), .sorted)),
        row(
            "concurrent.ConcurrentHashMap$KeySetView", .sequence(.keys("map"), .none),
            data: "concurrent.ConcurrentHashMap$CollectionView"),
    ]

    private static let queues: [KnownClass] = [
        row("ArrayDeque", .sequence(.counted(after: 0))),
        row("PriorityQueue", .sequence(.sized, .none)),
        row("concurrent.PriorityBlockingQueue", .sequence(.inside("q"))),
        row("concurrent.ArrayBlockingQueue", .sequence(.ring)),
        row("concurrent.LinkedBlockingQueue", .sequence(.untilNull)),
        row("concurrent.LinkedBlockingDeque", .sequence(.untilNull)),
        row("concurrent.LinkedTransferQueue", .sequence(.untilNull)),
        row("concurrent.ConcurrentLinkedQueue", .sequence(.untilNull)),
        row("concurrent.ConcurrentLinkedDeque", .sequence(.untilNull)),
        row("concurrent.SynchronousQueue", .sequence(.empty)),
        row("Collections$AsLIFOQueue", .sequence(.inside("q"))),
    ]

    /// What the methods of `java.util.Collections` make.
    private static let collectionsClass: [KnownClass] = [
        row("Collections$EmptyList", .sequence(.empty)),
        row("Collections$EmptySet", .sequence(.empty)),
        row("Collections$SingletonList", .sequence(.single)),
        row("Collections$SingletonSet", .sequence(.single)),
        row("Collections$CopiesList", .sequence(.copies)),
        row("Collections$SetFromMap", .sequence(.keys("m"), .none)),
        row("Collections$SequencedSetFromMap", .sequence(.keys("m")), data: "Collections$SetFromMap"),
        row("Collections$UnmodifiableCollection", .sequence(.inside("c"))),
        unmodifiable("Collections$UnmodifiableSequencedCollection"),
        row(
            "Collections$UnmodifiableList",
            .sequence(.inside("c", randomAccess: "java.util.Collections$UnmodifiableRandomAccessList")),
            data: "Collections$UnmodifiableCollection"),
        unmodifiable("Collections$UnmodifiableRandomAccessList"),
        unmodifiable("Collections$UnmodifiableSet", .none),
        unmodifiable("Collections$UnmodifiableSequencedSet"),
        unmodifiable("Collections$UnmodifiableSortedSet", .sorted),
        unmodifiable("Collections$UnmodifiableNavigableSet", .sorted),
        unmodifiable("Collections$UnmodifiableNavigableSet$EmptyNavigableSet", .sorted),
        row("Collections$SynchronizedCollection", .sequence(.inside("c"))),
        row(
            "Collections$SynchronizedList",
            .sequence(.inside("c", randomAccess: "java.util.Collections$SynchronizedRandomAccessList")),
            data: "Collections$SynchronizedCollection"),
        synchronized("Collections$SynchronizedRandomAccessList"),
        synchronized("Collections$SynchronizedSet", .none),
        synchronized("Collections$SynchronizedSortedSet", .sorted),
        synchronized("Collections$SynchronizedNavigableSet", .sorted),
        row("Collections$CheckedCollection", .sequence(.inside("c"))),
        checked("Collections$CheckedList"),
        checked("Collections$CheckedRandomAccessList"),
        checked("Collections$CheckedSet"),
        checked("Collections$CheckedSortedSet", .sorted),
        checked("Collections$CheckedNavigableSet", .sorted),
        checked("Collections$CheckedQueue"),
    ]

    private static func unmodifiable(_ name: String, _ order: Order = .kept) -> KnownClass {
        row(name, .sequence(.inside("c"), order), data: "Collections$UnmodifiableCollection")
    }

    private static func synchronized(_ name: String, _ order: Order = .kept) -> KnownClass {
        row(name, .sequence(.inside("c"), order), data: "Collections$SynchronizedCollection")
    }

    private static func checked(_ name: String, _ order: Order = .kept) -> KnownClass {
        row(name, .sequence(.inside("c"), order), data: "Collections$CheckedCollection")
    }

    /// A row for `java.util.NAME`, which also stands for the classes derived from it.
    static func row(_ name: String, _ meaning: Meaning, data: String? = nil) -> KnownClass {
        KnownClass(
            name: "java.util." + name, meaning: meaning, data: data.map { "java.util." + $0 }, reach: .subclasses)
    }
}
