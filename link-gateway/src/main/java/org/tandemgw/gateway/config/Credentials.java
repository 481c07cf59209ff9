package org.tandemgw.gateway.config;

/**
 * A user and his secret.
 *
 * @param user the name
 * @param secret the content of his secret file
 */
public record Credentials(String user, Secret secret) {}
