package tomcat.request.session.model;

import java.io.*;

/** Writes what the class of this name in ran-jit's manager 3.0.4 to 4.0 writes: block data, no fields. */
public class SessionMetadata implements Serializable {
    private static final long serialVersionUID = 124438185184833546L;
    private final byte[] attributesHash;

    public SessionMetadata(byte[] hash) { attributesHash = hash; }

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.writeInt(attributesHash.length);
        out.write(attributesHash);
    }
}
