package com.r.tomcat.session.management;

import java.io.*;

/** Writes what the class of this name in ran-jit's manager 1.x writes: block data, no fields. */
public class SessionSerializationMetadata implements Serializable {
    private static final long serialVersionUID = 124438185184833546L;
    private final byte[] sessionAttributesHash;

    public SessionSerializationMetadata(byte[] hash) { sessionAttributesHash = hash; }

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.writeInt(sessionAttributesHash.length);
        out.write(sessionAttributesHash);
    }
}
