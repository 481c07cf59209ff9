package org.tandemgw.abswitch.emulator;

/** What is wrong with the box as a whole, set over the control channel. Faults of single cards are the card's. */
final class BoxFaults {
    /** What a TCP connection gets while another one is up. */
    enum Second {
        /** Nobody listens. */
        REFUSE,
        /** It is accepted and closed. */
        CLOSE,
        /** It is accepted and never answered. */
        MUTE,
        /** It is served like the first. */
        SERVE
    }

    /** When the box closes the TCP connection by itself. */
    enum Closing {
        /** Not at all. */
        NEVER,
        /** Before the CR: the command is not carried out. */
        BEFORE,
        /** At the CR: it is carried out, the answer never comes. */
        DURING,
        /** When it has been carried out, in place of the answer. */
        AFTER
    }

    Second second = Second.CLOSE;
    Closing closing = Closing.NEVER;
    /** It does that once. */
    boolean closesOnce;
    /** Acts and says nothing. */
    boolean silent;
    /** Does nothing and says nothing. */
    boolean deaf;
    /** Answers BUSY and does nothing. */
    boolean busy;
    /** Loses what comes while a command runs; else it waits its turn. */
    boolean dropsWhileBusy;
    /** Sends the first half of an answer only. */
    boolean cutsReplies;
    /** The line runs at another speed: what arrives is noise, both ways. */
    boolean garbles;
    /** So many bytes of noise before each answer. */
    int garbageBytes;
    /** Answers come so much later. */
    int delayMs;
    /** The next answer comes so much later, and the one after it need not wait for it. */
    int delayOnceMs;
    /** Queries are answered with what was last commanded, whatever the relays did. */
    boolean queriesLie;
    /** A command to all cards ends before this slot; 0: it does not. */
    int allFailsAt;

    /** Whether the box closes now. */
    boolean takeClosing(Closing when) {
        final boolean closes = closing == when;
        if (closes && closesOnce) {
            closing = Closing.NEVER;
        }
        return closes;
    }

    /** How much later the next answer comes. */
    int takeDelayMs() {
        final int once = delayOnceMs;
        delayOnceMs = 0;
        return once > 0 ? once : delayMs;
    }

    /** All is well again. */
    void end() {
        second = Second.CLOSE;
        closing = Closing.NEVER;
        closesOnce = false;
        silent = false;
        deaf = false;
        busy = false;
        dropsWhileBusy = false;
        cutsReplies = false;
        garbles = false;
        queriesLie = false;
        garbageBytes = 0;
        delayMs = 0;
        delayOnceMs = 0;
        allFailsAt = 0;
    }
}
