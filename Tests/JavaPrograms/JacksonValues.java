import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.*;
import com.fasterxml.jackson.databind.ObjectMapper.DefaultTyping;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import java.io.*;
import java.math.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;

/**
 * Writes values of the JDK as streams and as the JSON of a mapper that is configured as Spring Data Redis configures that of
 * {@code GenericJackson2JsonRedisSerializer}, one JSON line a value:
 *
 * <ul>
 * <li>{@code name}; {@code java}: the stream of the value, in Base64;
 * <li>{@code root}: the JSON of the value by itself; {@code inside}: the same as the element of a list; null where Jackson refuses;
 * <li>{@code rootReads}, {@code insideReads}: the stream of what Jackson reads of it again; null where it refuses.
 * </ul>
 *
 * {@code javac -d OUT -cp JACKSON JacksonValues.java && java -cp OUT:JACKSON JacksonValues > values.jsonl}. With the argument
 * {@code read} it reads JSON from standard input, a text in Base64 a line, and prints the stream of what it reads, or why it does not.
 */
public final class JacksonValues {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Map<String, Object> VALUES = new LinkedHashMap<>();

    public static void main(String[] arguments) throws Exception {
        MAPPER.setDefaultTyping(
            new Typing().init(JsonTypeInfo.Id.CLASS, null).inclusion(JsonTypeInfo.As.PROPERTY));
        if (arguments.length > 0) {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
            for (String line = in.readLine(); line != null; line = in.readLine()) System.out.println(read(line));
            return;
        }
        scalars();
        texts();
        arrays();
        collections();
        maps();
        for (Map.Entry<String, Object> one : VALUES.entrySet()) System.out.println(line(one.getKey(), one.getValue()));
    }

    /** {@code GenericJackson2JsonRedisSerializer.TypeResolverBuilder}. */
    private static final class Typing extends ObjectMapper.DefaultTypeResolverBuilder {
        Typing() { super(DefaultTyping.EVERYTHING, MAPPER.getPolymorphicTypeValidator()); }

        @Override public boolean useForType(JavaType type) {
            if (type.isJavaLangObject()) return true;
            while (type.isArrayType()) {
                type = type.getContentType();
                if (type.isPrimitive()) return false;
            }
            if (type.isEnumType() || isPrimitiveOrWrapper(type.getRawClass())) return false;
            if (type.isFinal() && type.getRawClass().getPackageName().startsWith("java")) return false;
            return !com.fasterxml.jackson.core.TreeNode.class.isAssignableFrom(type.getRawClass());
        }

        private static boolean isPrimitiveOrWrapper(Class<?> type) {
            return type.isPrimitive() || List.of(Boolean.class, Byte.class, Character.class, Double.class, Float.class,
                Integer.class, Long.class, Short.class).contains(type);
        }
    }

    private static void put(String name, Object value) { VALUES.put(name, value); }

