package org.tandemgw.gateway.dialect.ami;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Asks for the lists that tell how things stand, one after the other, and counts what they hold. A list ends with its own end, with a refusal, or when the
 * ACD has told nothing more of it for as long as two keep-alives take: then the next one is asked for.
 */
final class AmiSnapshot {
    private static final byte[] RESPONSE = AmiLines.name("Response");
    private static final byte[] EVENT = AmiLines.name("Event");
    private static final byte[] ACTION_ID = AmiLines.name("ActionID");
    private static final byte[] EVENT_LIST = AmiLines.name("EventList");
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

    AmiSnapshot(List<String> actions) {
        this.actions = List.copyOf(actions);
        this.underWay = !actions.isEmpty();
    }

    /** The next list to ask for, with this ActionID; null if that was all. */
    String next(String actionId) {
        overdue = 0;
        if (asked == actions.size()) {
            underWay = false;
            id = new byte[0];
            return null;
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
            return true;
        }
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
