import java.io.*;
import java.nio.file.*;
import java.util.*;
import java.util.concurrent.*;

/**
 * Writes collections that stand around other collections and refer to more than what they show, a stream each: a list of another
 * collection with the same elements, which a changed reference may lead to, and of the one that it is about.
 *
 * {@code java SecondReferences.java FOLDER}. The streams in Tests/Fixtures/second-references were written by it.
 */
public final class SecondReferences {
    private static Path folder;

    public static void main(String[] arguments) throws Exception {
        folder = Path.of(arguments[0]);
        write("unmodifiable-list", list(), Collections.unmodifiableList(list()));
        write("unmodifiable-linked-list", new LinkedList<>(list()), Collections.unmodifiableList(new LinkedList<>(list())));
        write("unmodifiable-sorted-set", set(), Collections.unmodifiableSortedSet(set()));
        write("unmodifiable-navigable-set", set(), Collections.unmodifiableNavigableSet(set()));
        write("unmodifiable-sorted-map", map(), Collections.unmodifiableSortedMap(map()));
        write("unmodifiable-navigable-map", map(), Collections.unmodifiableNavigableMap(map()));
        write("synchronized-collection", list(), Collections.synchronizedCollection(list()));
        write("synchronized-list", list(), Collections.synchronizedList(list()));
        write("synchronized-set", set(), Collections.synchronizedSet(set()));
        write("synchronized-sorted-set", set(), Collections.synchronizedSortedSet(set()));
        write("synchronized-navigable-set", set(), Collections.synchronizedNavigableSet(set()));
        write("synchronized-map", map(), Collections.synchronizedMap(map()));
        write("synchronized-sorted-map", map(), Collections.synchronizedSortedMap(map()));
        write("synchronized-navigable-map", map(), Collections.synchronizedNavigableMap(map()));
        // A view has the lock of what it is a view of.
        SortedSet<String> whole = Collections.synchronizedSortedSet(set());
        write("synchronized-part", whole, whole.headSet("b"));
        write("checked-list", list(), Collections.checkedList(list(), String.class));
        write("checked-sorted-set", set(), Collections.checkedSortedSet(set(), String.class));
        write("checked-navigable-set", set(), Collections.checkedNavigableSet(set(), String.class));
        write("checked-queue", new ArrayDeque<>(list()), Collections.checkedQueue(new ArrayDeque<>(list()), String.class));
        write("checked-sorted-map", map(), Collections.checkedSortedMap(map(), String.class, Integer.class));
        write("checked-navigable-map", map(), Collections.checkedNavigableMap(map(), String.class, Integer.class));
        write("checked-type", List.of(Integer.class, String.class), Collections.checkedList(list(), String.class));
        write("checked-key-type", List.of(Long.class, String.class, Integer.class), Collections.checkedMap(map(), String.class, Integer.class));
        write("unmodifiable-of-synchronized", list(), Collections.unmodifiableList(Collections.synchronizedList(list())));
        write("key-set-value", List.of(7L, 6L), new ConcurrentHashMap<String, Long>().keySet(6L));
        write("enum-map-type", List.of(Thread.State.class, TimeUnit.class), new EnumMap<>(TimeUnit.class));
        write("enum-set-type", List.of(Thread.State.class, TimeUnit.class), EnumSet.noneOf(TimeUnit.class));
    }

    private static List<String> list() {
        return new ArrayList<>(List.of("a"));
    }

    private static NavigableSet<String> set() {
        return new TreeSet<>(List.of("a"));
    }

    private static NavigableMap<String, Integer> map() {
        return new TreeMap<>(Map.of("a", 1));
    }

    private static void write(String name, Object other, Object wrapper) throws IOException {
        try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(folder.resolve(name + ".ser")))) {
            out.writeObject(new ArrayList<>(List.of(other, wrapper)));
        }
    }
}
