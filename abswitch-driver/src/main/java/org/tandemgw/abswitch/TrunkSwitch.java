package org.tandemgw.abswitch;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One box with its cards, and the only owner of it. Thread safe; everything happens on its own thread {@code switch-<name>}. Two
 * paths to one box share this owner, its queue and its rules.
 */
public final class TrunkSwitch implements AutoCloseable {
    private TrunkSwitch() {}

    /**
     * Starts the thread, asks the box where its cards are, and watches it from then on.
     *
     * @param settings of the switch
     * @param paths to it, the preferred first
     * @param memory across restarts
     * @param listener told on the switch's thread
     * @param wall for what people read and for what a restart must know
     * @return the switch, running
     */
    public static TrunkSwitch start(
            SwitchSettings settings, List<BoxPath> paths, SwitchMemory memory, SwitchListener listener, Clock wall) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Moves cards. Completes on the switch's thread, never exceptionally for anything that the world does.
     *
     * @param order what to move where, for whom
     * @return what became of each card
     */
    public CompletableFuture<Selected> select(SelectOrder order) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Asks for every card of ours, now. Completes on the switch's thread. */
    public CompletableFuture<QueryResult> query() {
        throw new UnsupportedOperationException("not built yet");
    }

    /** What is known now; from any thread. */
    public SwitchPositions positions() {
        throw new UnsupportedOperationException("not built yet");
    }

    /** What the box says is now true: asks for every card, and forgets that those it could read moved without us. */
    public CompletableFuture<QueryResult> adopt() {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Stops after what is in flight; orders that wait are refused. Waits for the thread, bounded. */
    @Override
    public void close() {
        throw new UnsupportedOperationException("not built yet");
    }
}
