package org.tandemgw.gateway.trunks;

import java.util.Locale;
import org.tandemgw.abswitch.SwitchPositions;

/** How positions are written for people and programs: A and B as they are, everything that is no side in small letters. Pure. */
final class Positions {
    private Positions() {}

    /** Null stays null. */
    static String shown(String position) {
        return position == null || position.length() == 1 ? position : position.toLowerCase(Locale.ROOT);
    }

    /** Where all cards are. */
    static String shown(SwitchPositions positions) {
        return shown(positions.position());
    }
}
