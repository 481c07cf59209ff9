package org.tandemgw.gateway.leg;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * How one leg is reached. Either {@code dial} or {@code listen} is given, the other is null.
 *
 * @param leg 1 or 2
 * @param dial the ACD's address
 * @param bind the local address to dial from, or null
 * @param listen where the ACD dials us
 * @param allow who may dial; empty: anybody
 * @param script the profile's dialogue
 * @param connectTimeoutMs how long a dial may take
 */
public record LegSettings(
        int leg,
        InetSocketAddress dial,
        InetAddress bind,
        InetSocketAddress listen,
        List<AddressRange> allow,
        SessionScript script,
        int connectTimeoutMs) {}
