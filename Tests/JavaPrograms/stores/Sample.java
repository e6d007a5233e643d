package stores;

import demo.library.*;
import java.math.*;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.*;
import java.util.*;

/** What one session holds, before a store writes it. */
public final class Sample {
    /** 2023-11-14T22:13:20Z, when the first session of every store was created. */
    static final long CREATED = 1_700_000_000_000L;

    public final String label;
    public String id;
    public long created, lastAccessed, thisAccessed;
    public int interval = 1800;
    public boolean isNew, isValid = true;
    public String user, authType;
    public boolean hasSavedRequest;
    public final SortedMap<String, Object> attributes = new TreeMap<>();

    Sample(String label) { this.label = label; }

    Sample with(String name, Object value) { attributes.put(name, value); return this; }

    /** The same session with another id at its end, such as a route. */
    Sample suffixed(String suffix) { id += suffix; return this; }

    /** The sessions that every store has, with ids of its own and in one order. */
    static List<Sample> all(String store) {
        List<Sample> all = new ArrayList<>(List.of(empty(), strings(), numbers(), collections(), dates(), shared(), objects(),
            longString(), invalid(), unending()));
        for (Sample sample : all) place(sample, store, all.indexOf(sample));
        return all;
    }

    /** One whose user logged in, for stores that keep a principal. */
    static Sample login(String store, String label, String user, boolean hasSavedRequest, int number) {
        Sample sample = new Sample(label).with("user", user).with("cart", list("book", "pen")).with("theme", "dark");
        sample.user = user;
        sample.authType = hasSavedRequest ? "FORM" : "BASIC";
        sample.hasSavedRequest = hasSavedRequest;
        place(sample, store, number);
        return sample;
    }

    static Sample small(String store, String label, int number) {
        Sample sample = new Sample(label).with("user", "alice").with("visits", 7);
        place(sample, store, number);
        return sample;
    }

    private static void place(Sample sample, String store, int number) {
        sample.id = hex(md5((store + "/" + sample.label).getBytes(StandardCharsets.UTF_8))).toUpperCase(Locale.ROOT);
        sample.created = CREATED + number * 60_000L + number;
        sample.lastAccessed = sample.isNew ? sample.created : sample.created + 90_000;
        sample.thisAccessed = sample.isNew ? sample.created : sample.created + 95_123;
    }

    /** The id as a UUID, for stores that make such. */
    String uuid() { return UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString(); }

    /** What follows the first dot of the id, as Tomcat appends it. */
    String route() { return id.indexOf('.') < 0 ? null : id.substring(id.indexOf('.') + 1); }

    // What the sessions hold

    private static Sample empty() {
        Sample sample = new Sample("empty-new");
        sample.isNew = true;
        return sample;
    }

    private static Sample strings() {
        return new Sample("strings").with("empty", "").with("latin", "Zürich, naïve café").with("cjk", "図書館")
            .with("emoji", "📚👩‍🚀").with("nul", "a\0b").with("surrogate", "\ud83d alone").with("quotes", "\"\\/\n\t\u001b[31m")
            .with("名前", "name beyond ASCII").with("user", "alice").with("again", "alice");
    }

    private static Sample numbers() {
        return new Sample("numbers").with("int", 42).with("smallInt", 6).with("long", 9_007_199_254_740_993L)
            .with("longMin", Long.MIN_VALUE).with("short", (short) -12345).with("byte", (byte) -128).with("char", '図')
            .with("double", 0.1).with("negativeZero", -0.0).with("float", 3.14f).with("nan", Float.NaN).with("true", true)
            .with("false", false).with("bigInteger", new BigInteger("123456789012345678901234567890"))
            .with("bigDecimal", new BigDecimal("12345.6700"));
    }

