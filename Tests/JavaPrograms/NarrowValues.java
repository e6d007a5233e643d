import demo.shop.*;
import java.io.*;
import java.nio.file.*;
import java.time.*;
import java.util.*;
import java.util.concurrent.*;

/**
 * Writes collections that say what may stand in them, sets that are the keys of maps, and objects with enums, as Java writes them.
 *
 * {@code javac -d OUT -sourcepath judge NarrowValues.java && java -cp OUT NarrowValues FOLDER}. The streams in
 * Tests/Fixtures/narrow-values were written by it.
 */
public final class NarrowValues {
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        write(folder.resolve("enums.ser"), enums());
        write(folder.resolve("checked.ser"), checked());
        write(folder.resolve("key-sets.ser"), keySets());
        write(folder.resolve("shift.ser"), List.of(new Shift()));
    }

    private static List<Object> enums() {
        Map<OrderStatus, String> one = new EnumMap<>(OrderStatus.class);
        one.put(OrderStatus.NEW, "a");
        return List.of(EnumSet.noneOf(OrderStatus.class), new EnumMap<OrderStatus, String>(OrderStatus.class), one,
            EnumSet.of(DayOfWeek.MONDAY), new EnumMap<DayOfWeek, String>(DayOfWeek.class), new Shift());
    }

    private static List<Object> checked() {
        Map<String, Long> map = new HashMap<>(Map.of("a", 1L));
        return List.of(Collections.checkedList(new ArrayList<>(), Integer.class),
            Collections.checkedSet(new LinkedHashSet<>(List.of("a")), String.class),
            Collections.checkedMap(map, String.class, Long.class),
            Collections.synchronizedCollection(Collections.checkedCollection(new ArrayList<Number>(List.of(1)), Number.class)),
            Collections.checkedQueue(new ArrayDeque<>(List.of(new Shift())), Shift.class));
    }

    private static List<Object> keySets() {
        Set<String> linked = Collections.newSetFromMap(new LinkedHashMap<>());
        linked.addAll(List.of("a", "b"));
        Set<String> keys = ConcurrentHashMap.newKeySet();
        keys.add("a");
        ConcurrentHashMap<String, Long> map = new ConcurrentHashMap<>(Map.of("a", 1L));
        Set<Integer> reversed = new ConcurrentSkipListSet<>(Comparator.reverseOrder());
        reversed.addAll(List.of(1, 2));
        return List.of(linked, Collections.newSetFromMap(new ConcurrentHashMap<String, Boolean>()),
            new ConcurrentSkipListSet<>(List.of("a", "c")), reversed, keys, map.keySet(), map.keySet(5L));
    }

    private static void write(Path file, List<?> values) throws IOException {
        try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(file))) {
            for (Object value : values) out.writeObject(value);
        }
    }
}
