package org.tandemgw.gateway.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Addresses by which the diagnosis tells the network from the machine.
 *
 * @param gateways the routers next to us
 * @param netTest for each server a neighbour that is not it
 */
public record NetworkConfig(List<String> gateways, Map<String, String> netTest) {

    /** Copies both. */
    public NetworkConfig {
        gateways = List.copyOf(gateways);
        netTest = Collections.unmodifiableMap(new LinkedHashMap<>(netTest));
    }
}
