import java.io.*;
import java.math.*;
import java.nio.file.*;
import java.time.*;
import java.util.*;
import java.util.concurrent.*;

/**
 * Writes sets in their natural order, one of each class that has one, and maps with keys of many classes.
 *
 * {@code javac -d OUT SortedKeys.java && java -cp OUT SortedKeys FOLDER}. The streams in Tests/Fixtures/sorted-keys were written by it.
 */
public final class SortedKeys {
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        List<Object> sets = new ArrayList<>();
        List<Object> maps = new ArrayList<>();
        for (List<?> keys : keys()) {
            sets.add(new TreeSet<>(keys));
            Map<Object, String> map = new LinkedHashMap<>();
            for (Object key : keys) map.put(key, "value " + map.size());
            maps.add(map);
        }
        write(folder.resolve("sets.ser"), sets);
        write(folder.resolve("maps.ser"), maps);
        write(folder.resolve("others.ser"), others());
    }

    private static List<List<?>> keys() {
        return List.of(
            List.of("b", "a", "", "aa", "\u00e9", "\ud83d\ude00", "\uffff"),
            List.of(0.0, -0.0, Double.NaN, 1.5, -1.5, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, 1e300, -1e300),
            List.of(0f, -0f, Float.NaN, 2.5f, -2.5f, Float.POSITIVE_INFINITY),
            List.of(true, false), List.of('b', 'a', '\uffff'), List.of((byte) -1, (byte) 1), List.of((short) 5, (short) -5),
            List.of(7, -7, 0), List.of(Long.MIN_VALUE, Long.MAX_VALUE, 0L),
            List.of(new BigInteger("100"), new BigInteger("99"), new BigInteger("-100"), new BigInteger("-99"), BigInteger.ZERO),
            decimals("1.5", "1.57", "-1.5", "-1.57", "10", "9.99", "0", "1E+10", "-1E-10", "0.001", "1E-3000", "-200", "-20.5"),
            List.of(new Date(0), new Date(-1), new Date(1_800_000_000_123L), new Date(253_402_300_800_000L)),
            List.of(java.sql.Timestamp.valueOf("2026-01-31 12:00:00.000000001"),
                java.sql.Timestamp.valueOf("2026-01-31 12:00:00"), java.sql.Timestamp.valueOf("1969-12-31 23:59:59.9")),
            List.of(new UUID(1, 2), new UUID(-1, 0), new UUID(1, -2), new UUID(Long.MIN_VALUE, 0), new UUID(0, 0)),
            List.of(Instant.EPOCH, Instant.ofEpochSecond(-1, 5), Instant.ofEpochSecond(-1, 4), Instant.ofEpochSecond(1_800_000_000)),
            List.of(LocalDate.of(2026, 1, 31), LocalDate.of(-1, 12, 1), LocalDate.of(12345, 1, 1), LocalDate.of(2026, 2, 1)),
            List.of(LocalTime.NOON, LocalTime.MIDNIGHT, LocalTime.of(12, 0, 0, 1), LocalTime.of(23, 59)),
            List.of(LocalDateTime.of(2026, 1, 31, 12, 0), LocalDateTime.of(2026, 1, 31, 11, 59, 59), LocalDateTime.of(-5, 1, 1, 0, 0)),
            List.of(OffsetTime.parse("12:00+01:00"), OffsetTime.parse("11:00Z"), OffsetTime.parse("12:30+02:00"), OffsetTime.parse("10:59:59.5Z")),
            List.of(OffsetDateTime.parse("2026-01-31T12:00+01:00"), OffsetDateTime.parse("2026-01-31T11:00Z"),
                OffsetDateTime.parse("2026-02-01T01:00+18:00"), OffsetDateTime.parse("2026-01-31T10:59:59.5Z")),
            List.of(ZonedDateTime.parse("2026-01-31T12:00+01:00[Europe/Paris]"), ZonedDateTime.parse("2026-01-31T12:00+01:00[Europe/Berlin]"),
                ZonedDateTime.parse("2026-01-31T11:00Z"), ZonedDateTime.parse("2026-01-31T12:00+01:00")),
            List.of(Duration.ofHours(1), Duration.ofNanos(-1), Duration.ofSeconds(-1), Duration.ofDays(400), Duration.ZERO),
            List.of(Year.of(2026), Year.of(-2), Year.of(12345)),
            List.of(YearMonth.of(2026, 2), YearMonth.of(2026, 11), YearMonth.of(-1, 1), YearMonth.of(12345, 1)),
            List.of(MonthDay.of(2, 29), MonthDay.of(1, 31), MonthDay.of(12, 1)),
            List.of(ZoneOffset.ofHours(1), ZoneOffset.UTC, ZoneOffset.ofHoursMinutes(-3, -30), ZoneOffset.MAX),
            List.of(DayOfWeek.SUNDAY, DayOfWeek.MONDAY, DayOfWeek.FRIDAY), List.of(TimeUnit.DAYS, TimeUnit.SECONDS));
    }

    private static List<BigDecimal> decimals(String... numbers) {
        return Arrays.stream(numbers).map(BigDecimal::new).toList();
    }

    /** A map with keys of several classes, sets inside of others whose elements are a list, and sorted ones that are empty. */
    private static List<Object> others() {
        Map<Object, String> mixed = new LinkedHashMap<>();
        for (Object key : List.of(5, 5L, LocalDate.of(2026, 1, 31))) mixed.put(key, key.getClass().getSimpleName());
        return List.of(mixed, new CopyOnWriteArraySet<>(List.of("a", "b")),
            Collections.unmodifiableSet(new CopyOnWriteArraySet<>(List.of("a", "b"))), new TreeSet<Object>(),
            new HashMap<Object, Object>(), new TreeSet<>(List.of(new BigDecimal("1.0"))),
            new HashSet<>(List.of(new BigDecimal("1.0"))), new HashSet<>(List.of(new Date(0))));
    }

    private static void write(Path file, List<?> values) throws IOException {
        try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(file))) {
            for (Object value : values) out.writeObject(value);
        }
    }
}
