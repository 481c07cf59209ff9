package org.tandemgw.abswitch;

/**
 * What a job wants next.
 *
 * @param kind which of four things
 * @param card for a frame
 * @param position for a command
 * @param untilNs for a pause
 */
record Ask(Kind kind, int card, String position, long untilNs) {
    enum Kind {
        QUERY,
        COMMAND,
        PAUSE,
        OVER
    }

    static final Ask OVER = new Ask(Kind.OVER, 0, null, 0);

    static Ask query(int card) {
        return new Ask(Kind.QUERY, card, null, 0);
    }

    static Ask command(int card, String position) {
        return new Ask(Kind.COMMAND, card, position, 0);
    }

    static Ask pause(long untilNs) {
        return new Ask(Kind.PAUSE, 0, null, untilNs);
    }
}
