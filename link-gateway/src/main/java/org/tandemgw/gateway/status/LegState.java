package org.tandemgw.gateway.status;

/** What one leg is doing. */
public enum LegState {
    /** No connection; waiting to dial again, or for the ACD to dial in. */
    DOWN("down"),
    /** Dialling. */
    CONNECTING("connecting"),
    /** Connected; the session is being set up. */
    LOGIN("login"),
    /** The ACD is sending its present state. */
    SNAPSHOT("snapshot"),
    /** Frames arrive; their place in the stream is being looked for. */
    HUNTING("hunting"),
    /** Contributes to the stream. */
    UP("up"),
    /** Connected, and brings nothing while the other leg does. */
    SILENT("silent"),
    /** Closed by an operator until released. */
    BUSIED_OUT("busied-out"),
    /** Connected, and not read for want of disk space: what the ACD sends stays with it. */
    PAUSED("paused");

    private final String word;

    LegState(String word) {
        this.word = word;
    }

    /** The word that programs read. */
    @Override
    public String toString() {
        return word;
    }
}
