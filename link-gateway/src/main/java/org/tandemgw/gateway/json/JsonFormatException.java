package org.tandemgw.gateway.json;

/** A text is not the JSON that was expected. The message is for people. */
public final class JsonFormatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What was expected, and what came. */
    public JsonFormatException(String message) {
        super(message);
    }
}
