package stores;

import java.io.IOException;
import java.util.*;

/** Keys that applications keep beside their tokens, and sessions that hold tokens. It is 2023-11-14T22:13:20Z, when all were issued. */
final class TokenStores {
    private static final long ACCESS = 900, REFRESH = 1_209_600;

    static void keys(Store store) throws IOException {
        Token alice = new Token("alice", "jti-alice-1", ACCESS).claim("sid", "sid-alice").claim("ver", 3).claim("scope", "read write");
        Token other = new Token("alice", "jti-alice-2", ACCESS).claim("sid", "sid-alice-2").claim("roles", List.of("admin", "user"));
        Token bob = new Token("ldap:böb", "jti-bob-1", ACCESS);
        Map<String, Object> login = new LinkedHashMap<>();
        login.put("ip", "192.0.2.7");
        login.put("ua", "Mozilla/5.0 (\"quoted\")");
        login.put("iat", Token.ISSUED);
        string(store, "allow", "jwt:allow:alice:" + alice.id(), Json.compact(login), ACCESS, alice);
        string(store, "allow", "jwt:allow:alice:" + other.id(), other.compact(), ACCESS, other);
        string(store, "allow", "jwt:allow:ldap:böb:" + bob.id(), "1", ACCESS, bob);
        Map<String, byte[]> fields = new LinkedHashMap<>();
        alice.claims.forEach((name, value) -> fields.put(name, Store.text(value)));
        login.forEach((name, value) -> fields.put(name, Store.text(value)));
        store.hash("session:sid-alice", fields, ACCESS);
        expect(store, "allow-hash", "session:sid-alice", null, ACCESS, alice);
        string(store, "token", "session:sid-alice-2", other.compact(), ACCESS, other);

        Token gone = new Token("alice", "jti-gone", ACCESS);
        string(store, "deny", "jwt:deny:" + gone.id(), "1", ACCESS, gone);
        string(store, "deny", "8d3c0a8e-55f4-4c9a-8a0b-0c51b6e3a001", "revoked", ACCESS, new Token("alice", "8d3c0a8e-55f4-4c9a-8a0b-0c51b6e3a001", ACCESS));
        string(store, "deny", "blacklist:jti-gone-2", "", ACCESS, new Token("bob", "jti-gone-2", ACCESS));
        Token hashed = new Token("bob", "jti-gone-3", ACCESS);
        string(store, "deny", "blocklist:" + sha256(hashed.compact()), "true", ACCESS, hashed);
        string(store, "deny", "jwt:deny:jti-forever", "1", 0, new Token("bob", "jti-forever", ACCESS));

        string(store, "cutoff", "jwt:cutoff:alice", Long.toString(Token.ISSUED - 60), REFRESH, null);
        string(store, "cutoff", "jwt:cutoff:ldap:böb", Long.toString(Token.ISSUED + 60), REFRESH, null);
        string(store, "version", "user:ver:alice", "3", 0, null);

        refresh(store);
        for (Token token : List.of(alice, other)) store.add("user:tokens:alice", Store.text(token.id()), Long.toString(Token.ISSUED + ACCESS));
        store.add("user:tokens:alice", Store.text("jti-pruned-not-yet"), Long.toString(Token.ISSUED - 1));
        expect(store, "index", "user:tokens:alice", null, 0, null);
        store.add("user:tokens:ldap:böb", Store.text(bob.id()), 0);
        expect(store, "index", "user:tokens:ldap:böb", null, 0, null);
    }

    /** Two refresh tokens of one family, the first used: by their hashes, as a text of JSON and as a hash. */
    private static void refresh(Store store) throws IOException {
        String used = sha256("invented-refresh-token-1"), current = sha256("invented-refresh-token-2");
        Map<String, Object> first = refreshToken(null, Token.ISSUED), second = refreshToken(used, Token.ISSUED + 300);
        string(store, "refresh", "refresh:" + used, Json.compact(first), REFRESH, null);
        Map<String, byte[]> fields = new LinkedHashMap<>();
        second.forEach((name, value) -> fields.put(name, Store.text(value)));
        store.hash("refresh:" + current, fields, REFRESH + 300);
        expect(store, "refresh-hash", "refresh:" + current, null, REFRESH + 300, null);
        store.add("refresh:fam:family-1", Store.text(used), REFRESH);
        expect(store, "family", "refresh:fam:family-1", null, REFRESH, null);
        store.hash("refresh:fam:family-2", new LinkedHashMap<>(Map.of(sha256("invented-refresh-token-3"), Store.text("used"))), REFRESH);
        expect(store, "family", "refresh:fam:family-2", null, REFRESH, null);
    }

