import java.io.*;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.util.*;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.Manager;
import org.apache.catalina.authenticator.Constants;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.realm.GenericPrincipal;
import org.apache.catalina.session.*;

/**
 * Reads the values of session managers with the readObjectData of the Tomcat on the class path, and prints what its StandardSession
 * then holds, one JSON line a file: attributes by the rendering rules of fixtures/README.md, in the order in which they were read.
 *
 * java -cp OUT:TOMCAT TomcatJudge FOLDER
 *
 * All files of the folder are read, in the order of their names. What stands around the session is told by the first bytes: a metadata
 * object in front and a long behind, a long in front, or nothing.
 */
public final class TomcatJudge {
    /** Tomcat keeps attributes in no order; a session that was read into keeps it here. */
    static final class Judged extends StandardSession {
        private static final long serialVersionUID = 1L;
        final transient Map<String, Object> inOrder = new LinkedHashMap<>();

        Judged(Manager manager) {
            super(manager);
            attributes = new ConcurrentHashMap<>() {
                private static final long serialVersionUID = 1L;
                @Override public Object put(String name, Object value) {
                    inOrder.put(name, value);
                    return super.put(name, value);
                }
            };
        }

        Map<String, Object> rendered() {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("id", id);
            line.put("creationTime", creationTime);
            line.put("lastAccessedTime", lastAccessedTime);
            line.put("thisAccessedTime", thisAccessedTime);
            line.put("maxInactiveInterval", maxInactiveInterval);
            line.put("isNew", isNew);
            line.put("isValid", isValid);
            line.put("authType", authType);
            line.put("principalName", principal == null ? null : principal.getName());
            line.put("roles", principal instanceof GenericPrincipal p ? List.of(p.getRoles()) : null);
            line.put("principal", labfx.Canon.tree(principal));
            line.put("expectedSessionId", notes.get(Constants.SESSION_ID_NOTE));
            line.put("savedRequest", labfx.Canon.tree(notes.get(Constants.FORM_REQUEST_NOTE)));
            line.put("names", new ArrayList<>(inOrder.keySet()));
            List<Object> items = new ArrayList<>();
            for (Object value : inOrder.values()) items.add(new labfx.Canon.Item("object", value));
            line.put("values", labfx.Canon.trees(items));
            return line;
        }
    }

    /** Remembers the version that the stream gives each class. */
    static final class Input extends ObjectInputStream {
        final Map<String, Long> versions = new HashMap<>();

        Input(byte[] bytes) throws IOException { super(new ByteArrayInputStream(bytes)); }

        @Override protected ObjectStreamClass readClassDescriptor() throws IOException, ClassNotFoundException {
            ObjectStreamClass description = super.readClassDescriptor();
            versions.put(description.getName(), description.getSerialVersionUID());
            return description;
        }
    }

    public static void main(String[] folder) throws Exception {
        StandardManager manager = manager();
        File[] files = new File(folder[0]).listFiles();
        Arrays.sort(files);
        for (File file : files) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("file", file.getName());
            try {
                line.putAll(judge(Files.readAllBytes(file.toPath()), manager));
            } catch (Throwable error) {
                line.put("error", error.toString());
            }
            System.out.println(labfx.Canon.json(line));
        }
    }

    private static StandardManager manager() {
        StandardContext context = new StandardContext();
        context.setName("/app");
        StandardManager manager = new StandardManager();
        manager.setContext(context);
        return manager;
    }

    private static Map<String, Object> judge(byte[] bytes, StandardManager manager) throws Exception {
        Map<String, Object> line = new LinkedHashMap<>();
        Input in = new Input(bytes);
        boolean isFramed = false;
        if (bytes[4] == ObjectStreamConstants.TC_BLOCKDATA) {
            line.put("leadingTime", in.readLong());
        } else if (!startsWithLong(bytes)) {
            line.put("metadata", metadata(in.readObject(), in));
            isFramed = true;
        }
        Judged session = new Judged(manager);
        session.readObjectData(in);
        if (isFramed) line.put("trailingTime", in.readLong());
        line.put("isAtEnd", in.read() < 0);
        line.putAll(session.rendered());
        return line;
    }

    private static boolean startsWithLong(byte[] bytes) throws IOException {
        return new String(bytes, 4, Math.min(18, bytes.length - 4), "ISO-8859-1").equals("sr\0\016java.lang.Long");
    }

    private static Map<String, Object> metadata(Object metadata, Input in) throws Exception {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("class", metadata.getClass().getName());
        line.put("version", Long.toString(in.versions.get(metadata.getClass().getName())));
        for (Field field : metadata.getClass().getDeclaredFields()) {
            if (field.getType() != byte[].class) continue;
            field.setAccessible(true);
            line.put(field.getName(), Base64.getEncoder().encodeToString((byte[]) field.get(metadata)));
        }
        return line;
    }
}
