package stores;

import java.io.*;
import java.lang.reflect.*;
import java.math.*;
import java.nio.charset.StandardCharsets;
import java.util.*;

/**
 * Renders values by the rules of Tests/Fixtures/README.md, as far as the samples need them. What one rendering has written
 * is known to it: an object that occurs again is a reference.
 */
final class Rendering {
    private static final int LIMIT = 4096;
    private final Map<Object, Map<String, Object>> known = new IdentityHashMap<>();

    /** The attributes of a session; `isOneStream` when references may lead from one to another. */
    static Map<String, Object> attributes(SortedMap<String, Object> attributes, boolean isOneStream) {
        Map<String, Object> result = new LinkedHashMap<>();
        Rendering shared = new Rendering();
        attributes.forEach((name, value) -> result.put(name, isOneStream ? shared.value(value) : single(value)));
        if (isOneStream) number(result);
        return result;
    }

    static Object single(Object value) {
        Object rendered = new Rendering().value(value);
        number(rendered);
        return rendered;
    }

    private Object value(Object value) {
        if (value == null) return null;
        String name = value.getClass().getName();
        if (value instanceof String text) return string(text);
        if (isBox(value)) return plain(name, value);
        if (value instanceof Enum<?> constant) return object(constant.getDeclaringClass().getName(), "enum", constant.name());
        if (known.containsKey(value)) return new Reference(known.get(value));
        Map<String, Object> result = object(name);
        known.put(value, result);
        Object written = written(value);
        if (written.getClass() != value.getClass()) result.put("wireClass", written.getClass().getName());
        if (value.getClass().isArray()) array(value, result);
        else if (name.startsWith("java.")) platform(value, result);
        else application(value, written, result);
        return result;
    }

    private void platform(Object value, Map<String, Object> result) {
        if (value instanceof BigDecimal decimal) {
            result.put("value", decimal.toString());
            result.put("unscaled", decimal.unscaledValue().toString());
            result.put("scale", decimal.scale());
        } else if (value instanceof Date date) {
            result.put("epochMillis", Long.toString(date.getTime()));
            result.put("value", date.toInstant().toString());
        } else if (value instanceof Locale locale) {
            result.put("value", locale.toString());
            result.put("languageTag", locale.toLanguageTag());
        } else if (value instanceof Map<?, ?> map) {
            List<Object> entries = new ArrayList<>();
            map.forEach((key, item) -> entries.add(Arrays.asList(key, item)));
            if (isUnordered(value)) sort(entries, result);
            entries.replaceAll(pair -> new ArrayList<>(((List<?>) pair).stream().map(this::value).toList()));
            result.put("entries", entries);
        } else if (value instanceof Collection<?> collection) {
            List<Object> items = new ArrayList<>(collection);
            if (isUnordered(value)) sort(items, result);
            items.replaceAll(this::value);
            result.put("items", items);
        } else {
            result.put("value", value.toString());
        }
    }

    /** Of some classes the order means nothing, whatever they hold. */
    private static boolean isUnordered(Object value) {
        return Set.of("java.util.HashMap", "java.util.concurrent.ConcurrentHashMap", "java.util.HashSet",
            "java.util.Collections$UnmodifiableMap", "java.util.Collections$UnmodifiableSet").contains(value.getClass().getName());
    }

    private static void sort(List<Object> items, Map<String, Object> result) {
        result.put("unordered", true);
        items.sort(Comparator.comparing(item -> Json.line(single(item instanceof List<?> pair ? pair.get(0) : item))));
    }

    private void array(Object array, Map<String, Object> result) {
        int length = Array.getLength(array);
        result.put("length", length);
        if (array instanceof byte[] bytes) {
            result.put(length > LIMIT ? "sha256" : "base64",
                length > LIMIT ? Sample.hex(Sample.digest("SHA-256", bytes)) : Base64.getEncoder().encodeToString(bytes));
        } else if (array instanceof char[] units) {
            result.put("string", new String(units));
        } else {
            boolean isPrimitive = array.getClass().getComponentType().isPrimitive();
            List<Object> items = new ArrayList<>();
            for (int i = 0; i < length; i++) {
                Object item = Array.get(array, i);
                items.add(isPrimitive ? plain("", item).get("value") : value(item));
            }
            result.put("items", items);
        }
    }

    private void application(Object value, Object written, Map<String, Object> result) {
        if (written.getClass() != value.getClass()) result.put("wire", value(written));
        Deque<Class<?>> chain = new ArrayDeque<>();
        for (Class<?> type = value.getClass(); type != Object.class; type = type.getSuperclass())
            if (Serializable.class.isAssignableFrom(type)) chain.push(type);
        List<Object> classes = new ArrayList<>();
        for (Class<?> type : chain) classes.add(fields(value, type));
        result.put("classes", classes);
    }

