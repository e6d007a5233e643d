package org.springframework.security.oauth2.common;

import java.io.Serializable;
import java.util.*;

/** The fields and version of the class of this name in Spring Security OAuth 2.x. */
public class DefaultOAuth2AccessToken implements Serializable {
    private static final long serialVersionUID = 914967629530462926L;
    private final String value;
    private final Date expiration;
    private final String tokenType = "bearer";
    private final OAuth2RefreshToken refreshToken;
    private final Set<String> scope;
    private final Map<String, Object> additionalInformation;

    public DefaultOAuth2AccessToken(
        String value, Date expiration, OAuth2RefreshToken refreshToken, Set<String> scope, Map<String, Object> more) {
        this.value = value;
        this.expiration = expiration;
        this.refreshToken = refreshToken;
        this.scope = scope;
        this.additionalInformation = more;
    }
}
