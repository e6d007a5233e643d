package org.springframework.security.web.authentication;

/** The fields that Spring Security's class of this name writes. */
public final class WebAuthenticationDetails implements java.io.Serializable {
    private static final long serialVersionUID = Long.getLong("security.uid");
    public String remoteAddress;
    public String sessionId;
}
