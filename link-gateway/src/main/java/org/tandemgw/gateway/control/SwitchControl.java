package org.tandemgw.gateway.control;

import java.util.List;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Mode;
import org.tandemgw.gateway.switchover.SwitchoverView;

/**
 * What the running appliance offers about its active server. Called like {@link GatewayControl}, on the one thread
 * {@code tandem-operator}: each call waits for the thread {@code control} for a fifth of a second at most. What takes longer is asked
 * for again by the number of the request; the last hundred are kept.
 */
public interface SwitchControl {
    /** Makes a server the active one, or says what would happen. */
    SwitchReport switchTo(String server, boolean forced, boolean dryRun, Operator by);

    /** Makes the other server the active one and then this one again, or says what would happen; how far it is stands in the {@link #view}. */
    SwitchReport drill(boolean dryRun, Operator by);

    /** The operator's mode: auto, manual or held. The more careful of his and the file's is in effect. */
    SwitchReport mode(Mode mode, Operator by);

    /** Leaves holding and hold-down. */
    SwitchReport resume(Operator by);

    /**
     * Takes a server, or the whole site, out of service, or puts it back.
     *
     * @param server null: the whole site
     * @param forMs how long it is planned to last
     * @param dryRun only say whether it would be done
     */
    SwitchReport maintain(String server, boolean on, long forMs, boolean dryRun, Operator by);

    /** Every probe, gateway and neighbour is looked at, and every trunk switch queried, at once and out of the rhythm. */
    SwitchReport lookNow(Operator by);

    /** A live check has passed for the configuration with this hash; refused if another one is in force. */
    SwitchReport liveChecked(String hash, Operator by);

    /** What became of a request so far. */
    SwitchReport request(long number);

    /** The newest picture, with what an automatic switch would need; null: this site does not switch. */
    SwitchoverView view();

    /** One of the last hundred decisions of this run, as it stands now; null: none of this number. 0: the newest of this run. */
    Decision decision(long number);

    /** Every gateway and neighbour that the file names, as it was found last. */
    List<NetworkPlace> network();

    /** Of the configuration in force: what {@link #liveChecked} is about. */
    String configHash();
}
