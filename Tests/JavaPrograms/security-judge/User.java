package org.springframework.security.core.userdetails;

import java.util.*;
import org.springframework.security.core.GrantedAuthority;

/** The fields that Spring Security's class of this name writes. */
public final class User implements java.io.Serializable {
    private static final long serialVersionUID = Long.getLong("security.uid");
    public String password;
    public String username;
    public Set<GrantedAuthority> authorities;
    public boolean accountNonExpired;
    public boolean accountNonLocked;
    public boolean credentialsNonExpired;
    public boolean enabled;

    private static final class AuthorityComparator implements Comparator<GrantedAuthority>, java.io.Serializable {
        private static final long serialVersionUID = Long.getLong("security.uid");

        @Override public int compare(GrantedAuthority one, GrantedAuthority other) {
            return one.toString().compareTo(other.toString());
        }
    }
}
