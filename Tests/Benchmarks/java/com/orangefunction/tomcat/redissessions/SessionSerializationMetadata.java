package com.orangefunction.tomcat.redissessions;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;

/**
 * The object at the start of a session of tomcat-redis-session-manager 2.x, as far as its bytes go: the declared field is not
 * written, a length and a hash stand in its place. Of our own making; name, field and serialVersionUID are those of the format.
 */
public class SessionSerializationMetadata implements Serializable {
    private static final long serialVersionUID = 4817120933319990092L;

    private byte[] sessionAttributesHash = new byte[16];

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.writeInt(sessionAttributesHash.length);
        out.write(sessionAttributesHash);
    }

    private void readObject(ObjectInputStream in) throws IOException {
        sessionAttributesHash = new byte[in.readInt()];
        in.readFully(sessionAttributesHash);
    }
}
