package stores;

import java.io.IOException;
import java.util.*;
import org.apache.shiro.authz.SimpleAuthorizationInfo;
import org.apache.shiro.session.mgt.SimpleSession;
import org.apache.shiro.subject.SimplePrincipalCollection;

/** Shiro's own session in the keys of shiro-redis, and what it caches of a user. */
final class ShiroStore {
    private static final String SUBJECT = "org.apache.shiro.subject.support.DefaultSubjectContext_";

    static void write(Store store) throws IOException {
        for (Sample sample : samples(store.name)) {
            String id = sample.uuid();
            String key = "shiro:session:" + id;
            SimplePrincipalCollection principals = sample.user == null ? null : new SimplePrincipalCollection(sample.user, "libraryRealm");
            SimpleSession session = session(sample, id, principals);
            byte[] value = Store.object(session);
            store.set(key, value, Math.max(sample.interval, 0));
            store.expect(expected(session, sample, key, value));
        }
        SimpleAuthorizationInfo rights = new SimpleAuthorizationInfo(new LinkedHashSet<>(List.of("admin", "user")));
        store.set("shiro:cache:libraryRealm.authorizationCache:alice", Store.object(rights), 1800);
    }

    private static SimpleSession session(Sample sample, String id, SimplePrincipalCollection principals) {
        SimpleSession session = new SimpleSession(sample.label.equals("strings") ? null : "192.0.2.7");
        session.setId(id);
        session.setStartTimestamp(new Date(sample.created));
        session.setLastAccessTime(new Date(sample.lastAccessed));
        session.setTimeout(sample.interval < 0 ? -1 : sample.interval * 1000L);
        if (!sample.isValid) session.setStopTimestamp(new Date(sample.lastAccessed + 1));
        session.setExpired(sample.label.equals("expired"));
        sample.attributes.forEach(session::setAttribute);
        if (principals != null) {
            session.setAttribute(SUBJECT + "PRINCIPALS_SESSION_KEY", principals);
            session.setAttribute(SUBJECT + "AUTHENTICATED_SESSION_KEY", true);
        }
        return session;
    }

    private static Map<String, Object> expected(SimpleSession session, Sample sample, String key, byte[] value) {
        SortedMap<String, Object> attributes = new TreeMap<>();
        for (Object name : session.getAttributeKeys()) attributes.put((String) name, session.getAttribute(name));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("label", sample.label);
        result.put("id", session.getId());
        result.put("key", key);
        result.put("bytes", value.length);
        result.put("startTimestamp", session.getStartTimestamp().getTime());
        result.put("stopTimestamp", session.getStopTimestamp() == null ? null : session.getStopTimestamp().getTime());
        result.put("lastAccessTime", session.getLastAccessTime().getTime());
        result.put("timeout", session.getTimeout());
        result.put("expired", session.isExpired());
        result.put("host", session.getHost());
        result.put("principal", sample.user);
        result.put("attributes", Rendering.attributes(attributes, true));
        return result;
    }

    private static List<Sample> samples(String store) {
        List<Sample> samples = Sample.all(store);
        samples.add(Sample.login(store, "login-alice", "alice", false, 10));
        samples.add(Sample.login(store, "login-bob", "böb", false, 11));
        Sample expired = Sample.small(store, "expired", 12);
        expired.isValid = false;
        samples.add(expired);
        return samples;
    }
}
