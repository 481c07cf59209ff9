package org.tandemgw.gateway.cli;

import java.util.function.IntSupplier;
import org.tandemgw.gateway.control.Answer;
import org.tandemgw.gateway.json.JsonRecords;

/** A verb ends without success, for a reason that its user can understand. Becomes one or two lines and the exit status. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String remedy;

    private Refusal(int status, String message, String remedy) {
        super(message, null, false, false);
        this.status = status;
        this.remedy = remedy;
    }

    /** It was asked well, and the answer is no. {@code remedy} may be null. */
    static Refusal no(String message, String remedy) {
        return new Refusal(1, message, remedy);
    }

    /** It was not asked well, or the configuration is not good. {@code remedy} may be null. */
    static Refusal usage(String message, String remedy) {
        return new Refusal(2, message, remedy);
    }

    /**
     * Carries out what may be refused. Programs read the refusal on standard output, {@code {"ok":false,"message":…,"remedy":…}}, and
     * people on standard error.
     */
    static int told(Console console, boolean json, IntSupplier body) {
        try {
            return body.getAsInt();
        } catch (Refusal e) {
            if (json) {
                console.out().println(JsonRecords.write(Answer.refused(e.getMessage(), e.remedy)));
            }
            throw e;
        }
    }

    int status() {
        return status;
    }

    String remedy() {
        return remedy;
    }
}
