package tomcat.request.session.model;

import java.io.*;

/** Writes and reads what the class of this name in ran-jit's manager 3.0.4 to 4.0 does: block data, no fields. */
public class SessionMetadata implements Serializable {
    private static final long serialVersionUID = 124438185184833546L;
    private byte[] attributesHash;

    public SessionMetadata(byte[] hash) { attributesHash = hash; }

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.writeInt(attributesHash.length);
        out.write(attributesHash);
    }

    private void readObject(ObjectInputStream in) throws IOException {
        attributesHash = new byte[in.readInt()];
        in.readFully(attributesHash);
    }
}
