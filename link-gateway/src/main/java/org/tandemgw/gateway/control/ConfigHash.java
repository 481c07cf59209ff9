package org.tandemgw.gateway.control;

/** The hash of the configuration in force, as far as it matters for switching: what a live check passes for. */
public record ConfigHash(String hash) {}
