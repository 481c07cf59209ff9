package org.tandemgw.gateway.dialect.ami;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tandemgw.gateway.leg.LegSession;

/**
 * Asks for the lists that tell how things stand, one after the other, hands on what they hold, and counts it. A list ends with its own end, with a refusal, or when the
 * ACD has told nothing more of it for as long as two keep-alives take: then the next one is asked for.
 */
final class AmiSnapshot {
    private static final byte[] RESPONSE = AmiLines.name("Response");
    private static final byte[] EVENT = AmiLines.name("Event");
    private static final byte[] ACTION_ID = AmiLines.name("ActionID");
    private static final byte[] EVENT_LIST = AmiLines.name("EventList");
    private static final byte[] LIST_ITEMS = AmiLines.name("ListItems");
    private static final String CALLS = "CoreShowChannels";
    private static final String AGENTS = "QueueStatus";
    private static final byte[] ERROR = AmiMessage.latin("Error");
    private static final byte[] COMPLETE = AmiMessage.latin("Complete");
    /** An ACD has a dozen kinds of list items; more are counted together. */
    private static final int KINDS = 32;

    private final List<String> actions;
    private final AmiLines lines = new AmiLines();
    private final Map<String, Integer> items = new TreeMap<>();
    private volatile boolean underWay;
    private int asked;
    private int refused;
    private int abandoned;
    private int overdue;
    private byte[] id = new byte[0];
    private LegSession.Listing listing;
    private final Set<String> whole = new HashSet<>();
    private long itemsOfThis;

    AmiSnapshot(List<String> actions) {
        this.actions = List.copyOf(actions);
        this.underWay = !actions.isEmpty();
    }

    void goesTo(LegSession.Listing to) {
        listing = to;
    }

    /** Begins anew; false if it is under way, or there is nothing to ask for. */
    boolean again() {
        if (underWay || actions.isEmpty()) {
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

    /** The next list to ask for, with this ActionID; null if that was all. */
    String next(String actionId) {
        overdue = 0;
        itemsOfThis = 0;
        if (asked == actions.size()) {
            if (underWay) {
                listing.ended(whole.contains(CALLS), whole.contains(AGENTS));
            }
            underWay = false;
            id = new byte[0];
            return null;
        }
        if (asked == 0) {
            listing.began();
        }
        id = AmiMessage.latin(actionId);
        return actions.get(asked++);
    }

    /** Whether a list was begun and did not end. Any thread. */
    boolean isUnderWay() {
        return underWay;
    }

    /** A keep-alive is due. True if a list has not got on since the one before the last. */
    boolean isOverdue() {
        if (underWay && ++overdue > 2) {
            abandoned++;
            return true;
        }
        return false;
    }

    /** An answer or a list item. True if the present list ends with it. */
    boolean heard(byte[] buffer, int offset, int length) {
        if (!underWay) {
            return false;
        }
        boolean ours = false;
        boolean response = false;
        boolean error = false;
        boolean complete = false;
        long told = -1;
        String event = "";
        lines.over(buffer, offset, length);
        while (lines.next()) {
            if (lines.isNamed(RESPONSE)) {
                response = true;
                error = lines.valueIs(ERROR);
            } else if (event.isEmpty() && lines.isNamed(EVENT)) {
                event = lines.value();
            } else if (lines.isNamed(ACTION_ID)) {
                ours = lines.valueIs(id);
            } else if (lines.isNamed(EVENT_LIST)) {
                complete = lines.valueIs(COMPLETE);
            } else if (lines.isNamed(LIST_ITEMS)) {
                told = lines.number();
            }
        }
        if (!ours) {
            return false;
        }
        overdue = 0;
        if (response) {
            refused += error ? 1 : 0;
            return error;
        }
        // Old releases mark the end of a list by its name alone.
        if (complete || event.endsWith("Complete")) {
            if (itemsOfThis >= told) {
                whole.add(actions.get(asked - 1));
            }
            return true;
        }
        itemsOfThis++;
        listing.item(buffer, offset, length);
        items.merge(items.containsKey(event) || items.size() < KINDS ? event : "others", 1, Integer::sum);
        return false;
    }

    /** What came, in numbers. */
    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder("the ACD told how things stand:");
        items.forEach((item, count) -> text.append(' ')
                .append(count)
                .append(' ')
                .append(item.replaceAll("[^A-Za-z0-9]", "?"))
                .append(','));
        text.append(items.isEmpty() ? " nothing," : "");
        text.append(refused == 0 ? "" : " " + refused + " lists refused,");
        text.append(abandoned == 0 ? "" : " " + abandoned + " lists without an end,");
        return text.substring(0, text.length() - 1);
    }
}
