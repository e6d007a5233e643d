/// Which types of the platform its classes are of, beyond the superclasses that a stream names.
///
/// Source: the class declarations of `java.lang`, `java.math`, `java.time` and `java.util`, Java 8 to 25.
enum Supertypes {
    /// The types that a class of this name is of; nil where nothing is known of it.
    static func types(of name: String) -> Set<String>? { table[name] }

    /// The interfaces of collections.
    static let collectionTypes = lists.union(sortedSets).union(sortedMaps).union(queues).subtracting([
        "java.lang.Iterable"
    ])

    private static let comparable = "java.lang.Comparable"
    private static let numbers: Set<String> = ["java.lang.Number", comparable]
    private static let collections: Set<String> = [
        "java.lang.Iterable", "java.util.Collection", "java.util.AbstractCollection", "java.util.SequencedCollection",
    ]
    private static let lists = collections.union(["java.util.List", "java.util.AbstractList"])
    private static let sets = collections.union(["java.util.Set", "java.util.AbstractSet"])
    private static let sortedSets = sets.union(["java.util.SortedSet", "java.util.NavigableSet"])
    private static let maps: Set<String> = ["java.util.Map", "java.util.AbstractMap", "java.util.SequencedMap"]
    private static let sortedMaps = maps.union(["java.util.SortedMap", "java.util.NavigableMap"])
    private static let queues = collections.union(["java.util.Queue", "java.util.Deque", "java.util.AbstractQueue"])
    private static let temporals: Set<String> = [
        comparable, "java.time.temporal.Temporal", "java.time.temporal.TemporalAccessor",
        "java.time.temporal.TemporalAdjuster",
    ]

    private static let table: [String: Set<String>] = {
        var table: [String: Set<String>] = [
            "java.lang.String": ["java.lang.CharSequence", comparable],
            "java.lang.Boolean": [comparable], "java.lang.Character": [comparable],
            "java.util.Date": [comparable], "java.util.UUID": [comparable],
            "java.util.LinkedList": lists.union(queues),
            "java.util.Hashtable": ["java.util.Map", "java.util.Dictionary"],
            "java.util.Properties": ["java.util.Map", "java.util.Hashtable", "java.util.Dictionary"],
            "java.util.concurrent.ConcurrentHashMap": maps.union(["java.util.concurrent.ConcurrentMap"]),
            "java.util.concurrent.ConcurrentSkipListMap": sortedMaps.union(["java.util.concurrent.ConcurrentMap"]),
            "java.time.LocalDate": temporals.union(["java.time.chrono.ChronoLocalDate"]),
            "java.time.LocalDateTime": temporals.union(["java.time.chrono.ChronoLocalDateTime"]),
            "java.time.ZonedDateTime": temporals.union(["java.time.chrono.ChronoZonedDateTime"]),
            "java.time.Duration": ["java.time.temporal.TemporalAmount", comparable],
            "java.time.Period": ["java.time.temporal.TemporalAmount", "java.time.chrono.ChronoPeriod"],
            "java.time.ZoneRegion": ["java.time.ZoneId"],
            "java.time.ZoneOffset": ["java.time.ZoneId", comparable, "java.time.temporal.TemporalAccessor"],
            "java.time.MonthDay": [comparable, "java.time.temporal.TemporalAccessor"],
        ]
        let rows: [(names: [String], types: Set<String>)] = [
            (["Byte", "Short", "Integer", "Long", "Float", "Double"].map { "java.lang." + $0 }, numbers),
            (["java.math.BigInteger", "java.math.BigDecimal"], numbers),
            (
                ["ArrayList", "Vector", "Stack", "Arrays$ArrayList"].map { "java.util." + $0 },
                lists.union(["java.util.RandomAccess"])
            ),
            (["java.util.concurrent.CopyOnWriteArrayList"], lists), (["java.util.ArrayDeque"], queues),
            (["HashSet", "LinkedHashSet", "RegularEnumSet", "JumboEnumSet"].map { "java.util." + $0 }, sets),
            (["java.util.TreeSet", "java.util.concurrent.ConcurrentSkipListSet"], sortedSets),
            (["HashMap", "LinkedHashMap", "IdentityHashMap", "EnumMap"].map { "java.util." + $0 }, maps),
            (["java.util.TreeMap"], sortedMaps),
            (
                ["Instant", "LocalTime", "OffsetTime", "OffsetDateTime", "Year", "YearMonth"].map { "java.time." + $0 },
                temporals
            ),
        ]
        for row in rows { for name in row.names { table[name] = row.types } }
        return table
    }()
}

