package org.tandemgw.gateway.recovery;

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
 */
public record SwitchMark(What what, long epoch, long decision, String from, String to) {
    /** The word of such marks in the journal. */
    public static final String WORD = "switch";

    /** No server can be called so. */
    private static final String NOBODY = "-";

    private static final Pattern TEXT =
            Pattern.compile("(commence|switched): epoch ([0-9]{1,18}), decision ([0-9]{1,18}), (\\S+) to (\\S+)");

    /** Which of the two. */
    public enum What {
        /** The attempt begins: what is in flight now is what this switch is about. */
        COMMENCE,
        /** Its server is the active one now, also where that could not be told to start: segments and intervals split here. */
        SWITCHED
    }

    /** What this record says of a switchover; null if it is no such mark. */
    public static SwitchMark of(JournalRecord record) {
        final String text = record.textOfMark(WORD);
        return text == null ? null : parse(text);
    }

    /** The opposite of {@link #text}; null if it is no such text. */
    static SwitchMark parse(String text) {
        final Matcher said = TEXT.matcher(text);
        return !said.matches()
                ? null
                : new SwitchMark(
                        What.valueOf(said.group(1).toUpperCase(Locale.ROOT)),
                        Long.parseLong(said.group(2)),
                        Long.parseLong(said.group(3)),
                        said.group(4).equals(NOBODY) ? null : said.group(4),
                        said.group(5));
    }

    /** The mark's text: for people, and to be read again by programs. */
    public String text() {
        return what.name().toLowerCase(Locale.ROOT) + ": epoch " + epoch + ", decision " + decision + ", "
                + (from == null ? NOBODY : from) + " to " + to;
    }

    /** The other one of the same attempt. */
    public SwitchMark as(What other) {
        return new SwitchMark(other, epoch, decision, from, to);
    }
}
