package org.tandemgw.gateway.probe;

import org.tandemgw.gateway.health.Look;

/** Hears what was seen. Called on the thread {@code probe-net}; must not block. */
public interface LookListener {
    /**
     * A probe has looked.
     *
     * @param server the server's name
     * @param probe the probe's name
     * @param secondPath whether it was its second path
     * @param look what was seen
     */
    void looked(String server, String probe, boolean secondPath, Look look);

    /**
     * A gateway, a net-test neighbour or a server's machine was looked at.
     *
     * @param target its address, as the configuration has it
     * @param look what was seen; any answer is {@code ANSWERED}, also a refusal
     */
    void networkLooked(String target, Look look);
}
