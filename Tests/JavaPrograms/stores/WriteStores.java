package stores;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.catalina.util.ServerInfo;

/** Writes the fixtures of Tests/Fixtures/java-programs: {@code stores.WriteStores SOCKET FOLDER}. */
public final class WriteStores {
    private static Redis redis;
    private static Path folder;

    interface Writer { void write(Store store) throws IOException; }

    public static void main(String[] arguments) throws IOException {
        redis = new Redis(Path.of(arguments[0]));
        folder = Path.of(arguments[1]);
        if (ServerInfo.getServerNumber().startsWith("10.")) withTomcat10(); else withTomcat9();
    }

    private static void withTomcat9() throws IOException {
        write("ran-jit-1.x", store -> TomcatStores.framed(store, com.r.tomcat.session.management.SessionSerializationMetadata::new, false, ""));
        write("ran-jit-2.x", store -> TomcatStores.framed(store, tomcat.request.session.SessionMetadata::new, false, ""));
        write("tomcat-redis-session-manager-1.2", TomcatStores::leading);
        write("tomcat9-notes-redis-session-manager", store -> TomcatStores.framed(
            store, com.orangefunction.tomcat.redissessions.SessionSerializationMetadata::new, true, ""));
        write("pivotal-session-managers", TomcatStores::pivotal);
        write("chexagon-redis-session-manager", TomcatStores::chexagon);
        write("dotcms-redis-session-manager", store -> TomcatStores.framed(
            store, com.dotcms.tomcat.redissessions.SessionSerializationMetadata::new, false, "library-cluster-"));
        write("zinin-tomcat-redis-session", HashStores::zinin);
        write("spring-session-1.0.0", store -> HashStores.springOne(store, 0));
        write("spring-session-1.0.2", store -> HashStores.springOne(store, 60));
        write("spring-session-reactive-indexed", HashStores::springReactiveIndexed);
        write("redisson-spring-session", HashStores::redissonSpring);
        write("jwt-keys", TokenStores::keys);
        write("spring-session-jwt", TokenStores::attributes);
        write("memcached-session-manager-sticky", MemcachedStores::sticky);
        write("memcached-session-manager-non-sticky", MemcachedStores::nonSticky);
        write("shiro-redis", ShiroStore::write);
        write("spring-oauth-token-store", OAuthStore::write);
        write("amadeus-session-replacer", store -> HashStores.amadeus(store, false, false));
        write("amadeus-session-replacer-sticky", store -> HashStores.amadeus(store, true, false));
        write("amadeus-session-replacer-notification", store -> HashStores.amadeus(store, false, true));
    }

    private static void withTomcat10() throws IOException {
        write("ran-jit-4.x", store -> {
            TomcatStores.framed(store, tomcat.request.session.model.SessionMetadata::new, false, "");
            TomcatStores.singleSignOn(store);
        });
        write("tomcat10-redis-session-manager", store -> TomcatStores.framed(
            store, com.orangefunction.tomcat.redissessions.SessionSerializationMetadata::new, true, ""));
        write("overit-redis-manager", TomcatStores::overit);
    }

    private static void write(String name, Writer writer) throws IOException {
        Store store = new Store(name, redis, folder);
        writer.write(store);
        store.close();
    }
}
