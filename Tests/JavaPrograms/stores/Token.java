package stores;

import java.util.*;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A JWT with the claims of one login, signed with an invented key. */
final class Token {
    private static final byte[] KEY = Store.text("an invented key of this fixture!");
    static final long ISSUED = Sample.CREATED / 1000;

    final Map<String, Object> header = new LinkedHashMap<>();
    final Map<String, Object> claims = new LinkedHashMap<>();

    Token(String subject, String number, long seconds) {
        header.put("alg", "HS256");
        header.put("typ", "JWT");
        claims.put("iss", "https://login.library.invalid");
        claims.put("sub", subject);
        claims.put("aud", "library");
        claims.put("iat", ISSUED);
        claims.put("exp", ISSUED + seconds);
        claims.put("jti", number);
    }

    Token claim(String name, Object value) { claims.put(name, value); return this; }

    String id() { return (String) claims.get("jti"); }

    String compact() {
        String input = base64(Store.text(Json.compact(header))) + "." + base64(Store.text(Json.compact(claims)));
        if (header.get("alg").equals("none")) return input + ".";
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            return input + "." + base64(mac.doFinal(Store.text(input)));
        } catch (Exception absent) { throw new AssertionError(absent); }
    }

    static String base64(byte[] bytes) { return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes); }

    Map<String, Object> expected() {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("compact", compact());
        result.put("header", header);
        result.put("claims", claims);
        return result;
    }
}
