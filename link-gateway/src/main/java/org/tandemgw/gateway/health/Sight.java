package org.tandemgw.gateway.health;

/** What one look found. */
public enum Sight {
    /** It answered, and is well. */
    ANSWERED("answered"),
    /** Hard evidence: its machine refused the connection. */
    REFUSED("refused"),
    /** Hard evidence: its machine ended the connection. */
    RESET("reset"),
    /** Hard evidence: it answered that it is not well, such as http 503. */
    WRONG("wrong"),
    /** Silence: nothing came in time. */
    SILENT("silent"),
    /** Silence: the network says that there is no way. */
    UNREACHABLE("unreachable"),
    /** Counts like silence: a program of ours that asks about it has failed, which may be the network as well. */
    FAILED("failed"),
    /** Says nothing about the server: we could not ask, for a reason of our own. */
    NOT_ASKED("not-asked");

    private final String word;

    Sight(String word) {
        this.word = word;
    }

    /** It answered, and is well. */
    public boolean answered() {
        return this == ANSWERED;
    }

    /** The other side itself said no. */
    public boolean hard() {
        return this == REFUSED || this == RESET || this == WRONG;
    }

    /** The other side itself said nothing: it may be the network. */
    public boolean silence() {
        return this == SILENT || this == UNREACHABLE || this == FAILED;
    }

    /** Something came from the other side, whatever it was. */
    public boolean reached() {
        return answered() || hard();
    }

    /** The word in event lines and records. */
    @Override
    public String toString() {
        return word;
    }
}
