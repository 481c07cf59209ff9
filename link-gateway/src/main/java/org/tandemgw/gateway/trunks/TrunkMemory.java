package org.tandemgw.gateway.trunks;

import org.tandemgw.abswitch.Remembered;
import org.tandemgw.gateway.controlfile.ControlState;

/**
 * All that is remembered of one switch.
 *
 * @param driver what the driver has to know
 * @param lost why more than this may have been ordered: until somebody adopts what the box says, nothing is moved; null: all is known
 * @param open the order that a command was sent for and that is not over; null: none
 * @param cutOff the order that was under way when the last run ended; null: none, or it has been seen to
 */
record TrunkMemory(Remembered driver, String lost, ControlState.OpenOrder open, ControlState.OpenOrder cutOff) {
    static final TrunkMemory NOTHING = new TrunkMemory(Remembered.nothing(), null, null, null);

    TrunkMemory with(Remembered newer) {
        return new TrunkMemory(newer, lost, open, cutOff);
    }

    TrunkMemory open(ControlState.OpenOrder order) {
        return new TrunkMemory(driver, lost, order, cutOff);
    }

    TrunkMemory cutOff(ControlState.OpenOrder order) {
        return new TrunkMemory(driver, lost, open, order);
    }

    TrunkMemory lost(String why) {
        return new TrunkMemory(driver, why, open, cutOff);
    }

    /** An operator says that what the box says is so. */
    TrunkMemory adopted() {
        return new TrunkMemory(driver, null, open, null);
    }
}
