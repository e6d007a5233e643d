package org.springframework.security.authentication;

import java.util.Collection;
import org.springframework.security.core.*;

/** The fields that Spring Security's class of this name writes. */
public abstract class AbstractAuthenticationToken implements Authentication, java.io.Serializable {
    private static final long serialVersionUID = -3194696462184782834L;
    public Collection<GrantedAuthority> authorities;
    public Object details;
    public boolean authenticated;
}
