package org.springframework.security.core.context;

import org.springframework.security.core.Authentication;

/** The fields that Spring Security's class of this name writes. */
public final class SecurityContextImpl implements java.io.Serializable {
    private static final long serialVersionUID = Long.getLong("security.uid");
    public Authentication authentication;
}
