package org.tandemgw.recovery;

/**
 * How much is sure. A turn begins with each gap and each list; rows carry the turn in which they were last told of, so a gap makes a
 * million calls unsure by raising one number.
 *
 * <pre>
 *   … gap ──── n ──── list began ── n+1: listed │ n+2: told of otherwise ── all listed: below n+1 has ended
 * </pre>
 */
final class Turns {
    int turn = 1;
    int gapTurn = 1;
    int listTurn;
    int completeTurn;
    boolean callsOpen;
    boolean agentsOpen;

    /** False: at the end of the last list somebody was on a call whose leg nobody knows. */
    boolean placed = true;

    void gap() {
        gapTurn = ++turn;
        callsOpen = false;
        agentsOpen = false;
    }

    void listBegan() {
        turn += 2;
        listTurn = turn - 1;
        callsOpen = true;
        agentsOpen = true;
    }

    /** Stands for what the present list says and may be over since; never the turn of a list. */
    int perhaps() {
        return listTurn + 1;
    }

    void callsListed() {
        callsOpen = false;
        completeTurn = listTurn;
    }

    /** Since the last gap the calls have not been listed, so there may be some that are not known. */
    boolean incomplete() {
        return completeTurn < gapTurn;
    }

    int stamp(CallEvent event) {
        return event.listed() ? listTurn : turn;
    }

    boolean unsure(int stamp) {
        return stamp < gapTurn;
    }

    boolean notListed(int stamp) {
        return stamp < listTurn;
    }

    /** What was told since the list began is newer than what the list says. */
    boolean newerThanList(int stamp) {
        return stamp > listTurn;
    }
}
