import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** `FILE EDITS`: nanoseconds that a warm JDK with all classes takes to deserialize a session, set a cart's quantity and serialize it. */
public final class EditSessions {
    private static byte[] kept;

    public static void main(String[] arguments) throws Exception {
        List<List<Corpus.Value>> sessions = Corpus.read(arguments[0]);
        long warm = System.nanoTime() + 6_000_000_000L;
        while (System.nanoTime() < warm) for (List<Corpus.Value> session : sessions) edit(session);
        List<Long> passes = new ArrayList<>();
        for (long pass = Math.max(3, Integer.parseInt(arguments[1]) / sessions.size()); pass > 0; pass--) {
            long start = System.nanoTime();
            for (List<Corpus.Value> session : sessions) edit(session);
            passes.add((System.nanoTime() - start) / sessions.size());
        }
        Long[] sorted = passes.toArray(new Long[0]);
        Arrays.sort(sorted);
        System.out.println(sorted[sorted.length / 2]);
        if (kept == null) System.err.println("nothing was written");
    }

    private static void edit(List<Corpus.Value> session) throws IOException, ClassNotFoundException {
        Corpus.Value value = session.get(session.size() - 1);
        ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(value.bytes()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.bytes().length + 64);
        ObjectOutputStream out = new ObjectOutputStream(bytes);
        if (value.name().isEmpty()) {
            editTomcat(in, out);
        } else {
            Object cart = in.readObject();
            setQuantity(cart);
            out.writeObject(cart);
        }
        out.flush();
        kept = bytes.toByteArray();
    }

    /** As a manager does it: metadata, six scalars, the id, the attributes, and the long behind them. */
    private static void editTomcat(ObjectInputStream in, ObjectOutputStream out) throws IOException, ClassNotFoundException {
        for (int i = 0; i < 8; i++) out.writeObject(in.readObject());
        int count = (Integer) in.readObject();
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) attributes.put((String) in.readObject(), in.readObject());
        setQuantity(attributes.get("cart"));
        out.writeObject(attributes.size());
        for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
            out.writeObject(attribute.getKey());
            out.writeObject(attribute.getValue());
        }
        out.writeLong(in.readLong());
    }

    @SuppressWarnings("unchecked")
    private static void setQuantity(Object cart) {
        ((List<Map<String, Object>>) cart).get(0).put("quantity", 77);
    }
}
