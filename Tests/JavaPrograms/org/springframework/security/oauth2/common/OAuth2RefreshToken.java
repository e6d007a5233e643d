package org.springframework.security.oauth2.common;

public interface OAuth2RefreshToken { }
