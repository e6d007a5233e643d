package stores;

import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;

/** The keys of one fixture in a real Redis, and what is expected of them. */
final class Store {
    final String name;
    private final Redis redis;
    private final Path folder;
    private final List<Object> sessions = new ArrayList<>();

    Store(String name, Redis redis, Path fixtures) throws IOException {
        this.name = name;
        this.redis = redis;
        folder = fixtures.resolve(name);
        redis.command("FLUSHALL");
    }

    interface Content { void write(ObjectOutputStream out) throws IOException; }

    /** A whole serialization stream. */
    static byte[] stream(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) { content.write(out); }
        return bytes.toByteArray();
    }

    static byte[] object(Object value) throws IOException { return stream(out -> out.writeObject(value)); }

    static byte[] text(Object value) { return value.toString().getBytes(StandardCharsets.UTF_8); }

    /** Seconds to live are 0 for a key that stays. */
    void set(String key, byte[] value, long seconds) throws IOException {
        redis.command("SET", key, value);
        expire(key, seconds);
    }

    /** Adds fields one after the other, so that they are kept in this order. */
    void hash(String key, Map<String, byte[]> fields, long seconds) throws IOException {
        for (Map.Entry<String, byte[]> field : fields.entrySet()) redis.command("HSET", key, field.getKey(), field.getValue());
        expire(key, seconds);
    }

    void add(String key, byte[] member, long seconds) throws IOException {
        redis.command("SADD", key, member);
        expire(key, seconds);
    }

    void add(String key, byte[] member, String score) throws IOException { redis.command("ZADD", key, score, member); }

    private void expire(String key, long seconds) throws IOException { if (seconds > 0) redis.command("EXPIRE", key, seconds); }

    void expect(Map<String, Object> session) { sessions.add(session); }

    /** Writes keys.jsonl and expected.json. */
    void close() throws IOException {
        Files.createDirectories(folder);
        List<byte[]> keys = new ArrayList<>();
        for (Object key : (List<?>) redis.command("KEYS", "*")) keys.add((byte[]) key);
        keys.sort(Arrays::compareUnsigned);
        StringBuilder lines = new StringBuilder();
        for (byte[] key : keys) lines.append(Json.line(record(key))).append('\n');
        Files.writeString(folder.resolve("keys.jsonl"), lines);
        Files.writeString(folder.resolve("expected.json"), Json.pretty(sessions));
        System.out.println(name + ": " + keys.size() + " keys, " + sessions.size() + " sessions");
    }

    private Map<String, Object> record(byte[] key) throws IOException {
        String type = new String((byte[]) redis.command("TYPE", key));
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("key_b64", base64(key));
        record.put("type", type);
        record.put("pttl", redis.command("PTTL", key));
        record.put("dump_b64", base64(redis.command("DUMP", key)));
        switch (type) {
            case "string" -> record.put("value_b64", base64(redis.command("GET", key)));
            case "hash" -> record.put("fields_b64", pairs(redis.command("HGETALL", key), true));
            case "zset" -> record.put("members_b64", pairs(redis.command("ZRANGE", key, 0, -1, "WITHSCORES"), false));
            default -> record.put("members_b64", ((List<?>) redis.command("SMEMBERS", key)).stream().map(Store::base64).sorted().toList());
        }
        return record;
    }

    private static List<Object> pairs(Object flat, boolean isHash) {
        List<Object> pairs = new ArrayList<>();
        List<?> items = (List<?>) flat;
        for (int i = 0; i < items.size(); i += 2) {
            Object second = items.get(i + 1);
            pairs.add(List.of(base64(items.get(i)), isHash ? base64(second) : new String((byte[]) second)));
        }
        return pairs;
    }

    private static String base64(Object bytes) { return Base64.getEncoder().encodeToString((byte[]) bytes); }
}
