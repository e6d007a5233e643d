import com.orangefunction.tomcat.redissessions.SessionSerializationMetadata;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Writes sessions as applications have them, by the JDK's own ObjectOutputStream: Spring's (8 to 14 fields, about 2.7 KB) and
 * Tomcat's (about 1.1 KB). The seed is fixed, so every run measures the same sessions.
 */
public final class MakeSessions {
    private static final Random random = new Random(20260101);

    public static void main(String[] arguments) throws IOException {
        String folder = arguments[0];
        int count = Integer.parseInt(arguments[1]);
        try (DataOutputStream out = new DataOutputStream(new FileOutputStream(folder + "/spring.sessions"))) {
            for (int i = 0; i < count; i++) Corpus.write(out, spring());
        }
        try (DataOutputStream out = new DataOutputStream(new FileOutputStream(folder + "/tomcat.sessions"))) {
            for (int i = 0; i < count; i++) Corpus.write(out, List.of(new Corpus.Value("", tomcat(attributes(3)))));
        }
        edited(folder, count);
    }

    /** Sessions with a cart each, to edit: Spring's with a value of about 3 KB, Tomcat's of about 1 KB in all. */
    private static void edited(String folder, int count) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new FileOutputStream(folder + "/edited-spring.sessions"))) {
            for (int i = 0; i < count; i++) {
                Corpus.write(out, List.of(
                    new Corpus.Value("creationTime", stream(1_767_225_600_000L)),
                    new Corpus.Value("lastAccessedTime", stream(1_767_225_600_000L + random.nextInt(1_000_000_000))),
                    new Corpus.Value("maxInactiveInterval", stream(2_592_000)),
                    new Corpus.Value("sessionAttr:cart", stream(cart(30)))));
            }
        }
        try (DataOutputStream out = new DataOutputStream(new FileOutputStream(folder + "/edited-tomcat.sessions"))) {
            for (int i = 0; i < count; i++) {
                Map<String, Object> attributes = new LinkedHashMap<>();
                attributes.put("user", word() + "@" + word() + ".example");
                attributes.put("cart", cart(2 + random.nextInt(3)));
                attributes.put("recent", value("recent"));
                Corpus.write(out, List.of(new Corpus.Value("", tomcat(attributes))));
            }
        }
    }

    private static List<Corpus.Value> spring() throws IOException {
        List<Corpus.Value> fields = new ArrayList<>();
        fields.add(new Corpus.Value("creationTime", stream(1_767_225_600_000L)));
        fields.add(new Corpus.Value("lastAccessedTime", stream(1_767_225_600_000L + random.nextInt(1_000_000_000))));
        fields.add(new Corpus.Value("maxInactiveInterval", stream(2_592_000)));
        for (Map.Entry<String, Object> entry : attributes(5 + random.nextInt(7)).entrySet()) {
            fields.add(new Corpus.Value("sessionAttr:" + entry.getKey(), stream(entry.getValue())));
        }
        return fields;
    }

    /** One stream: the metadata, the fields of StandardSession in their order, the attributes, a long behind all. */
    private static byte[] tomcat(Map<String, Object> attributes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ObjectOutputStream out = new ObjectOutputStream(bytes);
        long created = 1_767_225_600_000L + random.nextInt(1_000_000_000);
        out.writeObject(new SessionSerializationMetadata());
        for (Object field : new Object[] {created, created + 5000, 2_592_000, false, true, created + 5000}) out.writeObject(field);
        out.writeObject(new UUID(random.nextLong(), random.nextLong()).toString().replace("-", "").toUpperCase(Locale.ROOT));
        out.writeObject(attributes.size());
        for (Map.Entry<String, Object> entry : attributes.entrySet()) {
            out.writeObject(entry.getKey());
            out.writeObject(entry.getValue());
        }
        out.writeLong(created);
        out.flush();
        return bytes.toByteArray();
    }

    private static Map<String, Object> attributes(int count) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("user", word() + "@" + word() + ".example");
        String[] names = {"cart", "profile", "roles", "token", "lastOrder", "prefs", "recent", "address", "trail", "flags", "locale"};
        int first = random.nextInt(names.length);
        for (int i = 0; attributes.size() < count; i++) {
            String name = names[(first + i) % names.length];
            attributes.put(name, value(name));
        }
        return attributes;
    }

    private static Object value(String name) {
        switch (name) {
            case "cart": {
                List<Map<String, Object>> lines = new ArrayList<>();
                for (int i = 0; i < 3 + random.nextInt(5); i++) lines.add(cartLine());
                return lines;
            }
            case "profile": {
                Map<String, Object> profile = new LinkedHashMap<>();
                profile.put("name", word() + " " + word());
                profile.put("since", new Date(1_500_000_000_000L + random.nextInt()));
                profile.put("birthday", LocalDate.of(1950 + random.nextInt(50), 1 + random.nextInt(12), 1));
                profile.put("id", new UUID(random.nextLong(), random.nextLong()));
                profile.put("score", random.nextDouble());
                return profile;
            }
            case "roles": return new HashSet<>(Arrays.asList("USER", "EDITOR", word()));
            case "token": return (word() + word()).repeat(16 + random.nextInt(32));
            case "lastOrder": return Instant.ofEpochMilli(1_600_000_000_000L + random.nextInt());
            case "prefs": {
                Map<String, String> prefs = new TreeMap<>();
                for (int i = 0; i < 5 + random.nextInt(8); i++) prefs.put("ui." + word(), word());
                return prefs;
            }
            case "recent": {
                List<Long> recent = new ArrayList<>();
                for (int i = 0; i < 5 + random.nextInt(15); i++) recent.add(random.nextLong());
                return recent;
            }
            case "address": return new String[] {word(), word() + " 12", word(), "CH"};
            case "trail": {
                List<String> trail = new ArrayList<>();
                for (int i = 0; i < 12 + random.nextInt(20); i++) trail.add("/shop/" + word() + "/" + word());
                return trail;
            }
            case "flags": return new boolean[] {true, false, true, true};
            default: return Locale.forLanguageTag("de-CH");
        }
    }

    private static List<Map<String, Object>> cart(int count) {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) lines.add(cartLine());
        return lines;
    }

    private static Map<String, Object> cartLine() {
        Map<String, Object> line = new HashMap<>();
        line.put("sku", word().toUpperCase(Locale.ROOT));
        line.put("quantity", 1 + random.nextInt(9));
        line.put("price", new BigDecimal(random.nextInt(100_000)).movePointLeft(2));
        return line;
    }

    private static String word() {
        int length = 4 + random.nextInt(8);
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) word.append((char) ('a' + random.nextInt(26)));
        return word.toString();
    }

    private static byte[] stream(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ObjectOutputStream out = new ObjectOutputStream(bytes);
        out.writeObject(value);
        out.flush();
        return bytes.toByteArray();
    }
}
