import java.io.*;
import java.util.*;

/**
 * Reads Java serialization streams with the JDK's own ObjectInputStream and prints what they hold, one JSON line a file,
 * by the rendering rules of fixtures/README.md: {"file", "contents": [{"object": value} | {"blockdata": base64}]} or {"file", "error"}.
 *
 * javac -d OUT Judge.java labfx/Canon.java demo/shop/*.java && java -cp OUT Judge FOLDER
 *
 * All files of the folder are read, in the order of their names.
 */
public final class Judge {
    public static void main(String[] folder) throws Exception {
        File[] files = new File(folder[0]).listFiles();
        Arrays.sort(files);
        for (File f : files) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("file", f.getName());
            try (ObjectInputStream in = new ObjectInputStream(new BufferedInputStream(new FileInputStream(f)))) {
                line.put("contents", contents(in));
            } catch (Throwable t) {
                line.put("error", t.toString());
            }
            System.out.println(labfx.Canon.json(line));
        }
    }

    private static List<Object> contents(ObjectInputStream in) throws Exception {
        List<Object> items = new ArrayList<>();
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        while (true) {
            int n = in.available();
            if (n > 0) {
                byte[] b = new byte[n];
                in.readFully(b);
                block.write(b);
                continue;
            }
            if (block.size() > 0) {
                items.add(new labfx.Canon.Raw(Map.of("blockdata", Base64.getEncoder().encodeToString(block.toByteArray()))));
                block.reset();
            }
            try {
                items.add(new labfx.Canon.Item("object", in.readObject()));
            } catch (OptionalDataException e) {
                if (e.eof) break;
            } catch (EOFException e) {
                break;
            }
        }
        return labfx.Canon.trees(items);
    }
}
