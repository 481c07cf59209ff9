package org.tandemgw.gateway.control;

/** Has the running appliance go on by its changed configuration file. Called on the thread {@code tandem-operator}; never waits for longer than a moment. */
public interface ReloadControl {
    /**
     * Reads the file again and does what it says, or says what it would do.
     *
     * @param dryRun whether nothing is done
     * @param seen the digest of the file that somebody has agreed to; null: whatever it is
     */
    ReloadReport reload(boolean dryRun, String seen, Operator by);

    /** What became of a request. */
    ReloadReport reload(long request);
}
