import java.io.ByteArrayInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * `time FILE`: nanoseconds per session of a warm ObjectInputStream. `filter FILE TARGET`: copies the sessions that this JDK, which
 * has no application's classes, can read.
 */
public final class DecodeSessions {
    private static Object kept;

    public static void main(String[] arguments) throws Exception {
        List<List<Corpus.Value>> sessions = Corpus.read(arguments[1]);
        if (arguments[0].equals("filter")) filter(sessions, arguments[2]);
        else time(sessions);
    }

    private static void time(List<List<Corpus.Value>> sessions) throws Exception {
        long warm = System.nanoTime() + 6_000_000_000L;
        while (System.nanoTime() < warm) for (List<Corpus.Value> session : sessions) decode(session);
        List<Long> passes = new ArrayList<>();
        long end = System.nanoTime() + 5_000_000_000L;
        while (System.nanoTime() < end || passes.size() < 5) {
            long start = System.nanoTime();
            for (List<Corpus.Value> session : sessions) decode(session);
            passes.add((System.nanoTime() - start) / sessions.size());
        }
        Long[] sorted = passes.toArray(new Long[0]);
        Arrays.sort(sorted);
        System.out.println(sorted[sorted.length / 2]);
        if (kept == null) System.err.println("nothing was decoded");
    }

    private static void filter(List<List<Corpus.Value>> sessions, String target) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new FileOutputStream(target))) {
            for (List<Corpus.Value> session : sessions) {
                try {
                    decode(session);
                } catch (IOException | ClassNotFoundException | RuntimeException unreadable) {
                    continue;
                }
                Corpus.write(out, session);
            }
        }
    }

    private static void decode(List<Corpus.Value> session) throws IOException, ClassNotFoundException {
        for (Corpus.Value value : session) {
            ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(value.bytes()));
            if (value.name().isEmpty()) decodeTomcat(in);
            else kept = in.readObject();
        }
    }

    /** As StandardSession.readObjectData does: after the id comes the count, or who is logged in and then the count. */
    private static void decodeTomcat(ObjectInputStream in) throws IOException, ClassNotFoundException {
        for (int i = 0; i < 8; i++) kept = in.readObject();
        Object next = in.readObject();
        while (!(next instanceof Integer)) next = in.readObject();
        int count = (Integer) next;
        for (int i = 0; i < 2 * count; i++) kept = in.readObject();
        kept = in.readLong();
    }
}
