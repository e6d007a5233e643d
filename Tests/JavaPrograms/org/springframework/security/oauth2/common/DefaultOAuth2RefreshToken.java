package org.springframework.security.oauth2.common;

import java.io.Serializable;

/** The fields and version of the class of this name in Spring Security OAuth 2.x. */
public class DefaultOAuth2RefreshToken implements Serializable, OAuth2RefreshToken {
    private static final long serialVersionUID = 8349970621900575838L;
    private final String value;

    public DefaultOAuth2RefreshToken(String value) { this.value = value; }
}