    private static Map<String, Object> refreshToken(String parent, long issued) {
        Map<String, Object> token = new LinkedHashMap<>();
        token.put("sub", "alice");
        token.put("client", "library-web");
        token.put("scope", "read write");
        token.put("family", "family-1");
        token.put("parent", parent == null ? "" : parent);
        token.put("issued", issued);
        token.put("exp", issued + REFRESH);
        return token;
    }

    private static void string(Store store, String purpose, String key, String value, long seconds, Token token) throws IOException {
        store.set(key, Store.text(value), seconds);
        expect(store, purpose, key, value, seconds, token);
    }

    private static void expect(Store store, String purpose, String key, String value, long seconds, Token token) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("label", purpose);
        result.put("id", token == null ? null : token.id());
        result.put("key", key);
        result.put("value", value);
        result.put("seconds", seconds);
        result.put("token", token == null ? null : token.expected());
        store.expect(result);
    }

    /** Spring's sessions, a hash each and no other key, with tokens in their attributes. */
    static void attributes(Store store) throws IOException {
        Token plain = new Token("alice", "jti-1", ACCESS).claim("name", "Ällice 📚");
        Token refresh = new Token("alice", "jti-2", REFRESH);
        refresh.header.put("typ", "rt+jwt");
        Token unsigned = new Token("mallory", "jti-3", ACCESS);
        unsigned.header.put("alg", "none");
        String encrypted = Token.base64(Store.text("{\"alg\":\"dir\",\"enc\":\"A256GCM\"}")) + "..AAAAAAAAAAAAAAAA.c2VjcmV0.AAAAAAAAAAAAAAAAAAAAAA";
        String compact = plain.compact();
        session(store, "string", 0, Map.of("token", plain), Map.of("token", compact, "user", "alice"));
        session(store, "bearer", 1, Map.of("authorization", plain), Map.of("authorization", "Bearer " + compact));
        session(store, "map", 2, Map.of("tokens.access_token", plain, "tokens.refresh_token", refresh),
            Map.of("tokens", pair("access_token", compact, "refresh_token", refresh.compact())));
        session(store, "list", 3, Map.of("tokens[0]", plain, "tokens[1]", unsigned), Map.of("tokens", Sample.list(compact, unsigned.compact())));
        session(store, "field", 4, Map.of("book.title", plain), Map.of("book", new demo.library.Book(compact, 1, false, "1", null)));
        session(store, "no-token", 5, Map.of(), Map.of("dots", "a.b.c", "two", compact.substring(0, compact.lastIndexOf('.')),
            "encrypted", encrypted, "cut", compact.substring(5)));
    }

    private static void session(Store store, String label, int number, Map<String, Token> tokens, Map<String, Object> attributes) throws IOException {
        Sample sample = Sample.small(store.name, label, number);
        sample.attributes.clear();
        sample.attributes.putAll(attributes);
        String key = "spring:session:sessions:" + sample.uuid();
        store.hash(key, HashStores.springFields(sample), sample.interval);
        Map<String, Object> expected = HashStores.expected(sample, sample.uuid(), key);
        Map<String, Object> found = new LinkedHashMap<>();
        new TreeMap<>(tokens).forEach((path, token) -> found.put(path, token.expected()));
        expected.put("tokens", found);
        store.expect(expected);
    }

    private static Map<String, Object> pair(String name, Object value, String other, Object second) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put(name, value);
        result.put(other, second);
        return result;
    }

    private static String sha256(String text) { return Sample.hex(Sample.digest("SHA-256", Store.text(text))); }
}
