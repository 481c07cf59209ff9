package org.tandemgw.gateway.control;

/**
 * What became of an operator's request.
 *
 * @param ok true if it was carried out
 * @param message one sentence: what was done, or why not
 * @param remedy what to do instead, where something can be done; else null
 */
public record Answer(boolean ok, String message, String remedy) implements Told {
    /** Carried out. */
    public static Answer done(String message) {
        return new Answer(true, message, null);
    }

    /** Not carried out; nothing has changed. */
    public static Answer refused(String message, String remedy) {
        return new Answer(false, message, remedy);
    }
}
