package org.tandemgw.gateway.action;

import java.util.List;

/**
 * How a run of a program ended.
 *
 * @param kind whether there is a status at all
 * @param status its exit status; 128 and the signal's number if a signal ended it; -1 without
 * @param firstLines the beginning of what it wrote
 * @param said its last line, or why it did not end by itself
 */
public record ProgramEnd(Kind kind, int status, List<String> firstLines, String said) {
    private static final int CANNOT_EXECUTE = 126;
    private static final int NOT_FOUND = 127;
    private static final int SIGNALS = 128;
    private static final int LAST_SIGNAL = 128 + 31;

    /** How far it came. */
    public enum Kind {
        /** It ended by itself, or somebody else ended it. */
        EXITED,
        /** It took too long and was killed, with everything it had started. */
        TIMED_OUT,
        /** It cannot be run on this machine. */
        NOT_STARTED
    }

    /** Copies the lines. */
    public ProgramEnd {
        firstLines = List.copyOf(firstLines);
    }

    /** True if it ended with status 0. */
    public boolean ok() {
        return kind == Kind.EXITED && status == 0;
    }

    /** True if the end tells of this machine and not of what the program was asked about: it, or a program that it calls, is not here, or a signal ended it. */
    public boolean isOurTrouble() {
        return kind == Kind.NOT_STARTED
                || status == CANNOT_EXECUTE
                || status == NOT_FOUND
                || status > SIGNALS && status <= LAST_SIGNAL;
    }

    /** The status and the last line in words. */
    public String inWords() {
        if (kind != Kind.EXITED) {
            return said;
        }
        final String how = status > SIGNALS && status <= LAST_SIGNAL
                ? "ended by signal " + (status - SIGNALS)
                : "exit status " + status;
        return said.isEmpty() ? how : how + ": " + said;
    }
}
