package org.tandemgw.gateway.health;

/**
 * One failed look, kept as evidence.
 *
 * @param atMs when it was over
 * @param source such as {@code probe cms-east/app}
 */
public record Seen(long atMs, String source, String said) {}
