package org.tandemgw.gateway.switchover;

/** Events as lines of text, and back, exactly. */
public final class EventText {
    private EventText() {}

    /** One line without its end. */
    public static String write(Event event) {
        throw new UnsupportedOperationException("to come");
    }

    /**
     * The event that was written.
     *
     * @throws IllegalArgumentException that names what cannot be read
     */
    public static Event read(String line) {
        throw new UnsupportedOperationException("to come");
    }
}
