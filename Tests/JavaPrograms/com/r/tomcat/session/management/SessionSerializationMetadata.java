package com.r.tomcat.session.management;

import java.io.*;

/** Writes and reads what the class of this name in ran-jit's manager 1.x does: block data, no fields. */
public class SessionSerializationMetadata implements Serializable {
    private static final long serialVersionUID = 124438185184833546L;
    private byte[] sessionAttributesHash;

    public SessionSerializationMetadata(byte[] hash) { sessionAttributesHash = hash; }

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.writeInt(sessionAttributesHash.length);
        out.write(sessionAttributesHash);
    }

    private void readObject(ObjectInputStream in) throws IOException {
        sessionAttributesHash = new byte[in.readInt()];
        in.readFully(sessionAttributesHash);
    }
}
