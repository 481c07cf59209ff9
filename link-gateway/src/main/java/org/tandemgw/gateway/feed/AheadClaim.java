package org.tandemgw.gateway.feed;

/**
 * A server was refused because it claimed to have what this generation of the journal did not hold, or what it was never fed of it. It
 * stands, over restarts too, until the server shows with a login that it goes on with this history, an operator acknowledges it, or another
 * generation begins: that the journal has grown as long meanwhile does not make it the server's.
 *
 * @param had the last sequence that the journal truly had when it was first refused, and that the server may have of it
 * @param neverFed this generation was never fed to it by then, so that a login at 0 begins with it as one at 1 does
 * @param what why it was refused
 */
public record AheadClaim(long had, boolean neverFed, String what) {
    /** Whether a login continues this history all the same: from its beginning, or knowingly where the claim proves nothing. */
    boolean allows(long asked, boolean named) {
        return asked <= 1 || named && asked <= had + 1;
    }

    /** What to tell the client. */
    String refusal(String session) {
        return "refused as ahead before, and what " + session + " has grown by since is not what you have: " + what
                + ". Log in at 1 to take everything anew"
                + (neverFed ? ", at 0 to begin with what comes next" : "")
                + (had > 0 ? ", or to session " + session + " at " + (had + 1) + " or below after comparing" : "")
                + "; or have the alarm serverAhead acknowledged";
    }

    /** What to tell operators. */
    public String alarm() {
        return what
                + "; it is refused above 1, also when the journal has grown as long, until it logs in at 1"
                + (neverFed ? " or 0" : "") + " or this alarm is acknowledged"
                + (neverFed ? ". Was the data folder lost, moved or not mounted?" : "");
    }
}
