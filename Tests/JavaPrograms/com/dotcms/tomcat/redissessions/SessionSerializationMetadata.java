package com.dotcms.tomcat.redissessions;

import java.io.*;
import org.apache.juli.logging.Log;

/** Writes and reads what the class of this name in dotCMS's manager does: two fields declared, none written, block data. */
public class SessionSerializationMetadata implements Serializable {
    private static final long serialVersionUID = 1L;
    private final Log log = null;
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
