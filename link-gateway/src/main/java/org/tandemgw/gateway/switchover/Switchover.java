package org.tandemgw.gateway.switchover;

import java.util.List;

/** The deciding side of the site as one deterministic machine. */
public final class Switchover {
    /**
     * At a start.
     *
     * @param found what the control file holds; null: there is no record at all
     */
    public Switchover(SwitchoverRules rules, Durable found, long nowMs) {
        throw new UnsupportedOperationException("to come");
    }

    private Switchover() {}

    /** Tells it a fact; time never goes back. What it answers is to be done once {@link #durable()} is safe. */
    public List<Action> on(Event event, long nowMs) {
        throw new UnsupportedOperationException("to come");
    }

    /** When it wants a {@link Event.Tick} at the latest; {@code Long.MAX_VALUE}: not for any time known. */
    public long dueMs() {
        throw new UnsupportedOperationException("to come");
    }

    /** What must be kept. The same object while nothing has changed. */
    public Durable durable() {
        throw new UnsupportedOperationException("to come");
    }

    /** A picture, made for each call. */
    public SwitchoverView view() {
        throw new UnsupportedOperationException("to come");
    }

    /** The whole state as JSON text on one line. */
    public String snapshot() {
        throw new UnsupportedOperationException("to come");
    }

    /** A machine that behaves from here on exactly as the one that wrote the snapshot. */
    public static Switchover restore(SwitchoverRules rules, String snapshot) {
        return new Switchover();
    }
}
