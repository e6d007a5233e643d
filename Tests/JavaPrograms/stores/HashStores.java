package stores;

import java.io.*;
import java.nio.ByteBuffer;
import java.util.*;

/** Sessions in hashes, a field an attribute, each value a serialization stream of its own. */
final class HashStores {
    static final String PRINCIPAL = "org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME";

    /**
     * Spring Session 1.0: a hash, and a set of ids a minute. 1.0.0 gives both the interval to live, 1.0.1 the set a minute more.
     * A session that never ends is deleted with its first save.
     */
    static void springOne(Store store, int extra) throws IOException {
        for (Sample sample : samples(store.name, PRINCIPAL)) {
            if (sample.interval < 0) continue;
            String id = sample.uuid();
            String key = "spring:session:sessions:" + id;
            store.hash(key, springFields(sample), sample.interval);
            store.add("spring:session:expirations:" + minuteAfter(sample), Store.object(id), sample.interval + extra);
            store.expect(expected(sample, id, key));
        }
    }

    /** Spring Session 3.3 and later, `@EnableRedisIndexedWebSession`. */
    static void springReactiveIndexed(Store store) throws IOException {
        String prefix = "spring:session:sessions:";
        for (Sample sample : samples(store.name, "PRINCIPAL_NAME_INDEX_NAME")) {
            String id = sample.uuid();
            store.hash(prefix + id, springFields(sample), sample.interval < 0 ? 0 : sample.interval + 300);
            if (sample.interval > 0) store.set(prefix + "expires:" + id, new byte[0], sample.interval);
            store.add(prefix + "expirations", Store.object(id), end(sample));
            if (sample.user != null) {
                String index = prefix + "index:PRINCIPAL_NAME_INDEX_NAME:" + sample.user;
                store.add(index, Store.object(id), 0);
                store.add(prefix + id + ":idx", Store.object(index), 0);
            }
            store.expect(expected(sample, id, prefix + id));
        }
    }

    /** Redisson's repository for Spring Session with its SerializationCodec. */
    static void redissonSpring(Store store) throws IOException {
        String prefix = "spring:session:";
        for (Sample sample : samples(store.name, PRINCIPAL)) {
            String id = sample.uuid();
            Map<String, byte[]> fields = new LinkedHashMap<>();
            fields.put("session:creationTime", Store.object(sample.created));
            fields.put("session:lastAccessedTime", Store.object(sample.lastAccessed));
            fields.put("session:maxInactiveInterval", Store.object((long) sample.interval));
            for (Map.Entry<String, Object> attribute : sample.attributes.entrySet())
                fields.put("session-attr:" + attribute.getKey(), Store.object(attribute.getValue()));
            store.hash(prefix + id, fields, sample.interval < 0 ? 0 : sample.interval + 60);
            if (sample.interval > 0) store.set(prefix + "sessions:expires:" + id, Store.object(""), sample.interval);
            if (sample.user != null) store.add(prefix + "index:" + PRINCIPAL + ":" + sample.user, Store.text(id), 0);
            store.expect(expected(sample, id, prefix + id));
        }
    }

    /** Amadeus: numbers in big-endian bytes; their ends in a sorted set, or in keys and sets as Spring Session had them. */
    static void amadeus(Store store, boolean isSticky, boolean notifies) throws IOException {
        for (Sample sample : samples(store.name, PRINCIPAL)) {
            String id = sample.uuid();
            String key = "com.amadeus.session::library:{" + id + "}";
            Map<String, byte[]> fields = new LinkedHashMap<>();
            fields.put("#:creationTime", ByteBuffer.allocate(8).putLong(sample.created).array());
            fields.put("#:maxInactiveInterval", ByteBuffer.allocate(4).putInt(sample.interval).array());
            fields.put("#:lastAccessed", ByteBuffer.allocate(8).putLong(sample.lastAccessed).array());
            if (isSticky) fields.put("#:owner", Store.text("node1"));
            if (!sample.isValid) fields.put("#:invalidSession", Store.text("1"));
            for (Map.Entry<String, Object> attribute : sample.attributes.entrySet())
                fields.put(attribute.getKey(), Store.object(attribute.getValue()));
            store.hash(key, fields, sample.interval < 0 ? 0 : sample.interval + 300);
            if (notifies) amadeusKeys(store, sample, key); else amadeusMember(store, sample, isSticky);
            Map<String, Object> expected = expected(sample, id, key);
            expected.put("owner", isSticky ? "node1" : null);
            expected.put("isValid", sample.isValid);
            store.expect(expected);
        }
    }

