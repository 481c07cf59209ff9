package org.tandemgw.gateway.dialect.esl;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.tandemgw.gateway.leg.LegSession;

/**
 * The lists that tell how things stand, one after the other. One is over with its answer, with a refusal, or when the
 * ACD has told nothing more of it for as long as two keep-alives take: then the next one is asked for.
 */
final class EslSnapshot {
    private static final String CALLS = "show channels as json";
    private static final String AGENTS = "callcenter_config agent list";

    private final List<String> lists;
    private final EslRows rows = new EslRows(this::item);
    private final TreeMap<String, Integer> items = new TreeMap<>();
    private final Set<String> whole = new HashSet<>();
    private volatile boolean underWay;
    private LegSession.Listing listing;
    private int asked;
    private int refused;
    private int abandoned;
    private int overdue;

    EslSnapshot(List<String> lists) {
        this.lists = List.copyOf(lists);
        this.underWay = !lists.isEmpty();
    }

    void goesTo(LegSession.Listing to) {
        listing = to;
    }

    /** Begins anew; false if it is under way, or there is nothing to ask for. */
    boolean again() {
        if (underWay || lists.isEmpty()) {
            return false;
        }
        underWay = true;
        asked = 0;
        refused = 0;
        abandoned = 0;
        items.clear();
        whole.clear();
        return true;
    }

    /** The next list to ask for; null if that was all. */
    String next() {
        overdue = 0;
        rows.begin();
        if (asked == lists.size()) {
            if (underWay) {
                listing.ended(whole.contains(CALLS), whole.contains(AGENTS));
            }
            underWay = false;
            return null;
        }
        if (asked == 0) {
            listing.began();
        }
        return lists.get(asked++);
    }

    /** Whether a list was begun and did not end. Any thread. */
    boolean isUnderWay() {
        return underWay;
    }

    /** How many were asked for. */
    int asked() {
        return asked;
    }

    /** A keep-alive is due. True if a list has not got on since the one before the last. */
    boolean isOverdue() {
        if (underWay && ++overdue > 2) {
            abandoned++;
            return true;
        }
        return false;
    }

    /** A piece of the answer to the present list. */
    void heard(byte[] buffer, int offset, int length) {
        overdue = 0;
        rows.take(buffer, offset, length);
    }

    /** That was the whole answer. */
    void answered() {
        rows.end();
        if (rows.refused()) {
            refused++;
        } else if (rows.whole()) {
            whole.add(lists.get(asked - 1));
        }
    }

    /** It was not even answered as a list is. */
    void denied() {
        refused++;
    }

    private void item(byte[] item) {
        listing.item(item, 0, item.length);
        items.merge(lists.get(asked - 1), 1, Integer::sum);
    }

    /** What came, in numbers. */
    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder("the ACD told how things stand:");
        items.forEach((list, count) ->
                text.append(' ').append(count).append(" of ").append(list).append(','));
        text.append(items.isEmpty() ? " nothing," : "");
        text.append(refused == 0 ? "" : " " + refused + " lists refused,");
        text.append(abandoned == 0 ? "" : " " + abandoned + " lists without an end,");
        return text.substring(0, text.length() - 1);
    }
}
