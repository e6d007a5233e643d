package stores;

import java.io.*;
import java.net.*;
import java.nio.channels.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.*;

/** A connection to a Redis on a unix socket, one command at a time. */
final class Redis {
    private final OutputStream out;
    private final DataInputStream in;

    Redis(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        out = new BufferedOutputStream(Channels.newOutputStream(channel));
        in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
    }

    /** Arguments are byte arrays or what has a text; answers are byte arrays, Longs, lists or null. */
    Object command(Object... arguments) throws IOException {
        out.write(("*" + arguments.length + "\r\n").getBytes());
        for (Object argument : arguments) {
            byte[] bytes = argument instanceof byte[] raw ? raw : argument.toString().getBytes(StandardCharsets.UTF_8);
            out.write(("$" + bytes.length + "\r\n").getBytes());
            out.write(bytes);
            out.write("\r\n".getBytes());
        }
        out.flush();
        return answer();
    }

    private Object answer() throws IOException {
        String line = line();
        String rest = line.substring(1);
        switch (line.charAt(0)) {
            case '+': return rest.getBytes();
            case ':': return Long.parseLong(rest);
            case '$': return bulk(Integer.parseInt(rest));
            case '*':
                List<Object> items = new ArrayList<>();
                for (int i = Integer.parseInt(rest); i > 0; i--) items.add(answer());
                return items;
            default: throw new IOException(rest);
        }
    }

    private byte[] bulk(int length) throws IOException {
        if (length < 0) return null;
        byte[] bytes = in.readNBytes(length);
        line();
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) throw new EOFException();
            if (b != '\r') line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
