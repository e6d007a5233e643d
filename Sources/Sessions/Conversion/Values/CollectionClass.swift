import JavaSerialization

/// The collections of the JDK that Jackson reads as what it wrote, by their binary names.
enum CollectionClass: String, CaseIterable {
    case arrayList = "java.util.ArrayList"
    case linkedList = "java.util.LinkedList"
    case vector = "java.util.Vector"
    case stack = "java.util.Stack"
    case arrayDeque = "java.util.ArrayDeque"
    case copyOnWriteList = "java.util.concurrent.CopyOnWriteArrayList"
    case copyOnWriteSet = "java.util.concurrent.CopyOnWriteArraySet"
    case hashSet = "java.util.HashSet"
    case linkedHashSet = "java.util.LinkedHashSet"
    case treeSet = "java.util.TreeSet"
    case hashMap = "java.util.HashMap"
    case linkedHashMap = "java.util.LinkedHashMap"
    case treeMap = "java.util.TreeMap"
    case hashtable = "java.util.Hashtable"
    case concurrentMap = "java.util.concurrent.ConcurrentHashMap"
    case unmodifiableRandomAccessList = "java.util.Collections$UnmodifiableRandomAccessList"
    case unmodifiableSet = "java.util.Collections$UnmodifiableSet"
    case unmodifiableMap = "java.util.Collections$UnmodifiableMap"
    case emptyList = "java.util.Collections$EmptyList"
    case emptySet = "java.util.Collections$EmptySet"
    case emptyMap = "java.util.Collections$EmptyMap"
    case singletonList = "java.util.Collections$SingletonList"
    case singletonSet = "java.util.Collections$SingletonSet"
    case singletonMap = "java.util.Collections$SingletonMap"

    /// The class that stands for `name` on the other side; nil where none can.
    ///
    /// Applications cannot name the classes behind `List.of` and the like, of which Jackson reads others, or nothing: there another one
    /// stands that cannot be changed either, and is equal.
    static func standing(for name: String) -> CollectionClass? {
        switch name {
        case "java.util.ImmutableCollections$ListN", "java.util.ImmutableCollections$List12",
            "java.util.Collections$CopiesList", "java.util.Collections$UnmodifiableCollection",
            "java.util.Collections$UnmodifiableList":
            .unmodifiableRandomAccessList
        case "java.util.ImmutableCollections$SetN", "java.util.ImmutableCollections$Set12": .unmodifiableSet
        case "java.util.ImmutableCollections$MapN", "java.util.ImmutableCollections$Map1": .unmodifiableMap
        case "java.util.Arrays$ArrayList": .arrayList
        default: CollectionClass(rawValue: name)
        }
    }

    /// Whether it has entries.
    var isMap: Bool {
        switch self {
        case .hashMap, .linkedHashMap, .treeMap, .hashtable, .concurrentMap, .unmodifiableMap, .emptyMap, .singletonMap:
            true
        default: false
        }
    }

    /// Whether null may stand in it.
    var holdsNull: Bool {
        switch self {
        case .arrayDeque, .treeSet, .hashtable, .concurrentMap: false
        default: true
        }
    }

    /// Whether it can hold so many.
    func canHold(_ count: Int) -> Bool {
        switch self {
        case .emptyList, .emptySet, .emptyMap: count == 0
        case .singletonList, .singletonSet, .singletonMap: count == 1
        default: Int32(exactly: count) != nil
        }
    }
}
