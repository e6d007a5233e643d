package com.crimsonhexagon.rsm;

import stores.Sample;
import org.apache.catalina.Manager;
import org.apache.catalina.session.StandardSession;

/** A StandardSession that is written as an object; like chexagon's class of this name it adds no field. */
public class RedisSession extends StandardSession {
    private static final long serialVersionUID = 1L;

    public RedisSession(Manager manager, Sample sample) {
        super(manager);
        id = sample.id;
        creationTime = sample.created;
        lastAccessedTime = sample.lastAccessed;
        thisAccessedTime = sample.thisAccessed;
        maxInactiveInterval = sample.interval;
        isNew = sample.isNew;
        isValid = sample.isValid;
        attributes.putAll(sample.attributes);
    }
}
