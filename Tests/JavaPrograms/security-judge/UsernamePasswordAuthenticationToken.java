package org.springframework.security.authentication;

/** The fields that Spring Security's class of this name writes. */
public final class UsernamePasswordAuthenticationToken extends AbstractAuthenticationToken {
    private static final long serialVersionUID = Long.getLong("security.uid");
    public Object principal;
    public Object credentials;
}
