package org.tandemgw.recovery;

/** A snapshot cannot be used. Nothing is lost: the journal makes the table again. */
public final class DamagedSnapshotException extends Exception {
    private static final long serialVersionUID = 1L;

    public DamagedSnapshotException(String why) {
        super("the snapshot of the calls cannot be used: " + why);
    }
}
