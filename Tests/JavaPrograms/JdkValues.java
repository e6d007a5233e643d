import java.io.*;
import java.math.*;
import java.net.*;
import java.nio.file.*;
import java.time.*;
import java.time.chrono.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.regex.Pattern;

/**
 * Writes streams with values of the Java platform's own classes, a file a family, into the folder that it is given:
 * {@code java JdkValues.java FOLDER}. The streams in Tests/Fixtures/jdk-values were written by it.
 */
public final class JdkValues {
    private static Path folder;

    public static void main(String[] arguments) throws Exception {
        folder = Path.of(arguments[0]);
        write("time", time());
        write("chronologies", chronologies());
        write("queues", queues());
        write("concurrent", concurrent());
        write("wrapped-lists", wrappedLists());
        write("wrapped-sets", wrappedSets());
        write("wrapped-maps", wrappedMaps());
        write("immutable", immutable());
        write("integers", integers());
        write("decimals", decimals());
        write("doubles", doubles());
        write("floats", floats());
        write("locales", locales());
        write("addresses", addresses());
        write("dates", dates());
        write("texts", texts());
        write("properties", properties());
        write("enums", enums());
        write("throwables", throwables());
        write("singles", singles());
        write("atomics", atomics());
    }

    private static void write(String name, List<?> values) throws Exception {
        try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(folder.resolve(name + ".ser")))) {
            for (Object value : values) out.writeObject(value);
        }
    }

    private static List<Object> time() {
        List<Object> all = new ArrayList<>();
        for (long[] d : new long[][] { { 0, 0 }, { 90, 7 }, { -1, 5 }, { -1, 500_000_000 }, { -61, 999_999_999 }, { 3600, 0 },
                { -3600, 0 }, { 86_461, 120_000_000 }, { Long.MAX_VALUE, 999_999_999 }, { Long.MIN_VALUE, 1 }, { -3661, 0 } })
            all.add(Duration.ofSeconds(d[0], d[1]));
        all.addAll(List.of(Instant.EPOCH, Instant.MIN, Instant.MAX, Instant.ofEpochSecond(-1, 1000), Instant.ofEpochMilli(1),
            LocalDate.MIN, LocalDate.MAX, LocalDate.of(0, 1, 1), LocalDate.of(-1, 12, 31), LocalDate.of(10000, 2, 29),
            LocalDate.of(1900, 2, 28), LocalTime.of(13, 0), LocalTime.of(0, 5), LocalTime.of(1, 2, 3),
            LocalTime.of(1, 2, 3, 4_000_000), LocalTime.of(1, 2, 0, 5000), LocalTime.MAX,
            LocalDateTime.of(2024, 2, 29, 23, 59, 1), LocalDateTime.MIN, ZoneOffset.UTC, ZoneOffset.ofHoursMinutes(5, 30),
            ZoneOffset.ofTotalSeconds(-3601), ZoneOffset.ofHours(-18), ZoneOffset.ofTotalSeconds(1),
            OffsetTime.of(1, 2, 3, 4, ZoneOffset.ofHours(1)), OffsetDateTime.of(2020, 1, 2, 3, 4, 0, 0, ZoneOffset.UTC),
            ZonedDateTime.of(2021, 3, 4, 5, 6, 7, 8, ZoneId.of("America/New_York")),
            ZonedDateTime.of(2021, 3, 4, 5, 6, 0, 0, ZoneOffset.ofHours(2)),
            ZonedDateTime.of(2021, 3, 4, 5, 6, 0, 0, ZoneId.of("UTC")), ZoneId.of("Asia/Kathmandu"), ZoneId.of("GMT+2"),
            Year.of(-5), Year.of(12345), YearMonth.of(5, 6), YearMonth.of(-5, 6), YearMonth.of(12345, 1), MonthDay.of(12, 31),
            Period.ZERO, Period.of(1, -2, 3), Period.ofDays(-4), DayOfWeek.SUNDAY, Month.FEBRUARY));
        return all;
    }

    private static List<Object> chronologies() {
        return List.of(IsoChronology.INSTANCE, JapaneseChronology.INSTANCE, MinguoChronology.INSTANCE,
            ThaiBuddhistChronology.INSTANCE, HijrahChronology.INSTANCE, JapaneseDate.of(1890, 5, 6),
            JapaneseDate.of(1912, 7, 29), JapaneseDate.of(1912, 7, 30), JapaneseDate.of(1926, 12, 25),
            JapaneseDate.of(1989, 1, 8), JapaneseDate.of(2019, 4, 30), JapaneseDate.of(2019, 5, 1), MinguoDate.of(105, 1, 2),
            MinguoDate.of(-3, 1, 2), MinguoDate.of(0, 1, 2), ThaiBuddhistDate.of(2560, 12, 31),
            ThaiBuddhistDate.of(-10, 3, 4), HijrahDate.of(1437, 9, 3));
    }

    private static List<Object> queues() throws Exception {
        ArrayBlockingQueue<Object> ring = new ArrayBlockingQueue<>(3);
        for (String s : List.of("lost", "lost too", "a")) ring.add(s);
        ring.take();
        ring.take();
        ring.add("b");
        ring.add("c");
        PriorityQueue<String> backwards = new PriorityQueue<>(Comparator.reverseOrder());
        backwards.addAll(List.of("a", "z", "m"));
        return List.of(ring, new ArrayBlockingQueue<>(2), backwards, new PriorityQueue<>(List.of(3, 1, 2)),
            new PriorityBlockingQueue<>(List.of(9, 8, 7)), new LinkedBlockingQueue<>(List.of(1, 2)),
            new LinkedBlockingDeque<>(List.of(1, 2)), new LinkedTransferQueue<>(List.of(1, 2)),
            new ConcurrentLinkedQueue<>(List.of(1, 2)), new ConcurrentLinkedDeque<>(List.of(1, 2)),
            new SynchronousQueue<>(), new ArrayDeque<>(List.of(1, 2)), Collections.asLifoQueue(new ArrayDeque<>(List.of(1, 2))),
            new LinkedBlockingQueue<>());
    }

    private static List<Object> concurrent() {
        ConcurrentSkipListMap<String, Object> sorted = new ConcurrentSkipListMap<>(Comparator.reverseOrder());
        sorted.put("a", 1);
        sorted.put("b", 2);
        ConcurrentSkipListSet<String> set = new ConcurrentSkipListSet<>(Comparator.reverseOrder());
        set.addAll(List.of("a", "b"));
        Set<Object> keys = ConcurrentHashMap.newKeySet();
        keys.add("k");
        return List.of(sorted, set, new ConcurrentSkipListSet<>(List.of(2, 1)), keys, new ConcurrentHashMap<>(Map.of(1, 2)),
            new ConcurrentHashMap<>(), new CopyOnWriteArrayList<>(List.of(1)), new CopyOnWriteArraySet<>(List.of(2, 3)));
    }

    private static List<Object> wrappedLists() {
        List<Object> all = new ArrayList<>();
        for (List<Object> inner : List.<List<Object>>of(new ArrayList<>(List.of(1)), new LinkedList<>(List.of(1)), new Vector<>(List.of(1)),
                new CopyOnWriteArrayList<>(List.of(1)), Collections.singletonList(1), Collections.nCopies(2, 1),
                Collections.unmodifiableList(new LinkedList<>()), Collections.unmodifiableList(new ArrayList<>()),
                Collections.checkedList(new LinkedList<>(), Object.class), Collections.checkedList(new ArrayList<>(), Object.class))) {
            all.add(Collections.unmodifiableList(inner));
            all.add(Collections.synchronizedList(inner));
        }
        all.add(Collections.unmodifiableCollection(new ArrayList<>(List.of(1))));
        all.add(Collections.synchronizedCollection(new ArrayList<>(List.of(1))));
        all.add(Collections.checkedCollection(new ArrayList<>(List.of(1)), Object.class));
        all.add(Collections.checkedQueue(new ArrayDeque<>(List.of(1)), Object.class));
        all.add(Collections.emptyList());
        return all;
    }

    private static List<Object> wrappedSets() {
        TreeSet<Integer> sorted = new TreeSet<>(Comparator.reverseOrder());
        sorted.addAll(List.of(1, 2, 3));
        Set<Object> hash = new HashSet<>(List.of("only"));
        return List.of(Collections.unmodifiableSet(hash), Collections.synchronizedSet(hash), Collections.checkedSet(hash, Object.class),
            Collections.unmodifiableSortedSet(sorted), Collections.unmodifiableNavigableSet(sorted), Collections.synchronizedSortedSet(sorted),
            Collections.synchronizedNavigableSet(sorted), Collections.checkedSortedSet(sorted, Integer.class),
            Collections.checkedNavigableSet(sorted, Integer.class), Collections.emptySet(), Collections.emptyNavigableSet(),
            Collections.singleton(null), Collections.newSetFromMap(new LinkedHashMap<>()), new LinkedHashSet<>(List.of(3, 1)));
    }

    private static List<Object> wrappedMaps() {
        TreeMap<Integer, Object> sorted = new TreeMap<>(Comparator.reverseOrder());
        sorted.put(1, "one");
        sorted.put(2, "two");
        Map<Object, Object> hash = new HashMap<>(Map.of("k", "v"));
        return List.of(Collections.unmodifiableMap(hash), Collections.synchronizedMap(hash), Collections.checkedMap(hash, Object.class, Object.class),
            Collections.unmodifiableSortedMap(sorted), Collections.unmodifiableNavigableMap(sorted), Collections.synchronizedSortedMap(sorted),
            Collections.synchronizedNavigableMap(sorted), Collections.checkedSortedMap(sorted, Integer.class, Object.class),
            Collections.checkedNavigableMap(sorted, Integer.class, Object.class), Collections.emptyMap(), Collections.emptyNavigableMap(),
            Collections.singletonMap(null, 1), Collections.unmodifiableMap(Collections.synchronizedMap(new LinkedHashMap<>(Map.of(1, 2)))),
            new IdentityHashMap<>(Map.of(1, 2)), new AbstractMap.SimpleEntry<>("k", 1), new AbstractMap.SimpleImmutableEntry<>(null, hash));
    }

    private static List<Object> immutable() {
        return List.of(List.of(1), List.of(1, 2), List.of(1, 2, 3), Set.of(1), Set.of(1, 2), Set.of(1, 2, 3), Map.of(1, 2),
            Map.of(1, 2, 3, 4), Arrays.asList(1, null), java.util.stream.Stream.of(1, null).toList(), List.copyOf(List.of("x", "y", "z")));
    }

    private static List<Object> integers() {
        List<Object> all = new ArrayList<>();
        for (int bits : new int[] { 1, 31, 32, 63, 64, 65, 127, 128, 1000, 4096, 32767 }) {
            all.add(BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE));
            all.add(BigInteger.ONE.shiftLeft(bits).negate());
            all.add(new BigInteger(bits, new Random(bits)));
        }
        for (int digits : new int[] { 18, 19, 20, 38, 39, 1000 }) all.add(BigInteger.TEN.pow(digits));
        all.add(BigInteger.ZERO);
        return all;
    }

    private static List<Object> decimals() {
        List<Object> all = new ArrayList<>();
        for (String s : List.of("0", "0.00", "0E-10", "0E+3", "1E+3", "-0.000001", "0.0000001", "-1E-7", "123.4500", "12345678901234567890.12",
                "1E+2147483647", "1E-2147483647", "-9.99E+20", "100", "0.1"))
            all.add(new BigDecimal(s));
        return all;
    }

    private static List<Object> doubles() {
        List<Object> all = new ArrayList<>(List.of(0.0, -0.0, 1.0, 0.001, 0.00099, 9999999.0, 1.0E7, 1.2345678E7, 123456.789, 1.0E23, 2.0E-3, 1.0E-5,
            Double.MIN_VALUE, Double.MIN_VALUE * 2, Double.MIN_VALUE * 3, Double.MIN_VALUE * 4, Double.MIN_VALUE * 20, Double.MIN_NORMAL,
            Double.MAX_VALUE, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Math.PI, 100.0, 1.0E21, 1.0E-300));
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) all.add(Double.longBitsToDouble(random.nextLong() & 0x7fefffffffffffffL));
        for (int i = 0; i < 100; i++) all.add(random.nextInt(2000000) / 100.0);
        for (long i = 1; i < 60; i++) all.add(Double.longBitsToDouble(i * i));
        return all;
    }

    private static List<Object> floats() {
        List<Object> all = new ArrayList<>(List.of(0f, -0f, 1f, 0.1f, 1.0E10f, 3.4028235E38f, Float.MIN_VALUE, Float.MIN_VALUE * 2, Float.MIN_NORMAL,
            16777216f, 0.001f, 9999999f, 1.0E7f, Float.NaN, Float.POSITIVE_INFINITY, 3.3e9f));
        Random random = new Random(8);
        for (int i = 0; i < 200; i++) all.add(Float.intBitsToFloat(random.nextInt() & 0x7f7fffff));
        for (int i = 1; i < 40; i++) all.add(Float.intBitsToFloat(i * i));
        return all;
    }

    private static List<Object> locales() {
        List<Object> all = new ArrayList<>(List.of(Locale.ROOT, Locale.GERMANY, new Locale("de"), new Locale("", "CH"), new Locale("no", "NO", "NY"),
            new Locale("iw"), new Locale("in", "ID"), new Locale("th", "TH", "TH"), new Locale("ja", "JP", "JP"), new Locale("de", "DE", "POSIX"),
            new Locale("es", "ES", "Traditional_WIN"), new Locale("en", "", "a"), new Locale("x", "", "abcde")));
        for (String tag : List.of("zh-Hant-TW", "sr-Latn", "de-1996", "sl-rozaj-biske", "en-US-u-ca-buddhist-nu-thai", "x-private", "und-Cyrl", "fr-x-lvariant-ABC", "es-419"))
            all.add(Locale.forLanguageTag(tag));
        return all;
    }

    private static List<Object> addresses() throws Exception {
        return List.of(new URL("http://user@h.invalid:8080/p/a?q=1#f"), new URL("file:/x/y"), new URL("http://h.invalid"), new URL("http://[::1]:80/"),
            new URL("jar:file:/a.jar!/b"), new URL("http://h.invalid/?"), URI.create("mailto:a@b.invalid"), URI.create("../x#y"),
            InetAddress.getByAddress("named.invalid", new byte[] { 127, 0, 0, 1 }), InetAddress.getByAddress(new byte[] { (byte) 192, (byte) 168, 0, (byte) 255 }),
            InetAddress.getByAddress(new byte[] { 0x20, 1, 0xd, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 }),
            Inet6Address.getByAddress(null, new byte[] { (byte) 0xfe, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2 }, 5));
    }

    private static List<Object> dates() {
        TimeZone zone = TimeZone.getTimeZone("America/Sao_Paulo");
        GregorianCalendar calendar = new GregorianCalendar(zone, Locale.US);
        calendar.setTimeInMillis(1234567890123L);
        GregorianCalendar simple = new GregorianCalendar(new SimpleTimeZone(3600000, "Mine"), Locale.GERMANY);
        simple.setTimeInMillis(-5);
        simple.setLenient(false);
        java.sql.Timestamp before = new java.sql.Timestamp(-1);
        before.setNanos(999_000_001);
        return List.of(new Date(0), new Date(Long.MAX_VALUE), new Date(Long.MIN_VALUE), new Date(-62135596800001L), new java.sql.Date(86400000L),
            new java.sql.Time(3600000L), new java.sql.Timestamp(1234567890123L), before, zone, new SimpleTimeZone(-3600000, "Other"), calendar, simple,
            TimeZone.getTimeZone("GMT"));
    }

    private static List<Object> texts() {
        StringBuilder builder = new StringBuilder("grown");
        builder.ensureCapacity(100);
        StringBuffer buffer = new StringBuffer("buffer");
        buffer.setLength(3);
        return List.of(builder, new StringBuilder(), buffer, UUID.fromString("ffffffff-0000-4000-8000-000000000001"), new UUID(0, 0),
            Currency.getInstance("JPY"), new File("/tmp/x"), new File("relative/y"), Pattern.compile("^a+\\d$", Pattern.MULTILINE | Pattern.UNICODE_CASE));
    }

    private static List<Object> properties() {
        Properties defaults = new Properties();
        defaults.setProperty("a", "1");
        Properties own = new Properties(defaults);
        own.setProperty("b", "2");
        return List.of(new Properties(), own, new Hashtable<>(Map.of("h", 1)));
    }

    private static List<Object> enums() {
        EnumMap<TimeUnit, Object> map = new EnumMap<>(TimeUnit.class);
        map.put(TimeUnit.DAYS, 1);
        map.put(TimeUnit.NANOSECONDS, null);
        return List.of(map, new EnumMap<>(DayOfWeek.class), EnumSet.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), EnumSet.noneOf(Month.class),
            EnumSet.allOf(DayOfWeek.class));
    }

    private static List<Object> throwables() {
        Throwable suppressing = new RuntimeException("outer", new Error("inner"));
        suppressing.addSuppressed(new IllegalArgumentException());
        List<Throwable> all = List.of(suppressing, new java.lang.reflect.InvocationTargetException(new Error("target"), "wrapped"),
            new NullPointerException(), new java.io.UncheckedIOException("io", new IOException()));
        for (Throwable throwable : all) throwable.setStackTrace(new StackTraceElement[] { new StackTraceElement("demo.A", "b", "A.java", 7) });
        return new ArrayList<>(all);
    }

    private static List<Object> singles() {
        BitSet bits = new BitSet();
        bits.set(3);
        bits.set(63, 66);
        bits.set(1000);
        return List.of(new AtomicInteger(-1), new AtomicLong(Long.MIN_VALUE), new AtomicBoolean(), new AtomicReference<>(), new AtomicReference<>("r"),
            bits, new BitSet(), 'x', (byte) -1, (short) -2, Long.MIN_VALUE, true, Integer.MAX_VALUE);
    }

    private static List<Object> atomics() {
        List<Object> all = new ArrayList<>();
        for (long value : new long[] { 0, 42, Long.MIN_VALUE, Long.MAX_VALUE }) {
            all.add(new AtomicLong(value));
            LongAdder adder = new LongAdder();
            adder.add(value);
            all.add(adder);
        }
        for (double value : new double[] { 0, 1.5, -1e300, Double.NaN, Double.NEGATIVE_INFINITY }) {
            DoubleAdder adder = new DoubleAdder();
            adder.add(value);
            all.add(adder);
        }
        LongAdder twice = new LongAdder();
        twice.add(40);
        twice.increment();
        twice.increment();
        all.addAll(List.of(new AtomicInteger(-7), new AtomicBoolean(true), new AtomicBoolean(), new AtomicReference<>("a"),
            new AtomicReference<>(), twice, new AtomicIntegerArray(new int[] { 1, -2 }),
            new AtomicLongArray(new long[] { 3, Long.MAX_VALUE }), new AtomicReferenceArray<>(new Object[] { "b", null, 4 })));
        return all;
    }
}
