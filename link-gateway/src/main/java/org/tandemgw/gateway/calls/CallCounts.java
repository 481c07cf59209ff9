package org.tandemgw.gateway.calls;

import java.util.List;

/**
 * The calls of several ACDs, counted.
 *
 * @param known false if one of them tells of no calls, or its table is kept no more, or not read to the end yet: then the numbers are too low
 * @param sure whether it is known that there are these and no others
 * @param fault why a table is kept no more; empty if none is
 * @param refusedQuestions that were not taken, because too many waited or a table is not kept
 * @param listsGivenUp because the table did not take them in time, or because of an item that was too long
 * @param diskErrors how often the disk did not do what it should for a table
 * @param countedTogether how often interval statistics counted something with others of its kind
 * @param undecoded how many frames and items of lists the program failed to read
 */
public record CallCounts(
        boolean known,
        boolean sure,
        long inFlight,
        long waiting,
        long agents,
        String fault,
        long refusedQuestions,
        long listsGivenUp,
        long diskErrors,
        long countedTogether,
        long undecoded) {
    /** Of these tables. */
    public static CallCounts of(List<CallKeeper> keepers) {
        boolean known = true;
        boolean sure = true;
        long inFlight = 0;
        long waiting = 0;
        long agents = 0;
        String fault = "";
        long refusedQuestions = 0;
        long listsGivenUp = 0;
        long diskErrors = 0;
        long countedTogether = 0;
        long undecoded = 0;
        for (final CallKeeper keeper : keepers) {
            known &= keeper.upToDate();
            sure &= keeper.inFlight() != CallKeeper.UNKNOWN;
            inFlight += keeper.known();
            waiting += keeper.waiting();
            agents += keeper.agents();
            fault = fault.isEmpty() ? keeper.fault() : fault;
            refusedQuestions += keeper.refusedQuestions();
            listsGivenUp += keeper.listsGivenUp();
            diskErrors += keeper.diskErrors();
            countedTogether += keeper.countedTogether();
            undecoded += keeper.undecoded();
        }
        return new CallCounts(
                known,
                sure,
                inFlight,
                waiting,
                agents,
                fault,
                refusedQuestions,
                listsGivenUp,
                diskErrors,
                countedTogether,
                undecoded);
    }
}
