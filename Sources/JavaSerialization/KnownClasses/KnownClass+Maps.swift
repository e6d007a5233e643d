extension KnownClass {
    /// Maps of `java.util` and `java.util.concurrent`.
    static let maps: [KnownClass] = [
        // java.util.HashMap.writeObject: int buckets, int size. Hashtable: int length, int count. Both then entries.
        row("HashMap", .map(.counted(after: 4), .none)),
        row("LinkedHashMap", .map(.counted(after: 4)), data: "HashMap"),
        row("Hashtable", .map(.counted(after: 4), .none)),
        // Since Java 9 the entries are in a ConcurrentHashMap, but the stream is as before.
        row("Properties", .map(.counted(after: 4), .none), data: "Hashtable"),
        row("IdentityHashMap", .map(.counted(after: 0), .none)),
        row("TreeMap", .map(.counted(after: 0), .sorted)),
        row("EnumMap", .map(.counted(after: 0))),
        // Up to Java 7 with segments in the fields, since Java 8 with empty ones: entries until a null key in all.
        row("concurrent.ConcurrentHashMap", .map(.untilNull, .none)),
        row("concurrent.ConcurrentSkipListMap", .map(.untilNull, .sorted)),
        row("Collections$EmptyMap", .map(.empty)),
        row("Collections$SingletonMap", .map(.single)),
        row("Collections$UnmodifiableMap", .map(.inside("m"), .none)),
        unmodifiable("Collections$UnmodifiableSequencedMap"),
        unmodifiable("Collections$UnmodifiableSortedMap", .sorted),
        unmodifiable("Collections$UnmodifiableNavigableMap", .sorted),
        unmodifiable("Collections$UnmodifiableNavigableMap$EmptyNavigableMap", .sorted),
        row("Collections$SynchronizedMap", .map(.inside("m"), .none)),
        row("Collections$SynchronizedSortedMap", .map(.inside("m"), .sorted), data: "Collections$SynchronizedMap"),
        row("Collections$SynchronizedNavigableMap", .map(.inside("m"), .sorted), data: "Collections$SynchronizedMap"),
        row("Collections$CheckedMap", .map(.inside("m"))),
        row("Collections$CheckedSortedMap", .map(.inside("m"), .sorted), data: "Collections$CheckedMap"),
        row("Collections$CheckedNavigableMap", .map(.inside("m"), .sorted), data: "Collections$CheckedMap"),
    ]

    private static func unmodifiable(_ name: String, _ order: Order = .kept) -> KnownClass {
        row(name, .map(.inside("m"), order), data: "Collections$UnmodifiableMap")
    }
}
