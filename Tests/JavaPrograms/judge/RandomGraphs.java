import java.io.*;
import java.math.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;

/**
 * Writes random object graphs with the JDK's own ObjectOutputStream, a file each, and prints what was written, one JSON line a file,
 * by the rendering rules of fixtures/README.md: {"file", "contents": [{"object": value} | {"blockdata": base64}]}.
 *
 * RandomGraphs FOLDER COUNT SEED
 *
 * Graphs of the same seed and number are the same. Their objects are shared and form cycles; what would not be found again when it is
 * read (a hash of something that is not whole yet) is never a key.
 */
public final class RandomGraphs {
    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[1]);
        long seed = Long.parseLong(arguments[2]);
        PrintStream out = new PrintStream(new BufferedOutputStream(System.out, 1 << 16), false, "US-ASCII");
        for (int number = 0; number < count; number++) {
            File file = new File(arguments[0], String.format("%08d", number));
            List<Object> contents = new RandomGraphs(new Random(seed * 1_000_003 + number)).write(file);
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("file", file.getName());
            line.put("contents", labfx.Canon.trees(contents));
            out.println(labfx.Canon.json(line));
        }
        out.flush();
    }

    /** Its class writes its fields, and more: a string, block data, an object. */
    static final class Diary implements Serializable {
        private static final long serialVersionUID = 70L;
        final int pages;
        final String owner;
        Object best;
        transient Object hidden;

        Diary(int pages, String owner, Object hidden) {
            this.pages = pages;
            this.owner = owner;
            this.hidden = hidden;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            out.writeInt(pages * 3);
            out.writeUTF("page\u0000\u00e4");
            out.writeObject(hidden);
            out.writeBoolean(true);
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            in.readInt();
            in.readUTF();
            hidden = in.readObject();
            in.readBoolean();
        }
    }

    /** Fields of all types. */
    static class Everything implements Serializable {
        private static final long serialVersionUID = 71L;
        boolean flag;
        byte octet;
        short small;
        char letter;
        int number;
        long large;
        float single;
        double twice;
        String text;
        Object any;
        Object[] several;
    }

    /** A class below another one, with a field of the same name. */
    static final class More extends Everything {
        private static final long serialVersionUID = 72L;
        Object any;
        List<Object> list;
    }

    record Pair(Object left, int middle, Object right) implements Serializable { }

    enum Season { SPRING, SUMMER { @Override public String toString() { return "hot"; } }, AUTUMN, WINTER }

    private final Random random;
    /** What may be referred to once more. */
    private final List<Object> made = new ArrayList<>();
    private int left;

    private RandomGraphs(Random random) {
        this.random = random;
        left = 3 + random.nextInt(24);
    }

    private List<Object> write(File file) throws IOException {
        List<Object> contents = new ArrayList<>();
        try (ObjectOutputStream out = new ObjectOutputStream(new BufferedOutputStream(new FileOutputStream(file)))) {
            int roots = 1 + random.nextInt(3);
            for (int root = 0; root < roots; root++) {
                if (random.nextInt(8) == 0) {
                    byte[] data = bytes(random.nextInt(12) == 0 ? 300 + random.nextInt(1500) : 1 + random.nextInt(40));
                    out.write(data);
                    addBlock(contents, data);
                }
                Object value = random.nextInt(40) == 0 ? deep(50 + random.nextInt(300)) : value(0);
                out.writeObject(value);
                contents.add(new labfx.Canon.Item("object", value));
            }
        }
        return contents;
    }

    private static void addBlock(List<Object> contents, byte[] data) {
        contents.add(new labfx.Canon.Raw(Map.of("blockdata", Base64.getEncoder().encodeToString(data))));
    }

    /** Lists in lists, or a chain of objects. */
    private Object deep(int depth) {
        Object inner = scalar();
        for (int level = 0; level < depth; level++) {
            if (level % 2 == 0) {
                inner = new ArrayList<>(Collections.singletonList(inner));
            } else {
                Everything holder = new Everything();
                holder.any = inner;
                inner = holder;
            }
        }
        return inner;
    }

    private Object value(int depth) {
        if (left-- <= 0 || depth > 6) return scalar();
        if (!made.isEmpty() && random.nextInt(7) == 0) return made.get(random.nextInt(made.size()));
        switch (random.nextInt(14)) {
            case 0: case 1: case 2: return scalar();
            case 3: case 4: return collection(depth);
            case 5: case 6: return map(depth);
            case 7: return array(depth);
            case 8: return wrapped(depth);
            case 9: return everything(depth);
            case 10: return diary(depth);
            case 11: return keep(new AtomicReference<>(value(depth + 1)));
            case 12: return keep(new Pair(value(depth + 1), random.nextInt(), value(depth + 1)));
            default: return keep(new AbstractMap.SimpleEntry<>(key(), value(depth + 1)));
        }
    }

    private <T> T keep(T object) {
        made.add(object);
        return object;
    }

    private Object collection(int depth) {
        Collection<Object> filled;
        switch (random.nextInt(8)) {
            case 0: filled = new ArrayList<>(random.nextInt(20)); break;
            case 1: filled = new LinkedList<>(); break;
            case 2: filled = new Vector<>(); break;
            case 3: filled = new ArrayDeque<>(); break;
            case 4: return keep(keys(new HashSet<>()));
            case 5: return keep(keys(new LinkedHashSet<>()));
            case 6: return keep(texts(new TreeSet<>()));
            default: filled = new CopyOnWriteArrayList<>();
        }
        // Kept before it is full: what is in it may lead back.
        keep(filled);
        for (int count = random.nextInt(6); count > 0; count--) {
            Object element = value(depth + 1);
            if (element != null || !(filled instanceof ArrayDeque)) filled.add(element);
        }
        return filled;
    }

    private Collection<Object> keys(Collection<Object> set) {
        for (int count = random.nextInt(20); count > 0; count--) set.add(key());
        return set;
    }

    private Collection<String> texts(Collection<String> set) {
        for (int count = random.nextInt(8); count > 0; count--) set.add(text());
        return set;
    }

    private Object map(int depth) {
        Map<Object, Object> filled;
        switch (random.nextInt(8)) {
            case 0: case 1: filled = new HashMap<>(); break;
            case 2: case 3: filled = new LinkedHashMap<>(); break;
            case 4: filled = new Hashtable<>(); break;
            case 5: filled = new ConcurrentHashMap<>(); break;
            case 6: return keep(sorted(new TreeMap<>(), depth));
            default: return keep(seasons(depth));
        }
        keep(filled);
        boolean takesNull = filled instanceof HashMap;
        for (int count = random.nextInt(7); count > 0; count--) {
            Object key = key();
            Object value = value(depth + 1);
            if (takesNull || (key != null && value != null)) filled.put(key, value);
        }
        return filled;
    }

    private Map<String, Object> sorted(Map<String, Object> map, int depth) {
        for (int count = random.nextInt(6); count > 0; count--) map.put(text(), value(depth + 1));
        return map;
    }

    private Map<Season, Object> seasons(int depth) {
        Map<Season, Object> map = new EnumMap<>(Season.class);
        for (int count = random.nextInt(5); count > 0; count--) map.put(season(), value(depth + 1));
        return map;
    }

    private Object wrapped(int depth) {
        List<Object> list = new ArrayList<>();
        for (int count = 1 + random.nextInt(4); count > 0; count--) list.add(value(depth + 1));
        switch (random.nextInt(9)) {
            case 0: return keep(Collections.unmodifiableList(list));
            case 1: return keep(Collections.synchronizedList(list));
            case 2: return keep(Arrays.asList(list.toArray()));
            case 3: return keep(Collections.singletonList(value(depth + 1)));
            case 4: return keep(Collections.singletonMap(key(), value(depth + 1)));
            case 5: return keep(Collections.unmodifiableMap(new LinkedHashMap<>(Map.of(text(), depth))));
            case 6: return keep(List.of(text(), random.nextInt(), season()));
            case 7: return keep(EnumSet.of(season(), season()));
            default: return keep(Map.of(text(), random.nextLong()));
        }
    }

    private Object array(int depth) {
        int count = random.nextInt(7);
        switch (random.nextInt(10)) {
            case 0: return keep(bytes(random.nextInt(60) == 0 ? 5000 : count));
            case 1: return keep(random.ints(count).toArray());
            case 2: return keep(random.longs(count).toArray());
            case 3: return keep(random.doubles(count).toArray());
            case 4: return keep(text().toCharArray());
            case 5: return keep(new boolean[] { random.nextBoolean(), random.nextBoolean() });
            case 6: {
                float[] array = new float[count];
                for (int index = 0; index < count; index++) array[index] = single();
                return keep(array);
            }
            case 7: {
                String[] array = new String[count];
                for (int index = 0; index < count; index++) array[index] = random.nextInt(5) == 0 ? null : text();
                return keep(array);
            }
            case 8: return keep(new int[][] { random.ints(count).toArray(), null, { } });
            default: {
                Object[] array = keep(new Object[count]);
                for (int index = 0; index < count; index++) array[index] = value(depth + 1);
                return array;
            }
        }
    }

    private Object everything(int depth) {
        Everything object = random.nextBoolean() ? new Everything() : new More();
        keep(object);
        object.flag = random.nextBoolean();
        object.octet = (byte) random.nextInt();
        object.small = (short) random.nextInt();
        object.letter = (char) random.nextInt();
        object.number = random.nextInt();
        object.large = random.nextLong();
        object.single = single();
        object.twice = twice();
        object.text = random.nextInt(5) == 0 ? null : text();
        object.any = value(depth + 1);
        if (random.nextInt(3) == 0) object.several = new Object[] { value(depth + 1), object };
        if (object instanceof More) {
            ((More) object).any = value(depth + 1);
            ((More) object).list = new ArrayList<>(List.of(object, object));
        }
        return object;
    }

    private Object diary(int depth) {
        Diary diary = keep(new Diary(random.nextInt(100), text(), scalar()));
        diary.best = value(depth + 1);
        return diary;
    }

    // MARK: values without parts

    private Object scalar() {
        switch (random.nextInt(22)) {
            case 0: return null;
            case 1: return random.nextBoolean();
            case 2: return (byte) random.nextInt();
            case 3: return (short) random.nextInt();
            case 4: return (char) random.nextInt();
            case 5: case 6: return random.nextInt();
            case 7: return random.nextLong();
            case 8: return single();
            case 9: return twice();
            case 10: return new BigInteger(random.nextInt(200), random).subtract(BigInteger.valueOf(1L << 40));
            case 11: return new BigDecimal(new BigInteger(random.nextInt(150), random), random.nextInt(40) - 20);
            case 12: return new Date(random.nextLong() >> 16);
            case 13: return new UUID(random.nextLong(), random.nextLong());
            case 14: return season();
            case 15: return java.time.LocalDate.ofEpochDay(random.nextInt(60_000) - 30_000);
            case 16: return java.time.Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
            case 17: return random.nextBoolean() ? String[].class : Season.class;
            default: return text();
        }
    }

    /** What equals another of its kind, so that a table finds it. */
    private Object key() {
        switch (random.nextInt(8)) {
            case 0: return random.nextInt(50);
            case 1: return random.nextLong();
            case 2: return season();
            case 3: return random.nextInt(6) == 0 ? null : new UUID(random.nextLong(), 5);
            case 4: return (char) ('a' + random.nextInt(26));
            default: return text();
        }
    }

    private Season season() { return Season.values()[random.nextInt(4)]; }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private float single() {
        float[] odd = { 0f, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE, Float.MAX_VALUE, 1e-5f, 1e7f };
        float any = Float.intBitsToFloat(random.nextInt());
        // A stream has one NaN alone.
        if (random.nextBoolean() || Float.isNaN(any)) return odd[random.nextInt(odd.length)];
        return isShortest(Float.toString(any), new BigDecimal(any), d -> d.floatValue() == any) ? any : 2.5f;
    }

    private double twice() {
        double[] odd = { 0, -0.0, Double.NaN, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, Double.MAX_VALUE, 1e-3, 1e7, 1.5e-3 };
        double any = Double.longBitsToDouble(random.nextLong());
        if (random.nextBoolean() || Double.isNaN(any)) return odd[random.nextInt(odd.length)];
        return isShortest(Double.toString(any), new BigDecimal(any), d -> d.doubleValue() == any) ? any : 2.5;
    }

    /** Before Java 19, toString sometimes wrote more digits than are needed, or others than the nearest. */
    private static boolean isShortest(String text, BigDecimal exact, java.util.function.Predicate<BigDecimal> isSame) {
        int digits = new BigDecimal(text).stripTrailingZeros().precision();
        if (digits > 1 && isSame.test(exact.round(new MathContext(digits - 1, RoundingMode.HALF_EVEN)))) return false;
        return exact.round(new MathContext(digits, RoundingMode.HALF_EVEN)).compareTo(new BigDecimal(text)) == 0;
    }

    /** Some are the same object as one before. */
    private final List<String> texts = new ArrayList<>();

    private String text() {
        if (!texts.isEmpty() && random.nextInt(4) == 0) return texts.get(random.nextInt(texts.size()));
        StringBuilder text = new StringBuilder();
        int count = random.nextInt(3000) == 0 ? 66_000 : random.nextInt(300) == 0 ? 4000 + random.nextInt(300) : random.nextInt(12);
        for (int index = 0; index < count; index++) text.append(unit());
        texts.add(text.toString());
        return text.toString();
    }

    /** ASCII, NUL, two and three bytes, halves of pairs. */
    private char unit() {
        switch (random.nextInt(12)) {
            case 0: return 0;
            case 1: return (char) (0x80 + random.nextInt(0x780));
            case 2: return (char) (0x800 + random.nextInt(0xf7ff));
            case 3: return (char) (0xd800 + random.nextInt(0x800));
            case 4: return "\"\\\n\t\u007f\u2028".charAt(random.nextInt(6));
            default: return (char) (' ' + random.nextInt(95));
        }
    }
}
