package com.orangefunction.tomcat.redissessions;

import java.io.*;

/** Writes what the class of this name in jcoleman/tomcat-redis-session-manager writes: block data, no fields. */
public class SessionSerializationMetadata implements Serializable {
    private static final long serialVersionUID = 4817120933319990092L;
    private byte[] sessionAttributesHash;

    public SessionSerializationMetadata(byte[] hash) { sessionAttributesHash = hash; }

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.writeInt(sessionAttributesHash.length);
        out.write(sessionAttributesHash);
    }
}
