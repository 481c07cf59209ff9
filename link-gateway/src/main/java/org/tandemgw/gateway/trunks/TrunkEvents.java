package org.tandemgw.gateway.trunks;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.tandemgw.gateway.control.Operator;
import org.tandemgw.gateway.control.SwitchReport;

/** What trunk switches tell whoever decides where they must lead. Called on any thread; never waits. */
public interface TrunkEvents {
    /** What is known of a switch may have changed. */
    void changed();

    /**
     * An operator has taken for true what the box says, and it was read whole. Ends with what whoever decides makes of it, on any thread, once a
     * switchover that it begins is over; with null where nobody decides.
     */
    CompletionStage<SwitchReport> adopted(String name, Operator by);

    /** Nobody listens. */
    TrunkEvents NONE = new TrunkEvents() {
        @Override
        public void changed() {}

        @Override
        public CompletionStage<SwitchReport> adopted(String name, Operator by) {
            return CompletableFuture.completedFuture(null);
        }
    };
}
