package stores;

import demo.library.Badge;
import java.io.*;
import java.util.*;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.authenticator.SavedRequest;

/** What memcached-session-manager 2.3 keeps in Redis: a binary header and the attributes as a stream of their own. */
final class MemcachedStores {
    private static final String NOT_SERIALIZABLE = "___NOT_SERIALIZABLE_EXCEPTION___";
    private static final List<String> AUTH_TYPES = Arrays.asList(null, "BASIC", "CLIENT_CERT", "DIGEST", "FORM");

    /** The session is in Tomcat's memory, Redis has a copy. One key has a prefix, one is what a ping leaves of a lost session. */
    static void sticky(Store store) throws IOException {
        int number = 0;
        for (Sample sample : samples(store.name)) {
            String key = (sample.label.equals("route") ? "library_" : "") + sample.id;
            Map<String, Object> expected = write(store, key, sample, 1 + number++ % 2, sample.interval);
            store.expect(expected);
        }
        store.set("00000000000000000000000000000000", new byte[] { 1 }, 5);
    }

    /** Each request loads the session: its times are in a key beside it, and one is locked by a request. */
    static void nonSticky(Store store) throws IOException {
        for (Sample sample : samples(store.name)) {
            Map<String, Object> expected = write(store, sample.id, sample, 2, 2 * sample.interval);
            long accessed = sample.thisAccessed + 30_000;
            store.set("validity:" + sample.id, validity(sample.interval, accessed - 7, accessed), sample.interval);
            expected.put("validity", new LinkedHashMap<>(new TreeMap<>(Map.of(
                "lastAccessedTime", accessed - 7, "maxInactiveInterval", sample.interval, "thisAccessedTime", accessed))));
            boolean isLocked = sample.label.equals("strings");
            if (isLocked) store.set("lock:" + sample.id, Store.text("locked"), 5);
            expected.put("isLocked", isLocked);
            store.expect(expected);
        }
        store.set("validity:00000000000000000000000000000000", validity(1800, Sample.CREATED, Sample.CREATED), 1800);
    }

    private static Map<String, Object> write(Store store, String key, Sample sample, int version, long seconds)
        throws IOException {
        boolean fails = sample.label.equals("not-serializable");
        byte[] header = header(sample, version);
        byte[] attributes = attributes(sample, fails);
        byte[] value = Arrays.copyOf(header, header.length + attributes.length);
        System.arraycopy(attributes, 0, value, header.length, attributes.length);
        store.set(key, value, seconds);
        Map<String, Object> stored = TomcatSession.stored(sample);
        stored.put("lastBackupTime", sample.thisAccessed + 5);
        stored.put("authType", sample.authType);
        stored.put("principal", sample.user);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("label", sample.label);
        result.put("id", sample.id);
        result.put("key", key);
        result.put("bytes", value.length);
        result.put("version", version);
        result.put("headerLength", header.length);
        result.put("route", sample.route());
        result.put("stored", stored);
        result.put("principal", sample.user);
        result.put("principalObject", sample.user == null ? null : Rendering.single(TomcatSession.principal(sample.user)));
        boolean hasRequest = version == 2 && sample.hasSavedRequest;
        result.put("savedRequest", hasRequest ? Rendering.single(savedRequest()) : null);
        result.put("savedPrincipal", hasRequest ? sample.user : null);
        result.put("lostAttributes", fails ? List.of("badge") : List.of());
        result.put("attributes", Rendering.attributes(sample.attributes, true));
        return result;
    }

    private static byte[] header(Sample sample, int version) throws IOException {
        byte[] principal = sample.user == null ? new byte[0] : Store.object(TomcatSession.principal(sample.user));
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(fields);
        out.writeLong(sample.created);
        out.writeLong(sample.lastAccessed);
        out.writeInt(sample.interval);
        out.writeByte(sample.isNew ? '1' : '0');
        out.writeByte(sample.isValid ? '1' : '0');
        out.writeLong(sample.thisAccessed);
        out.writeLong(sample.thisAccessed + 5);
        counted(out, Store.text(sample.id));
        out.writeShort(AUTH_TYPES.indexOf(sample.authType));
        counted(out, principal);
        if (version == 2) {
            byte[] request = Store.stream(stream -> { for (Object part : savedRequest()) stream.writeObject(part); });
            counted(out, sample.hasSavedRequest ? request : new byte[0]);
            counted(out, sample.hasSavedRequest ? principal : new byte[0]);
        }
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream frame = new DataOutputStream(header);
        frame.writeShort(version);
        frame.writeShort(fields.size() + 4);
        fields.writeTo(frame);
        return header.toByteArray();
    }

    private static void counted(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    private static List<Object> savedRequest() {
        SavedRequest request = TomcatSession.savedRequest();
        Map<String, List<String>> headers = new HashMap<>();
        request.getHeaderNames().forEachRemaining(name -> {
            List<String> values = new ArrayList<>();
            request.getHeaderValues(name).forEachRemaining(values::add);
            headers.put(name, values);
        });
        List<Locale> locales = new ArrayList<>();
        request.getLocales().forEachRemaining(locales::add);
        return Sample.list(request.getBody(), request.getContentType(), headers, locales, request.getMethod(),
            request.getQueryString(), request.getRequestURI(), request.getDecodedRequestURI());
    }

    /** As its JavaSerializationTranscoder: a count, names and values; for what fails halfway a text in place of it. */
    private static byte[] attributes(Sample sample, boolean fails) throws IOException {
        Map<String, Object> attributes = new ConcurrentHashMap<>(sample.attributes);
        if (fails) attributes.put("badge", new Badge());
        return Store.stream(out -> {
            out.writeObject(attributes.size());
            for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
                out.writeObject(attribute.getKey());
                try {
                    out.writeObject(attribute.getValue());
                } catch (NotSerializableException refused) {
                    out.writeObject(NOT_SERIALIZABLE);
                }
            }
        });
    }

    private static byte[] validity(int interval, long lastAccessed, long thisAccessed) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(interval);
        out.writeLong(lastAccessed);
        out.writeLong(thisAccessed);
        return bytes.toByteArray();
    }

    /** Logins twice, so that both versions of the header have them. */
    private static List<Sample> samples(String store) {
        List<Sample> samples = Sample.all(store);
        samples.add(Sample.login(store, "login-basic", "alice", false, 10));
        samples.add(Sample.login(store, "login-basic-too", "alice", false, 11));
        samples.add(Sample.login(store, "login-form", "böb", true, 12));
        samples.add(Sample.login(store, "login-form-too", "böb", true, 13));
        samples.add(Sample.small(store, "route", 14).suffixed(".node1"));
        samples.add(Sample.small(store, "not-serializable", 15));
        return samples;
    }
}