    private static void scalars() {
        put("true", true);
        put("integer", 5);
        put("integer-min", Integer.MIN_VALUE);
        put("long", 5L);
        put("long-max", Long.MAX_VALUE);
        put("long-min", Long.MIN_VALUE);
        put("long-time", 1700000000000L);
        put("byte", (byte) -1);
        put("short", (short) 300);
        put("char", 'c');
        put("char-surrogate", '\ud83d');
        for (double d : new double[] {0.5, 1.0, -0.0, 1e10, 1e-5, 1e100, Double.MIN_VALUE, Double.MAX_VALUE,
            Double.NaN, Double.POSITIVE_INFINITY}) put("double " + d, d);
        for (float f : new float[] {1.5f, 0.1f, -0.0f, 1e10f, Float.NaN, Float.NEGATIVE_INFINITY}) put("float " + f, f);
        put("big-integer", BigInteger.TEN.pow(30));
        put("big-integer-small", BigInteger.ONE);
        for (String s : List.of("12.50", "0", "1E+3", "1E-10", "-0.00"))
            put("big-decimal " + s, new BigDecimal(s));
        put("date", new Date(1462104000123L));
        put("date-before-1970", new Date(-1L));
        put("timestamp", new java.sql.Timestamp(1462104000123L));
        java.sql.Timestamp nanos = new java.sql.Timestamp(1462104000123L);
        nanos.setNanos(123456789);
        put("timestamp-nanos", nanos);
        put("sql-date", new java.sql.Date(1462104000123L));
        put("sql-time", new java.sql.Time(43200123L));
        put("atomic-integer", new AtomicInteger(7));
        put("atomic-long", new AtomicLong(7));
        put("atomic-boolean", new AtomicBoolean(true));
        Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone("Europe/Paris"), Locale.FRANCE);
        calendar.setTimeInMillis(1462104000123L);
        put("calendar", calendar);
        put("time-unit", TimeUnit.DAYS);
        put("day-of-week", java.time.DayOfWeek.MONDAY);
        put("instant", java.time.Instant.ofEpochSecond(1));
    }

    private static void texts() throws Exception {
        put("string", "alice");
        put("string-empty", "");
        put("string-unicode", "K\u00f6ln \u65e5\u672c \ud83d\ude00 \u0000\u0001\u001f\u007f\u0080\u2028 \"\\/ \b\f\n\r\t");
        put("string-surrogate", "a\ud83db");
        put("string-like-class", "java.util.Date");
        put("uuid", new UUID(1, 2));
        put("locale", Locale.GERMANY);
        put("locale-language", Locale.ENGLISH);
        put("locale-root", Locale.ROOT);
        put("locale-script", Locale.forLanguageTag("zh-Hant-TW"));
        put("locale-variant", new Locale("de", "DE", "POSIX"));
        put("locale-country", new Locale("", "DE"));
        put("uri", new URI("http://x/1?a=b#c"));
        put("url", new URL("http://example.org:80/a?b=c#d"));
        put("currency", Currency.getInstance("EUR"));
        put("pattern", java.util.regex.Pattern.compile("a+", 2));
        put("file", new File("/tmp/x"));
        put("class", String.class);
        put("builder", new StringBuilder("abc"));
        put("buffer", new StringBuffer("abc"));
        put("time-zone", TimeZone.getTimeZone("Europe/Paris"));
    }

    private static void arrays() {
        put("bytes", new byte[] {1, 2, -1});
        put("bytes-empty", new byte[0]);
        put("ints", new int[] {1, -2});
        put("longs", new long[] {1, 1700000000000L});
        put("shorts", new short[] {1});
        put("booleans", new boolean[] {true, false});
        put("doubles", new double[] {1, 0.5, Double.NaN});
        put("floats", new float[] {1, 0.5f, Float.NaN});
        put("chars", new char[] {'a', '\u00e9'});
        put("strings", new String[] {"a", null, "java.util.Date"});
        put("strings-two", new String[] {"java.util.Date", "x"});
        put("objects", new Object[] {"a", 1, 2L, null, new Date(1), List.of()});
        put("objects-plain", new Object[] {"a", 1, 2L, null, new Date(1), new ArrayList<>(List.of(1L))});
        put("objects-empty", new Object[0]);
        put("integers", new Integer[] {1, null});
        put("long-boxes", new Long[] {1L, null});
        put("dates", new Date[] {new Date(1)});
        put("grid", new int[][] {{1}, {2, 3}});
    }

    private static void add(String name, Collection<Object> list, Object... elements) {
        list.addAll(Arrays.asList(elements));
        put(name, list);
    }

    private static void collections() {
        Object[] all = {"a", 1, 2L, 3.5, 1.5f, (short) 4, (byte) 5, 'c', true, null, BigInteger.TEN, new BigDecimal("1.50"),
            new Date(1), new UUID(1, 2), Locale.GERMANY, URI.create("x"), new byte[] {1}, new int[] {1}, TimeUnit.DAYS,
            new String[] {"a"}, Double.NaN, 1700000000000L};
        add("array-list", new ArrayList<>(), all);
        add("linked-list", new LinkedList<>(), 1, 2L);
        add("array-deque", new ArrayDeque<>(), 1, 2L);
        add("vector", new Vector<>(), 1, 2L);
        add("stack", new Stack<>(), 1, 2L);
        add("copy-on-write-list", new CopyOnWriteArrayList<>(), 1, 2L);
        add("copy-on-write-set", new CopyOnWriteArraySet<>(), 1, 2L);
        add("hash-set", new HashSet<>(), "p", "q");
        add("linked-hash-set", new LinkedHashSet<>(), "z", "a", 1L);
        add("tree-set", new TreeSet<>(), "b", "a", "B");
        add("tree-set-longs", new TreeSet<>(), 3L, 1L, 2L);
        add("tree-set-dates", new TreeSet<>(), new Date(2), new Date(1));
        add("tree-set-reverse", new TreeSet<Object>(Collections.reverseOrder()), "b", "a");
        add("priority-queue", new PriorityQueue<>(), 2, 1);
        put("array-list-empty", new ArrayList<>());
        put("unmodifiable-list", Collections.unmodifiableList(new ArrayList<>(List.of("a", 1L))));
        put("unmodifiable-linked", Collections.unmodifiableList(new LinkedList<>(List.of("a"))));
        put("unmodifiable-set", Collections.unmodifiableSet(new LinkedHashSet<>(List.of("a", 1L))));
        put("unmodifiable-collection", Collections.unmodifiableCollection(new ArrayList<>(List.of("a", 1L))));
        put("unmodifiable-map", Collections.unmodifiableMap(new LinkedHashMap<>(Map.of("a", 1L))));
        put("empty-list", Collections.emptyList());
        put("empty-set", Collections.emptySet());
        put("empty-map", Collections.emptyMap());
        put("singleton-list", Collections.singletonList("a"));
        put("singleton", Collections.singleton("a"));
        put("singleton-map", Collections.singletonMap("a", 1L));
        put("as-list", Arrays.asList("a", 1L));
        put("synchronized-list", Collections.synchronizedList(new ArrayList<>(List.of("a"))));
        put("list-of-0", List.of());
        put("list-of-1", List.of("a"));
        put("list-of-3", List.of("a", 1L, 2));
        put("set-of-1", Set.of("a"));
        put("set-of-0", Set.of());
        put("map-of-1", Map.of("a", 1L));
        put("map-of-0", Map.of());
        put("n-copies", Collections.nCopies(2, "a"));
        put("nested", new ArrayList<>(List.of(new ArrayList<>(List.of(new LinkedHashMap<>(Map.of("a", 1L)))))));
        put("enum-set", EnumSet.of(TimeUnit.DAYS));
    }

    private static <M extends Map<Object, Object>> M map(M map, Object... pairs) {
        for (int i = 0; i < pairs.length; i += 2) map.put(pairs[i], pairs[i + 1]);
        return map;
    }

    private static void maps() {
        put("hash-map", map(new HashMap<>(), "a", 1L, "b", null));
        put("hash-map-empty", new HashMap<>());
        put("linked-hash-map", map(new LinkedHashMap<>(), "z", 1L, "", 2, "k\u00f6 \"\n\u0001", "x", "java.util.Date", "y"));
        put("linked-hash-map-access", map(new LinkedHashMap<>(16, 0.75f, true), "z", 1));
        put("tree-map", map(new TreeMap<>(), "b", 1, "B", 2L, "a", new Date(1)));
        put("concurrent-map", map(new ConcurrentHashMap<>(), "a", 1L));
        put("hashtable", map(new Hashtable<>(), "a", 1L));
        put("properties", map(new Properties(), "a", "b"));
        put("int-keys", map(new LinkedHashMap<>(), 1, "a"));
        put("null-key", map(new HashMap<>(), null, "a"));
        put("class-key", map(new LinkedHashMap<>(), "@class", "a"));
        put("identity", map(new IdentityHashMap<>(), "a", 1));
        put("only-wrapper", map(new LinkedHashMap<>(), "java.util.Date", 1L));
    }

    private static String line(String name, Object value) throws Exception {
        Map<String, Object> line = new LinkedHashMap<>();
        String root = written(value), list = written(new ArrayList<>(Collections.singletonList(value)));
        line.put("name", name);
        line.put("java", stream(value));
        line.put("root", root);
        String prefix = "[\"java.util.ArrayList\",[";
        line.put("inside", list == null ? null : list.substring(prefix.length(), list.length() - 2));
        line.put("rootReads", reading(root));
        line.put("insideReads", list == null ? null : reading((String) line.get("inside")));
        return new ObjectMapper().writeValueAsString(line);
    }

    private static String written(Object value) {
        try {
            return new String(MAPPER.writeValueAsBytes(value), StandardCharsets.UTF_8);
        } catch (Exception refused) {
            return null;
        }
    }

    private static String stream(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) { out.writeObject(value); }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static String reading(String json) {
        if (json == null) return null;
        try {
            return stream(MAPPER.readValue(json.getBytes(StandardCharsets.UTF_8), Object.class));
        } catch (Exception refused) {
            return null;
        }
    }

    private static String read(String line) {
        try {
            return stream(MAPPER.readValue(Base64.getDecoder().decode(line), Object.class));
        } catch (Exception refused) {
            return "! " + refused.toString().replace('\n', ' ');
        }
    }
}
