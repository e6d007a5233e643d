package stores;

import java.io.*;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.*;
import org.apache.catalina.authenticator.Constants;
import org.apache.catalina.authenticator.SavedRequest;
import org.apache.catalina.core.*;
import org.apache.catalina.realm.GenericPrincipal;
import org.apache.catalina.session.*;
import org.apache.tomcat.util.buf.ByteChunk;

/** Tomcat's own session with the content of a sample; its writeObjectData is the real one. */
final class TomcatSession extends StandardSession {
    private static final long serialVersionUID = 1L;
    private final transient Sample sample;
    private final transient boolean hasNotes;

    /** With `notes` authentication is persisted, and what the FORM login noted where this Tomcat can. */
    TomcatSession(Sample sample, boolean notes) {
        super(manager(notes));
        this.sample = sample;
        id = sample.id;
        creationTime = sample.created;
        lastAccessedTime = sample.lastAccessed;
        thisAccessedTime = sample.thisAccessed;
        maxInactiveInterval = sample.interval;
        isNew = sample.isNew;
        isValid = sample.isValid;
        attributes.putAll(sample.attributes);
        hasNotes = notes || isTomcat10();
        if (sample.user == null) return;
        authType = sample.authType;
        principal = principal(sample.user);
        if (!sample.hasSavedRequest) return;
        this.notes.put(Constants.FORM_REQUEST_NOTE, savedRequest());
        this.notes.put(Constants.SESSION_ID_NOTE, sample.id);
    }

    static StandardManager manager(boolean notes) {
        StandardManager manager = new StandardManager();
        StandardContext context = new StandardContext();
        context.setName("/library");
        StandardHost host = new StandardHost();
        host.setName("localhost");
        context.setParent(host);
        manager.setContext(context);
        manager.setPersistAuthentication(true);
        try {
            manager.getClass().getMethod("setPersistAuthenticationNotes", boolean.class).invoke(manager, notes);
        } catch (ReflectiveOperationException always) { }
        return manager;
    }

    private static boolean isTomcat10() { return SavedRequest.class.getClassLoader().getResource("jakarta/servlet/Servlet.class") != null; }

    /** Tomcat 9 keeps the password, 10.1 does not. */
    static GenericPrincipal principal(String name) {
        List<String> roles = List.of("admin", "user");
        Map<String, Object> attributes = new HashMap<>(Map.of("mail", name + "@library.invalid"));
        for (Constructor<?> constructor : GenericPrincipal.class.getConstructors()) {
            Class<?>[] types = constructor.getParameterTypes();
            if (types[types.length - 1] != Map.class) continue;
            try {
                return (GenericPrincipal) (types.length == 7
                    ? constructor.newInstance(name, "invented-password", roles, null, null, null, attributes)
                    : constructor.newInstance(name, roles, null, null, null, attributes));
            } catch (ReflectiveOperationException refused) { throw new AssertionError(refused); }
        }
        throw new AssertionError("no constructor with attributes");
    }

    static SavedRequest savedRequest() {
        SavedRequest request = new SavedRequest();
        request.setMethod("POST");
        request.setRequestURI("/library/lend");
        request.setDecodedRequestURI("/library/lend");
        request.setQueryString("step=2&titel=T%C3%A4nze");
        request.setContentType("text/plain");
        request.addHeader("accept", "text/html");
        request.addHeader("accept", "*/*");
        request.addLocale(Locale.GERMANY);
        byte[] body = "book=1".getBytes(StandardCharsets.UTF_8);
        ByteChunk chunk = new ByteChunk();
        try { chunk.append(body, 0, body.length); } catch (IOException impossible) { throw new AssertionError(impossible); }
        request.setBody(chunk);
        return request;
    }

    /** As the managers do it: MD5 over a stream of a map of the attributes. */
    byte[] attributesHash() throws IOException {
        return Sample.md5(Store.stream(out -> out.writeUnshared(new HashMap<>(attributes))));
    }

    /** What a reader should find in a value of this session. */
    Map<String, Object> expected(String key, byte[] value, Map<String, Object> more) {
        Map<String, Object> stored = stored(sample);
        stored.putAll(more);
        stored.put("authType", authType);
        stored.put("principal", sample.user);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("label", sample.label);
        result.put("id", sample.id);
        result.put("key", key);
        result.put("bytes", value.length);
        result.put("layout", hasNotes ? "C" : "B");
        result.put("route", sample.route());
        result.put("stored", stored);
        result.put("principal", sample.user);
        result.put("roles", sample.user == null ? null : List.of(((GenericPrincipal) principal).getRoles()));
        result.put("principalObject", Rendering.single(principal));
        result.put("expectedSessionId", hasNotes ? notes.get(Constants.SESSION_ID_NOTE) : null);
        result.put("savedRequest", hasNotes ? Rendering.single(notes.get(Constants.FORM_REQUEST_NOTE)) : null);
        result.put("attributes", Rendering.attributes(sample.attributes, true));
        return result;
    }

    static Map<String, Object> stored(Sample sample) {
        Map<String, Object> stored = new LinkedHashMap<>();
        stored.put("id", sample.id);
        stored.put("creationTime", sample.created);
        stored.put("lastAccessedTime", sample.lastAccessed);
        stored.put("thisAccessedTime", sample.thisAccessed);
        stored.put("maxInactiveInterval", sample.interval);
        stored.put("isNew", sample.isNew);
        stored.put("isValid", sample.isValid);
        return stored;
    }
}