    private static Sample collections() {
        Map<String, Object> hash = new HashMap<>();
        hash.put("one", 1);
        hash.put("two", list("a", null, "b"));
        hash.put(null, "null's");
        Map<String, Object> linked = new LinkedHashMap<>();
        linked.put("z", "first");
        linked.put("a", new LinkedHashMap<>(Map.of("inner", 1.5)));
        return new Sample("collections").with("list", list("a", 1, null, list())).with("linkedList", new LinkedList<>(list(1, 2)))
            .with("hashMap", hash).with("linkedMap", linked).with("treeMap", new TreeMap<>(Map.of("k", "v")))
            .with("hashSet", new HashSet<>(list("x", "y"))).with("linkedSet", new LinkedHashSet<>(list(3, 1, 2)))
            .with("treeSet", new TreeSet<>(list("b", "a"))).with("immutable", List.of("p", "q")).with("emptyList", Collections.emptyList())
            .with("unmodifiable", Collections.unmodifiableList(list("u"))).with("bytes", new byte[] { 0, 1, -1, 127 })
            .with("ints", new int[] { 1, -2 }).with("strings", new String[] { "s", null }).with("matrix", new double[][] { { 1, 2 }, {} });
    }

    private static Sample dates() {
        return new Sample("dates").with("date", new Date(CREATED)).with("before1970", new Date(-1))
            .with("instant", Instant.ofEpochMilli(CREATED + 123)).with("localDate", LocalDate.of(2024, 2, 29))
            .with("localDateTime", LocalDateTime.of(2024, 2, 29, 23, 59, 1)).with("duration", Duration.ofMinutes(90))
            .with("zoned", ZonedDateTime.of(2024, 3, 31, 3, 30, 0, 0, ZoneId.of("Europe/Zurich")))
            .with("offset", OffsetDateTime.of(2024, 1, 2, 3, 4, 5, 6_000_000, ZoneOffset.ofHours(-5)))
            .with("locale", Locale.forLanguageTag("de-CH")).with("uuid", new UUID(0x123456789abc4defL, -2))
            .with("currency", Currency.getInstance("CHF")).with("uri", URI.create("https://library.invalid/books?q=1"));
    }

    private static Sample shared() {
        List<Object> basket = list("book", 1);
        Map<String, Object> ring = new LinkedHashMap<>();
        ring.put("self", ring);
        ring.put("basket", basket);
        Book book = new Book("Twice", 321, false, "19.95", Genre.TRAVEL, "B. Both");
        return new Sample("shared").with("basket", basket).with("basketToo", basket).with("ring", ring)
            .with("shelf", list(book, book)).with("favourite", book);
    }

    private static Sample objects() {
        Loan loan = new Loan("Back soon", new Date(CREATED + 86_400_000L), 1, 2);
        loan.follows = new Loan("Before", new Date(CREATED));
        loan.follows.follows = loan;
        return new Sample("objects").with("book", new Book("Tänze", 96, true, "0.50", Genre.POETRY, "C. One", "D. Two"))
            .with("loan", loan).with("genre", Genre.TRAVEL).with("verse", Genre.POETRY).with("day", DayOfWeek.FRIDAY)
            .with("books", new Book[] { new Book("Inner", 1, false, "1", null) });
    }

    private static Sample longString() {
        return new Sample("long-string").with("text", "0123456789é".repeat(600)).with("after", "end")
            .with("blob", new byte[5000]);
    }

    private static Sample invalid() {
        Sample sample = new Sample("invalid").with("user", "mallory");
        sample.isValid = false;
        return sample;
    }

    private static Sample unending() {
        Sample sample = new Sample("never-expires").with("user", "robot");
        sample.interval = -1;
        return sample;
    }

    static List<Object> list(Object... items) { return new ArrayList<>(Arrays.asList(items)); }

    static byte[] md5(byte[] bytes) { return digest("MD5", bytes); }

    static byte[] digest(String algorithm, byte[] bytes) {
        try { return MessageDigest.getInstance(algorithm).digest(bytes); } catch (Exception absent) { throw new AssertionError(absent); }
    }

    static String hex(byte[] bytes) { return HexFormat.of().formatHex(bytes); }
}
