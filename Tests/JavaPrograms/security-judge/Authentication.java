package org.springframework.security.core;

/** As far as its classes are read here. */
public interface Authentication {}
