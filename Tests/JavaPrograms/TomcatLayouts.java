import com.orangefunction.tomcat.redissessions.SessionSerializationMetadata;
import java.io.*;
import java.nio.file.*;
import java.util.*;
import org.apache.catalina.authenticator.Constants;
import org.apache.catalina.authenticator.SavedRequest;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.realm.GenericPrincipal;
import org.apache.catalina.session.StandardManager;
import org.apache.catalina.session.StandardSession;
import org.apache.tomcat.util.buf.ByteChunk;

/**
 * Writes sessions with the StandardSession of the Tomcat on the class path (Tests/Fixtures/tomcat-layouts/README.md).
 *
 * TomcatLayouts FOLDER PREFIX
 */
public class TomcatLayouts {
    static final String ID = "0123456789ABCDEF0123456789ABCDEF";
    static final long CREATED = 1700000000000L;

    /** Serializable by its word only: Tomcat finds out in the middle of writing it. */
    static class Broken implements Serializable {
        private static final long serialVersionUID = 1L;
        private final String before = "written";
        private final Thread thread = new Thread();
    }

    interface Content { void write(ObjectOutputStream out) throws IOException; }

    static Path folder;
    static String prefix;

    public static void main(String[] arguments) throws Exception {
        folder = Paths.get(arguments[0]);
        prefix = arguments[1];
        write("plain.session", out -> session(ID + ".node1").writeObjectData(out));
        write("authenticated.session", out -> authenticated().writeObjectData(out));
        write("sessions.ser", TomcatLayouts::sessions);
        write("manager.value", out -> managerValue(out, session(ID)));
        write("not-serializable.value", out -> {
            StandardSession session = session(ID);
            session.setAttribute("bad", new Broken(), false);
            session.setAttribute("list", new ArrayList<>(List.of("a", new Broken())), false);
            session.setAttribute("zone", "last", false);
            managerValue(out, session);
        });
        write("again.value", out -> managerValue(out, again()));
        write("two-hundred.value", out -> managerValue(out, twoHundred()));
    }

    static void write(String name, Content content) throws IOException {
        try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(folder.resolve(prefix + name)))) {
            content.write(out);
        }
    }

    static StandardManager manager(boolean persistAuthentication) {
        StandardManager manager = new StandardManager();
        StandardContext context = new StandardContext();
        context.setName("/app");
        manager.setContext(context);
        manager.setPersistAuthentication(persistAuthentication);
        try {
            // Tomcat 9.0.66 and later have it, 10.1 always does it.
            manager.getClass().getMethod("setPersistAuthenticationNotes", boolean.class)
                .invoke(manager, persistAuthentication);
        } catch (ReflectiveOperationException absent) { }
        return manager;
    }

    static StandardSession session(String id) { return session(id, manager(false)); }

    static StandardSession session(String id, StandardManager manager) {
        StandardSession session = new StandardSession(manager);
        session.setId(id, false);
        session.setValid(true);
        session.setNew(false);
        session.setCreationTime(CREATED);
        session.setMaxInactiveInterval(1800);
        session.setAttribute("user", "alice", false);
        session.setAttribute("cart", new ArrayList<>(List.of("book", "pen")), false);
        return session;
    }

    static StandardSession authenticated() {
        StandardSession session = session(ID, manager(true));
        session.setAuthType("FORM");
        session.setPrincipal(principal());
        SavedRequest request = new SavedRequest();
        request.setMethod("POST");
        request.setRequestURI("/app/checkout");
        request.setDecodedRequestURI("/app/checkout");
        request.setQueryString("step=2");
        request.setContentType("text/plain");
        request.addHeader("accept", "text/html");
        request.addLocale(Locale.GERMANY);
        ByteChunk body = new ByteChunk();
        try { body.append("hello".getBytes(), 0, 5); } catch (IOException impossible) { throw new AssertionError(impossible); }
        request.setBody(body);
        session.setNote(Constants.FORM_REQUEST_NOTE, request);
        session.setNote(Constants.SESSION_ID_NOTE, ID);
        return session;
    }

    /** Tomcat 9's constructor takes a password, 10.1's does not. */
    static GenericPrincipal principal() {
        List<String> roles = List.of("admin", "user");
        for (var constructor : GenericPrincipal.class.getConstructors()) {
            try {
                if (constructor.getParameterCount() == 3) {
                    return (GenericPrincipal) constructor.newInstance("alice", "invented-password", roles);
                }
                if (constructor.getParameterCount() == 2) {
                    return (GenericPrincipal) constructor.newInstance("alice", roles);
                }
            } catch (ReflectiveOperationException | IllegalArgumentException other) { }
        }
        throw new AssertionError("no constructor");
    }

    /** Names that are values as well, so that the stream refers back to them, an object of two attributes, and two rings. */
    static StandardSession again() {
        StandardSession session = session(ID);
        Map<String, Object> shared = new LinkedHashMap<>(Map.of("first", 1));
        List<Object> ring = new ArrayList<>(List.of("ring", shared));
        ring.add(ring);
        Map<String, Object> outer = new LinkedHashMap<>();
        outer.put("inner", new ArrayList<>(List.of(outer, "second")));
        outer.put("shared", shared);
        session.setAttribute("first", "second", false);
        session.setAttribute("second", "first", false);
        session.setAttribute("names", new ArrayList<>(List.of("first", "second", "names", "ring", "user")), false);
        session.setAttribute("one", shared, false);
        session.setAttribute("other", shared, false);
        session.setAttribute("ring", ring, false);
        session.setAttribute("outer", outer, false);
        return session;
    }

    static StandardSession twoHundred() {
        StandardSession session = session(ID);
        for (int number = 1; number <= 198; number++) {
            Object value = number % 3 == 0 ? number : number % 3 == 1 ? "value " + number : new ArrayList<>(List.of(number, "cart"));
            session.setAttribute("attribute" + number, value, false);
        }
        return session;
    }

    /** As StandardManager.doUnload: the count, then all sessions in one stream. */
    static void sessions(ObjectOutputStream out) throws IOException {
        out.writeObject(Integer.valueOf(3));
        for (int number = 1; number <= 3; number++) {
            StandardSession session = session("SESSION" + number);
            session.setAttribute("number", number, false);
            session.writeObjectData(out);
        }
    }

    /** As jcoleman's JavaSerializer and RedisSession. */
    static void managerValue(ObjectOutputStream out, StandardSession session) throws IOException {
        out.writeObject(new SessionSerializationMetadata(new byte[16]));
        session.writeObjectData(out);
        out.writeLong(session.getCreationTime());
    }
}
