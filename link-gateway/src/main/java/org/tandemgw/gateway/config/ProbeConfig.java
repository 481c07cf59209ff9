package org.tandemgw.gateway.config;

import java.time.Duration;
import java.util.Optional;
import org.tandemgw.profiles.yaml.HostPort;

/**
 * One way to look at a server.
 *
 * @param name unique within the server
 * @param kind how it looks
 * @param target at what: an address, a URL, an ACD's name, or a program, as the kind wants it
 * @param every rhythm
 * @param timeout how long an answer may take; less than {@code every}
 * @param failures how many looks in a row must fail
 * @param retry pause between looks after the first failure
 * @param secondPath another address of the same service
 * @param hold whether a tcp probe keeps its connection
 * @param oid what an snmp probe reads
 * @param community what an snmp probe shows to be let in
 * @param dscp how its packets are marked; 0: not
 */
public record ProbeConfig(
        String name,
        Kind kind,
        String target,
        Duration every,
        Duration timeout,
        int failures,
        Duration retry,
        Optional<HostPort> secondPath,
        boolean hold,
        Optional<String> oid,
        Optional<Secret> community,
        int dscp) {

    /** How a probe looks. */
    public enum Kind {
        /** Opens a connection. */
        TCP,
        /** Echo request. */
        ICMP,
        /** GET. */
        HTTP,
        /** OPTIONS. */
        SIP,
        /** Get. */
        SNMP,
        /** The server's own reading of its feed. */
        FEED,
        /** A program's exit status. */
        EXEC
    }
}