    private static void amadeusMember(Store store, Sample sample, boolean isSticky) throws IOException {
        String end = sample.interval < 0 ? Double.toString(Double.MAX_VALUE) : end(sample);
        store.add("com.amadeus.session:all-sessions-set:library", Store.text(sample.uuid() + (isSticky ? ":node1" : "")), end);
    }

    private static void amadeusKeys(Store store, Sample sample, String key) throws IOException {
        if (sample.interval < 0) return;
        store.set("com.amadeus.session:expire::library:{" + sample.uuid() + "}", new byte[0], sample.interval);
        store.add("com.amadeus.session::library:expirations:" + minuteAfter(sample), Store.text(key), sample.interval + 300);
    }

    /** zinin: a string a number, a set of names, a string an attribute. */
    static void zinin(Store store) throws IOException {
        for (Sample sample : samples(store.name, PRINCIPAL)) {
            String key = "session:" + sample.id;
            int interval = sample.interval;
            if (interval < 0) continue;
            store.set(key + ":creation_time", Store.text(sample.created), 2 * interval);
            store.set(key + ":last_access_time", Store.text(sample.lastAccessed), interval);
            store.set(key + ":expire_at", Store.text(sample.created + 2000L * interval), 2 * interval);
            store.set(key + ":timeout", Store.text(interval), 2 * interval);
            for (Map.Entry<String, Object> attribute : sample.attributes.entrySet()) {
                store.add(key + ":attrs", Store.text(attribute.getKey()), 2 * interval);
                store.set(key + ":attrs:" + attribute.getKey(), Store.object(attribute.getValue()), 2 * interval);
            }
            store.add("sessions", Store.text(sample.id), Long.toString(sample.lastAccessed));
            store.expect(expected(sample, sample.id, key));
        }
    }

    static Map<String, byte[]> springFields(Sample sample) throws IOException {
        Map<String, byte[]> fields = new LinkedHashMap<>();
        fields.put("creationTime", Store.object(sample.created));
        fields.put("maxInactiveInterval", Store.object(sample.interval));
        fields.put("lastAccessedTime", Store.object(sample.lastAccessed));
        for (Map.Entry<String, Object> attribute : sample.attributes.entrySet())
            fields.put("sessionAttr:" + attribute.getKey(), Store.object(attribute.getValue()));
        if (sample.label.equals("removed")) fields.put("sessionAttr:gone", new byte[0]);
        return fields;
    }

    static Map<String, Object> expected(Sample sample, String id, String key) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("label", sample.label);
        result.put("id", id);
        result.put("key", key);
        result.put("creationTime", sample.created);
        result.put("lastAccessedTime", sample.lastAccessed);
        result.put("maxInactiveInterval", sample.interval);
        result.put("principal", sample.user);
        result.put("attributes", Rendering.attributes(sample.attributes, false));
        return result;
    }

    private static String end(Sample sample) { return Long.toString(sample.lastAccessed + sample.interval * 1000L); }

    /** The next minute after the session's end, also when it ends on one. */
    private static long minuteAfter(Sample sample) {
        return ((sample.lastAccessed + sample.interval * 1000L) / 60_000 + 1) * 60_000;
    }

    /** Two logins of one user and one of another; an invalid session where the store knows such a thing. */
    private static List<Sample> samples(String store, String principal) {
        List<Sample> samples = Sample.all(store);
        if (!store.startsWith("amadeus")) samples.removeIf(sample -> !sample.isValid);
        samples.add(Sample.login(store, "login-alice-1", "alice", false, 10).with(principal, "alice"));
        samples.add(Sample.login(store, "login-alice-2", "alice", false, 11).with(principal, "alice"));
        samples.add(Sample.login(store, "login-colon", "ldap:böb", false, 12).with(principal, "ldap:böb"));
        if (store.startsWith("spring")) samples.add(Sample.small(store, "removed", 12));
        return samples;
    }
}
