import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A file of sessions: for each the number of its values, and for each value its name and its bytes, lengths before them. */
final class Corpus {
    record Value(String name, byte[] bytes) {}

    static List<List<Value>> read(String path) throws IOException {
        List<List<Value>> sessions = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(new FileInputStream(path)))) {
            while (true) {
                int count;
                try {
                    count = in.readInt();
                } catch (EOFException end) {
                    return sessions;
                }
                List<Value> values = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    String name = new String(in.readNBytes(in.readInt()), java.nio.charset.StandardCharsets.UTF_8);
                    values.add(new Value(name, in.readNBytes(in.readInt())));
                }
                sessions.add(values);
            }
        }
    }

    static void write(DataOutputStream out, List<Value> session) throws IOException {
        out.writeInt(session.size());
        for (Value value : session) {
            byte[] name = value.name().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            out.writeInt(name.length);
            out.write(name);
            out.writeInt(value.bytes().length);
            out.write(value.bytes());
        }
    }
}