extension JavaGraph {
    /// Whether an application could put `node` where a value of the type `descriptor` is due (JVM specification §4.3.2), as far as it can
    /// be told without its classes: what only they know is taken for possible.
    public func fits(_ node: JavaNode, _ descriptor: String) -> Bool {
        guard descriptor.hasPrefix("L"), descriptor.hasSuffix(";") else { return fitsArray(node, descriptor) }
        let type = String(descriptor.dropFirst().dropLast().map { $0 == "/" ? "." : $0 })
        if ["java.lang.Object", "java.io.Serializable"].contains(type) { return true }
        let presented = (try? value(of: node).className) ?? className(of: node)
        var names: Set<String> = [presented]
        var next = kind(of: node) == .classDescription ? nil : javaClass(of: node)
        while let described = next {
            names.insert(name(of: described))
            next = superclass(of: described)
        }
        if kind(of: node) == .enumConstant { names.insert("java.lang.Comparable") }
        if names.contains(type) { return true }
        for name in names where Supertypes.types(of: name)?.contains(type) == true { return true }
        // Of classes that nothing is known of, only the application knows the interfaces.
        return kind(of: node) == .object && names.allSatisfy { Supertypes.types(of: $0) == nil }
            && !(KnownClass.isPlatformClass(presented) && KnownClass.isFinal(type))
            || kind(of: node) == .enumConstant && !KnownClass.isPlatformClass(type)
    }

    /// The class that a descriptor names, of an array that of its elements; nil for primitives and what anything is of.
    static func typeName(ofElementsOf descriptor: String) -> String? {
        let element = descriptor.drop { $0 == "[" }
        guard element.hasPrefix("L"), element.hasSuffix(";") else { return nil }
        let type = String(element.dropFirst().dropLast().map { $0 == "/" ? "." : $0 })
        return ["java.lang.Object", "java.io.Serializable"].contains(type) ? nil : type
    }

    /// The class of an object as the application sees it, of an array that of its elements, and the superclasses that the stream names, the
    /// interfaces of a dynamic proxy among them. Nothing for classes themselves.
    func hierarchy(ofElementsOf node: JavaNode) -> [String] {
        guard kind(of: node) != .classDescription, kind(of: node) != .classObject else { return [] }
        if kind(of: node) == .array {
            return Self.typeName(ofElementsOf: className(of: node)).map { [$0] } ?? []
        }
        var names = [(try? value(of: node).className) ?? className(of: node)]
        var next = javaClass(of: node)
        while let described = next {
            names += proxyInterfaces(of: described) ?? [name(of: described)]
            next = superclass(of: described)
        }
        return names
    }

    private func fitsArray(_ node: JavaNode, _ descriptor: String) -> Bool {
        guard kind(of: node) == .array else { return false }
        let name = className(of: node)
        let type = String(descriptor.map { $0 == "/" ? "." : $0 })
        return name == type || type == "[Ljava.lang.Object;" && elementType(of: node) == nil
    }
}

extension JavaValueType {
    /// Whether a value of the type may stand where one of a class or interface is due.
    package func fits(className name: String) -> Bool {
        ["java.lang.Object", "java.io.Serializable", className].contains(name)
            || Supertypes.types(of: className)?.contains(name) ?? false
    }
}

extension KnownClass {
    /// Whether no class is derived from it: of another class nothing fits.
    static func isFinal(_ name: String) -> Bool {
        ["String", "Boolean", "Character", "Byte", "Short", "Integer", "Long", "Float", "Double"].contains {
            name == "java.lang." + $0
        }
    }
}
