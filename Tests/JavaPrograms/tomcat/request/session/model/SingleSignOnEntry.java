package tomcat.request.session.model;

import java.io.Serializable;
import java.security.Principal;
import java.util.concurrent.*;
import org.apache.catalina.Session;
import org.apache.catalina.authenticator.SingleSignOnSessionKey;

/** The fields of the class of this name in ran-jit's manager 4.0, and the version that was computed for it. */
public class SingleSignOnEntry implements Serializable {
    private static final long serialVersionUID = 4590485271396917062L;
    private final String authType;
    private final String password;
    private final Principal principal;
    private final String username;
    private final boolean canReauthenticate = true;
    private final ConcurrentMap<SingleSignOnSessionKey, SingleSignOnSessionKey> sessionKeys = new ConcurrentHashMap<>();

    public SingleSignOnEntry(Principal principal, String authType, String password, Session session) {
        this.principal = principal;
        this.authType = authType;
        this.username = principal.getName();
        this.password = password;
        SingleSignOnSessionKey key = new SingleSignOnSessionKey(session);
        sessionKeys.put(key, key);
    }
}
