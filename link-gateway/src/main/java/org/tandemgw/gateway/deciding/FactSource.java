package org.tandemgw.gateway.deciding;

import java.util.List;
import java.util.Optional;
import org.tandemgw.gateway.trunks.TrunkSight;

/** What the rest of the appliance knows at this moment, for whoever decides. Asked on the thread {@code control}; never waits long. */
public interface FactSource {
    /**
     * All feeds of one server together.
     *
     * @param connected it has feeds, and all are connected
     * @param atParity and all are at parity
     */
    record Fed(String server, boolean connected, boolean atParity) {}

    /** One for each server. */
    List<Fed> fed();

    /** Whether any leg of any ACD had a byte in the last seconds. */
    boolean legsAlive();

    /** Why the machine's clock is not to be trusted; empty if it is. */
    Optional<String> clockSuspect();

    /** How many calls are up; -1 while nobody knows it for sure. */
    int callsInFlight();

    /** The trunk switches. */
    List<TrunkSight> trunks();
}
