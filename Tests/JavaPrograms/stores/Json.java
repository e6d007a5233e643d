package stores;

import java.util.*;

/** Writes maps, lists, strings, numbers and null as JSON in ASCII: short values on one line, one space a level. */
final class Json {
    private static final int WIDTH = 120, LINE = -1, COMPACT = -2;

    static String line(Object value) { return text(value, LINE); }

    /** Without blanks. */
    static String compact(Object value) { return text(value, COMPACT); }

    private static String text(Object value, int level) {
        StringBuilder out = new StringBuilder();
        write(value, out, level);
        return out.toString();
    }

    static String pretty(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out, 0);
        return out.append('\n').toString();
    }

    private static void write(Object value, StringBuilder out, int level) {
        if (value instanceof Map<?, ?> map) {
            int inner = innerLevel(value, level);
            String separator = "";
            out.append('{');
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(separator).append(lineBreak(inner, separator));
                string((String) entry.getKey(), out);
                write(entry.getValue(), out.append(level == COMPACT ? ":" : ": "), inner);
                separator = ",";
            }
            out.append(map.isEmpty() || inner < 0 ? "" : lineBreak(level, ",")).append('}');
        } else if (value instanceof List<?> list) {
            int inner = innerLevel(value, level);
            String separator = "";
            out.append('[');
            for (Object item : list) {
                write(item, out.append(separator).append(lineBreak(inner, separator)), inner);
                separator = ",";
            }
            out.append(list.isEmpty() || inner < 0 ? "" : lineBreak(level, ",")).append(']');
        } else if (value instanceof String text) {
            string(text, out);
        } else {
            out.append(value);
        }
    }

    private static int innerLevel(Object value, int level) {
        if (level < 0) return level;
        return level > 1 && line(value).length() < WIDTH ? LINE : level + 1;
    }

    private static String lineBreak(int level, String separator) {
        return level >= 0 ? "\n" + " ".repeat(level) : separator.isEmpty() || level == COMPACT ? "" : " ";
    }

    private static void string(String text, StringBuilder out) {
        out.append('"');
        for (char unit : text.toCharArray()) {
            if (unit == '"' || unit == '\\') out.append('\\').append(unit);
            else if (unit < 0x20 || unit > 0x7e) out.append(String.format("\\u%04x", (int) unit));
            else out.append(unit);
        }
        out.append('"');
    }
}
