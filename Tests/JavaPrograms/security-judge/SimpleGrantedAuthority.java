package org.springframework.security.core.authority;

import org.springframework.security.core.GrantedAuthority;

/** The fields that Spring Security's class of this name writes. */
public final class SimpleGrantedAuthority implements GrantedAuthority, java.io.Serializable {
    private static final long serialVersionUID = Long.getLong("security.uid");
    public String role;

    @Override public String toString() { return role; }
}
