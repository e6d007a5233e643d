package stores;

import java.io.*;
import java.util.*;

/** Values that hold what StandardSession.writeObjectData writes, in the frames of the managers around it. */
final class TomcatStores {
    interface Metadata { Serializable of(byte[] hash); }

    /** jcoleman 2.x, its forks and ran-jit: metadata object, session, creation time. */
    static void framed(Store store, Metadata metadata, boolean notes, String keyPrefix) throws IOException {
        for (Sample sample : samples(store.name)) {
            TomcatSession session = new TomcatSession(sample, notes);
            byte[] hash = session.attributesHash();
            byte[] value = Store.stream(out -> {
                out.writeObject(metadata.of(hash));
                session.writeObjectData(out);
                out.writeLong(sample.created);
            });
            store.set(keyPrefix + sample.id, value, keyPrefix.isEmpty() || sample.user != null ? 1800 : 15);
            Map<String, Object> more = new LinkedHashMap<>();
            more.put("trailingCreationTime", sample.created);
            more.put("sessionAttributesHash", Sample.hex(hash));
            store.expect(session.expected(keyPrefix + sample.id, value, more));
        }
        store.set(keyPrefix + "00000000000000000000000000000000", Store.text("null"), 0);
    }

    /** ran-jit 4.0: what a single sign-on keeps beside its sessions, a stream in the block data of a stream. */
    static void singleSignOn(Store store) throws IOException {
        Sample sample = Sample.login(store.name, "login-form", "böb", true, 11);
        Object entry = new tomcat.request.session.model.SingleSignOnEntry(
            TomcatSession.principal(sample.user), "FORM", "invented-password", new TomcatSession(sample, false));
        String id = Sample.hex(Sample.md5(Store.text("single sign-on"))).toUpperCase(Locale.ROOT);
        store.set(id, Store.stream(out -> {
            ObjectOutputStream inner = new ObjectOutputStream(out);
            inner.writeObject(entry);
            inner.flush();
        }), 0);
    }

    /** jcoleman 1.x: creation time, session. */
    static void leading(Store store) throws IOException {
        for (Sample sample : samples(store.name)) {
            TomcatSession session = new TomcatSession(sample, false);
            byte[] value = Store.stream(out -> {
                out.writeLong(sample.created);
                session.writeObjectData(out);
            });
            store.set(sample.id, value, 1800);
            store.expect(session.expected(sample.id, value, Map.of("leadingCreationTime", sample.created)));
        }
        store.set("00000000000000000000000000000000", Store.text("null"), 0);
    }

    /** Pivotal: the session alone, and a set of ids that keeps those of sessions long gone. */
    static void pivotal(Store store) throws IOException {
        for (Sample sample : samples(store.name)) {
            if (sample.interval <= 0) continue;
            store.set(sample.id, raw(store, sample, sample.id), sample.interval);
            store.add("sessions", Store.text(sample.id), 0);
        }
        store.add("sessions", Store.text("00000000000000000000000000000000"), 0);
    }

    /** Overit: the session alone, and a sorted set of ids by the time of their end. A minute has passed since the access. */
    static void overit(Store store) throws IOException {
        for (Sample sample : samples(store.name)) {
            if (sample.interval <= 0) continue;
            String key = "tomcat:session:" + sample.id;
            store.set(key, raw(store, sample, key), sample.interval - 60);
            store.add("tomcat:sessions", Store.text(sample.id), Long.toString(sample.lastAccessed + sample.interval * 1000L));
        }
    }

    private static byte[] raw(Store store, Sample sample, String key) throws IOException {
        TomcatSession session = new TomcatSession(sample, false);
        byte[] value = Store.stream(session::writeObjectData);
        store.expect(session.expected(key, value, Map.of()));
        return value;
    }

    /** chexagon: the session as one object. The prefix is not put before an id that has it. */
    static void chexagon(Store store) throws IOException {
        for (Sample sample : samples(store.name)) {
            if (sample.user != null) continue;
            byte[] value = Store.object(new com.crimsonhexagon.rsm.RedisSession(TomcatSession.manager(false), sample));
            store.set("_rsm_" + sample.id, value, 1800);
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("label", sample.label);
            result.put("id", sample.id);
            result.put("key", "_rsm_" + sample.id);
            result.put("bytes", value.length);
            result.put("route", sample.route());
            result.put("stored", TomcatSession.stored(sample));
            result.put("attributes", Rendering.attributes(sample.attributes, true));
            store.expect(result);
        }
    }

    private static List<Sample> samples(String store) {
        List<Sample> samples = Sample.all(store);
        samples.add(Sample.login(store, "login-basic", "alice", false, 10));
        samples.add(Sample.login(store, "login-form", "böb", true, 11));
        samples.add(Sample.small(store, "route", 12).suffixed(".node1"));
        samples.add(Sample.small(store, "double-route", 13).suffixed(".r1.r1"));
        return samples;
    }
}
