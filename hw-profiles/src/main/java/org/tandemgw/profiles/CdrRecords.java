package org.tandemgw.profiles;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What stands where in the records of a feed of call details (CDR), and what of it means what. Data only; made by HwProfiles,
 * read by the codec, the decoder of calls and the emulator. Immutable.
 *
 * @param items in order, as the ACD's own form lists them
 * @param circuits in which order the three digits of a circuit are written
 * @param dateOrder in which order month and day are written
 * @param dateForm how a date record is written
 * @param sessionDates which date records belong to one leg's session
 * @param timeZone by whose clock the times of records are; empty: they are not used, and what came last ended when it came
 * @param noCall condition codes of records that tell of no call of their own
 * @param unanswered condition codes of calls that nobody answered
 * @param notCompared items that differ between the two outputs
 */
public record CdrRecords(
        List<Item> items,
        Circuits circuits,
        DateOrder dateOrder,
        DateForm dateForm,
        SessionDates sessionDates,
        Optional<ZoneId> timeZone,
        Set<String> noCall,
        Set<String> unanswered,
        Set<String> notCompared) {

    /** The most items that a record may have: more than any of the forms known. */
    static final int MOST_ITEMS = 128;

    private static final String RETURN = "return";
    private static final String LINE_FEED = "line-feed";
    private static final String NULL = "null";

    /** Copies what is given. */
    public CdrRecords {
        items = List.copyOf(items);
        noCall = Set.copyOf(noCall);
        unanswered = Set.copyOf(unanswered);
        notCompared = Set.copyOf(notCompared);
    }

    /** @return the item of that name which comes first, if there is one */
    public Optional<Item> item(String name) {
        return items.stream().filter(item -> item.name().equals(name)).findFirst();
    }

    /** @return the columns, from 0, of line feeds that stand within a record and do not end it */
    public int[] innerLineFeeds() {
        int last = items.stream()
                .filter(CdrRecords::feeds)
                .mapToInt(Item::from)
                .max()
                .orElse(0);
        return items.stream()
                .filter(item -> feeds(item) && item.from() < last)
                .mapToInt(Item::from)
                .toArray();
    }

    /** @return where the text of a record ends and what ends it begins */
    public int textLength() {
        int length = 0;
        for (Item item : items) {
            if (!isEnd(item)) {
                length = item.to();
            }
        }
        return length;
    }

    /** @return what ends a record: its last items, carriage return, line feed and NULs, as bytes */
    public byte[] ending() {
        int from = textLength();
        int to = items.get(items.size() - 1).to();
        byte[] ending = new byte[to - from];
        for (Item item : items) {
            if (item.from() >= from && !item.name().equals(NULL)) {
                ending[item.from() - from] = (byte) (item.name().equals(RETURN) ? '\r' : '\n');
            }
        }
        return ending;
    }

    private static boolean feeds(Item item) {
        return item.name().equals(LINE_FEED);
    }

    private static boolean isEnd(Item item) {
        return feeds(item) || item.name().equals(RETURN) || item.name().equals(NULL);
    }

    /**
     * What stands in some columns of a record.
     *
     * @param name as the ACD's form names it
     * @param from the first column, counted from 0
     * @param width how many columns
     */
    public record Item(String name, int from, int width) {

        /** @return the column behind it */
        public int to() {
            return from + width;
        }
    }

    /** How the three digits of a circuit are written. */
    public enum Circuits {
        /** As they are read. */
        HUNDREDS_TENS_UNITS,
        /** Circuit 123 is written 231. */
        TENS_UNITS_HUNDREDS
    }

    /** How month and day are written. */
    public enum DateOrder {
        /** 1121. */
        MONTH_FIRST,
        /** 2111. */
        DAY_FIRST
    }

    /** How a date record is written. */
    public enum DateForm {
        /** 1121. */
        CLOSED,
        /** 11 21. */
        SPACED
    }

    /** Which date records belong to one leg's session, and not to the stream. */
    public enum SessionDates {
        /** The one that comes first on a connection. */
        FIRST,
        /** Each. */
        ALL,
        /** None. */
        NONE
    }
}