    private Map<String, Object> fields(Object value, Class<?> type) {
        ObjectStreamClass description = ObjectStreamClass.lookup(type);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("name", type.getName());
        result.put("suid", Long.toString(description.getSerialVersionUID()));
        boolean isCustom = Arrays.stream(type.getDeclaredMethods()).anyMatch(method -> method.getName().equals("writeObject"));
        if (isCustom) result.put("customWrite", true);
        Map<String, Object> fields = new LinkedHashMap<>();
        for (ObjectStreamField field : description.getFields()) {
            Object content = read(value, type, field.getName());
            fields.put(field.getName(), field.isPrimitive() ? plain(field.getType().getName(), content) : value(content));
        }
        result.put("fields", fields);
        return result;
    }

    private static Object read(Object value, Class<?> type, String name) {
        try {
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return field.get(value);
        } catch (ReflectiveOperationException absent) {
            throw new AssertionError(absent);
        }
    }

    /** What is in the stream in the place of an object, after `writeReplace`. */
    private static Object written(Object value) {
        for (Class<?> type = value.getClass(); type != null; type = type.getSuperclass()) {
            try {
                type.getDeclaredMethod("writeReplace");
                return replacement(value);
            } catch (NoSuchMethodException absent) { }
        }
        return value;
    }

    private static Object replacement(Object value) {
        List<Object> seen = new ArrayList<>();
        try {
            new ObjectOutputStream(OutputStream.nullOutputStream()) {
                { enableReplaceObject(true); }
                @Override protected Object replaceObject(Object object) { seen.add(object); return null; }
            }.writeObject(value);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return seen.get(0);
    }

    // Values of one line

    private static Map<String, Object> object(String name, Object... members) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("class", name);
        for (int i = 0; i < members.length; i += 2) result.put((String) members[i], members[i + 1]);
        return result;
    }

    private static Map<String, Object> string(String text) {
        if (text.length() <= LIMIT) return object("java.lang.String", "value", text);
        String digest = Sample.hex(Sample.digest("SHA-256", utf16(text)));
        return object("java.lang.String", "length", text.length(), "head", text.substring(0, 32), "sha256utf16be", digest);
    }

    private static byte[] utf16(String text) { return text.getBytes(StandardCharsets.UTF_16BE); }

    private static boolean isBox(Object value) {
        return value instanceof Boolean || value instanceof Character
            || value instanceof Number && value.getClass().getPackageName().equals("java.lang");
    }

    private static Map<String, Object> plain(String name, Object value) {
        if (value instanceof Long) return object(name, "value", value.toString());
        if (value instanceof Character unit) return object(name, "value", value.toString(), "code", (int) unit);
        if (value instanceof Float number)
            return object(name, "value", number.toString(), "bits", String.format("%08x", Float.floatToRawIntBits(number)));
        if (value instanceof Double number)
            return object(name, "value", number.toString(), "bits", String.format("%016x", Double.doubleToRawLongBits(number)));
        return object(name, "value", value);
    }

    // Identity

    private record Reference(Map<String, Object> target) { }

    /** Numbers the objects that something refers to, in document order, and puts the references in. */
    private static void number(Object rendered) {
        Set<Object> targets = Collections.newSetFromMap(new IdentityHashMap<>());
        walk(rendered, node -> { if (node instanceof Reference reference) targets.add(reference.target); return node; });
        int[] last = { 0 };
        walk(rendered, node -> {
            if (targets.contains(node)) giveId(node, ++last[0]);
            return node instanceof Reference reference ? object("ref", reference) : node;
        });
    }

    private static Map<String, Object> object(String name, Reference reference) {
        return new LinkedHashMap<>(Map.of(name, reference.target.get("id")));
    }

    @SuppressWarnings("unchecked")
    private static void giveId(Object node, int id) {
        Map<String, Object> map = (Map<String, Object>) node;
        Map<String, Object> members = new LinkedHashMap<>(map);
        map.clear();
        map.put("id", id);
        map.putAll(members);
    }

    private interface Visitor { Object visit(Object node); }

    @SuppressWarnings("unchecked")
    private static Object walk(Object node, Visitor visitor) {
        Object result = visitor.visit(node);
        if (result instanceof Map) ((Map<String, Object>) result).replaceAll((name, member) -> walk(member, visitor));
        if (result instanceof List) ((List<Object>) result).replaceAll(item -> walk(item, visitor));
        return result;
    }
}
