package com.orangefunction.tomcat.redissessions;

import java.io.*;

/** Writes and reads what the class of this name in jcoleman/tomcat-redis-session-manager does: block data, no fields. */
public class SessionSerializationMetadata implements Serializable {
    private static final long serialVersionUID = 4817120933319990092L;
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
