package org.tandemgw.gateway.house;

import org.junit.jupiter.api.Assumptions;

/**
 * What the product has promised and does not do yet. A test that needs one of these is skipped, visibly; whoever builds it
 * sets it to true here, and takes the constant out once that has held for a while.
 */
public final class YetToCome {
    /** The control file keeps cursors and watermarks; a start under another boot id knows that power was lost. */
    public static final boolean CONTROL_FILE = true;

    /** Room on disk is reserved ahead; at its end the legs are paused, and nothing is lost. */
    public static final boolean RESERVED_ROOM = Boolean.getBoolean("tandem.all");

    /** Retention and the steps of {@code min-free}, with their alarms and {@code disk.state}. */
    public static final boolean SPACE_KEEPER = Boolean.getBoolean("tandem.all");

    /** A journal that a power cut left is opened whatever it left, and an unsynced tail is cut. */
    public static final boolean ANY_IMAGE_OPENS = true;

    /** How many discontinuities a start under load may show while both legs come up: to become 0. */
    public static final int DISCONTINUITIES_PER_RESTART = Boolean.getBoolean("tandem.all") ? 0 : 1;

    private YetToCome() {}

    /** Skips the test unless this is there. */
    public static void needs(boolean there, String what) {
        Assumptions.assumeTrue(there, () -> what + " is yet to come");
    }
}
