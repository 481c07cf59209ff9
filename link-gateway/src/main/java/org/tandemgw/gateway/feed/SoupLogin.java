package org.tandemgw.gateway.feed;

import java.util.List;

/** Decides what a login gets. Pure: facts in, answer out. The credentials have been found good before. */
final class SoupLogin {
    /**
     * One journal as it stands.
     *
     * @param acd its ACD
     * @param session what servers call it
     * @param oldest the oldest sequence kept
     * @param readable the last sequence that a feed may send
     * @param claim what stands against the server that asks; null if nothing
     * @param shared {@link ServerFeed#FED} if this generation has been fed to the server that asks; else the last sequence that it has in common with
     *     the one that it was restored from, 0 if there is none
     */
    record JournalFacts(String acd, String session, long oldest, long readable, AheadClaim claim, long shared) {
        /** It cannot have anything else of this generation from us. */
        private boolean canHave(LoginRequest request) {
            return shared == ServerFeed.FED
                    || new AheadClaim(shared, true, "")
                            .allows(request.sequence(), !request.session().isEmpty());
        }
    }

    /** What the rest of the house should be told. */
    enum Fact {
        NONE,
        /** The server asked for what is no longer kept: {@code from} to {@code to} are lost to it. */
        LOST,
        /** The server claims to have what this journal never held. */
        AHEAD
    }

    /**
     * The answer.
     *
     * @param index the journal it is about, or -1 if the session named none
     * @param accepted whether the session begins
     * @param start its first sequence
     * @param code the reject code, if not accepted: {@code S}
     * @param text for the debug packet; empty: none is sent
     */
    record Answer(int index, boolean accepted, long start, char code, String text, Fact fact, long from, long to) {}

    private SoupLogin() {}

    /** Journals are in the order of the file: a blank session means the first. */
    static Answer decide(LoginRequest request, List<JournalFacts> journals, boolean continueOnLost) {
        final String session = request.session();
        for (int i = 0; i < journals.size(); i++) {
            final JournalFacts journal = journals.get(i);
            if (session.isEmpty() || session.equals(journal.session())) {
                return sequence(i, request, journal, continueOnLost);
            }
            if (isAnotherGeneration(session, journal.acd())) {
                return ahead(
                        i,
                        "session " + session + " is another generation of " + journal.acd() + "; the present one is "
                                + journal.session());
            }
        }
        final List<String> present =
                journals.stream().map(JournalFacts::session).toList();
        return refuse(-1, "there is no session " + session + "; there are " + String.join(", ", present));
    }

    private static Answer sequence(int index, LoginRequest request, JournalFacts journal, boolean continueOnLost) {
        final long asked = request.sequence();
        final long next = journal.readable() + 1;
        final long oldest = journal.oldest();
        if (asked < 0) {
            return refuse(index, "the requested sequence is not a number");
        }
        if (asked == 0) {
            return new Answer(index, true, next, ' ', "", Fact.NONE, 0, 0);
        }
        if (asked > next) {
            return ahead(
                    index,
                    "sequence " + asked + " is beyond the end of " + journal.session() + "; the next one is " + next);
        }
        final AheadClaim claim = journal.claim();
        if (claim != null && !claim.allows(asked, !request.session().isEmpty())) {
            return refuse(index, claim.refusal(journal.session()));
        }
        if (!journal.canHave(request)) {
            return ahead(
                    index,
                    "sequence " + asked + " of " + journal.session()
                            + ": this generation was never fed to the server, so that the records which it has before "
                            + asked + " are not of this journal");
        }
        if (asked == 1 || asked >= oldest) {
            return new Answer(index, true, Math.max(asked, oldest), ' ', "", Fact.NONE, 0, 0);
        }
        final String text = FeedDesk.noLongerKept(asked, journal.session(), oldest);
        return new Answer(
                index, continueOnLost, oldest, continueOnLost ? ' ' : 'S', text, Fact.LOST, asked, oldest - 1);
    }

    static String notToBeHadNow(long start, String session, String range) {
        return "sequence " + start + " of " + session + " could not be gone to, though " + range
                + " are kept; try again";
    }

    private static boolean isAnotherGeneration(String session, String acd) {
        return session.equals(acd)
                || session.startsWith(acd + ".")
                        && session.substring(acd.length() + 1).matches("[1-9][0-9]{0,8}");
    }

    private static Answer ahead(int index, String text) {
        return new Answer(index, false, 0, 'S', text, Fact.AHEAD, 0, 0);
    }

    private static Answer refuse(int index, String text) {
        return new Answer(index, false, 0, 'S', text, Fact.NONE, 0, 0);
    }
}
