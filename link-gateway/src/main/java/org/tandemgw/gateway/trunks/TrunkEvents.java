package org.tandemgw.gateway.trunks;

import org.tandemgw.gateway.control.Operator;

/** What trunk switches tell whoever decides where they must lead. Called on any thread; never waits. */
public interface TrunkEvents {
    /** What is known of a switch may have changed. */
    void changed();

    /** An operator has taken for true what the box says, and it was read whole. */
    void adopted(String name, Operator by);

    /** Nobody listens. */
    TrunkEvents NONE = new TrunkEvents() {
        @Override
        public void changed() {}

        @Override
        public void adopted(String name, Operator by) {}
    };
}
