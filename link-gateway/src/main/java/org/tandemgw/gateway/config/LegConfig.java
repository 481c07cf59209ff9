package org.tandemgw.gateway.config;

import java.util.List;
import java.util.Optional;
import org.tandemgw.profiles.yaml.HostPort;

/**
 * One leg: exactly one of {@code connect} and {@code listen} is present.
 *
 * @param number 1 or 2
 * @param connect where we dial
 * @param listen where the ACD dials in
 * @param bind local source address when we dial
 * @param allow who may dial in; empty: anybody
 * @param credentials user and secret, where the dialect has a login
 * @param dscp how its packets are marked; 0: not
 */
public record LegConfig(
        int number,
        Optional<HostPort> connect,
        Optional<HostPort> listen,
        Optional<String> bind,
        List<Cidr> allow,
        Optional<Credentials> credentials,
        int dscp) {

    /** Copies the list. */
    public LegConfig {
        allow = List.copyOf(allow);
    }
}
