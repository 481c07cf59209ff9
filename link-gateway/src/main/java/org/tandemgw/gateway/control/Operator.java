package org.tandemgw.gateway.control;

/**
 * Who asks for something, and why.
 *
 * @param who the user as the kernel knows him, with the name that the client gave: {@code jd} or {@code root (as jd)}
 * @param reason what was given with {@code --reason}; null if nothing
 */
public record Operator(String who, String reason) {}
