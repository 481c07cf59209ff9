package org.tandemgw.gateway.recovery;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tandemgw.gateway.journal.JournalRecord;

/**
 * What a mark in the journal of an ACD says of a switchover; two for each that makes another server the active one.
 *
 * @param epoch of the attempt
 * @param decision its number
 * @param from the server that was in control; null: none was known
 * @param to the one that takes over
 * @param began when the attempt began, where the mark was written later, after a restart; null: as it was written
 */
public record SwitchMark(What what, long epoch, long decision, String from, String to, Instant began) {
    /** The word of such marks in the journal. */
    public static final String WORD = "switch";

    /** No server can be called so. */
    private static final String NOBODY = "-";

    private static final Pattern TEXT = Pattern.compile(
            "(commence|switched): epoch ([0-9]{1,18}), decision ([0-9]{1,18}), (\\S+) to (\\S+?)(?:, late: it began (\\S+))?");

    /** Which of the two. */
    public enum What {
        /** The attempt begins: what is in flight now is what this switch is about. */
        COMMENCE,
        /** Its server is the active one now, also where that could not be told to start: segments and intervals split here. */
        SWITCHED
    }

    /** One that is written in time. */
    public SwitchMark(What what, long epoch, long decision, String from, String to) {
        this(what, epoch, decision, from, to, null);
    }

    /** What this record says of a switchover; null if it is no such mark. */
    public static SwitchMark of(JournalRecord record) {
        final String text = record.textOfMark(WORD);
        return text == null ? null : parse(text);
    }

    /** The opposite of {@link #text}; null if it is no such text. */
    static SwitchMark parse(String text) {
        final Matcher said = TEXT.matcher(text);
        try {
            return !said.matches()
                    ? null
                    : new SwitchMark(
                            What.valueOf(said.group(1).toUpperCase(Locale.ROOT)),
                            Long.parseLong(said.group(2)),
                            Long.parseLong(said.group(3)),
                            said.group(4).equals(NOBODY) ? null : said.group(4),
                            said.group(5),
                            said.group(6) == null ? null : Instant.parse(said.group(6)));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The mark's text: for people, and to be read again by programs. */
    public String text() {
        return what.name().toLowerCase(Locale.ROOT) + ": epoch " + epoch + ", decision " + decision + ", "
                + (from == null ? NOBODY : from) + " to " + to + (began == null ? "" : ", late: it began " + began);
    }

    /** The other one of the same attempt. */
    public SwitchMark as(What other) {
        return new SwitchMark(other, epoch, decision, from, to);
    }

    /** The same of an attempt that began before it can be written. */
    public SwitchMark late(Instant then) {
        return new SwitchMark(what, epoch, decision, from, to, then);
    }

    /** Whether both say the same, whenever they were written. */
    public boolean says(SwitchMark other) {
        return other != null && late(null).equals(other.late(null));
    }
}
