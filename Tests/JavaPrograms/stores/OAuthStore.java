package stores;

import java.io.IOException;
import java.util.*;
import org.springframework.security.oauth2.common.*;

/** The keys of RedisTokenStore of Spring Security OAuth that hold tokens; those with authentications need more of its classes. */
final class OAuthStore {
    static void write(Store store) throws IOException {
        for (int number = 1; number <= 4; number++) {
            Sample sample = Sample.small(store.name, "token-" + number, number);
            String user = number < 3 ? "alice" : "böb";
            boolean ends = number != 4;
            Date end = ends ? new Date(sample.created + 3600_000) : null;
            String refresh = "refresh-" + sample.uuid();
            OAuth2RefreshToken refreshToken = number == 3 ? null : number == 4 ? new DefaultOAuth2RefreshToken(refresh)
                : new DefaultExpiringOAuth2RefreshToken(refresh, new Date(sample.created + 86_400_000));
            Map<String, Object> more = new LinkedHashMap<>(Map.of("jti", sample.id));
            Object token = new DefaultOAuth2AccessToken(
                sample.uuid(), end, refreshToken, new LinkedHashSet<>(List.of("read", "write")), more);
            String client = "library-web";
            byte[] bytes = Store.object(token);
            String score = ends ? Long.toString(end.getTime()) : "-1";
            store.set("access:" + sample.uuid(), bytes, ends ? 3600 : 0);
            store.set("auth_to_access:" + Sample.hex(Sample.md5(Store.text(client + user + number))), bytes, ends ? 3600 : 0);
            store.add("client_id_to_access_z:" + client, bytes, score);
            store.add("uname_to_access_z:" + client + ":" + user, bytes, score);
            if (refreshToken != null) {
                store.set("refresh:" + refresh, Store.object(refreshToken), ends ? 86_400 : 0);
                store.set("refresh_to_access:" + refresh, Store.text(sample.uuid()), ends ? 86_400 : 0);
            }
            store.expect(expected(sample, user, client, refreshToken == null ? null : refresh, token, ends ? end.getTime() : null));
        }
    }

    private static Map<String, Object> expected(
        Sample sample, String user, String client, String refresh, Object token, Long end) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("label", sample.label);
        result.put("id", sample.uuid());
        result.put("key", "access:" + sample.uuid());
        result.put("principal", user);
        result.put("client", client);
        result.put("refreshToken", refresh);
        result.put("expiration", end);
        result.put("value", Rendering.single(token));
        return result;
    }
}
