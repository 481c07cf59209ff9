package org.tandemgw.abswitch;

import java.util.regex.Pattern;

/**
 * One form that an answer may have. Patterns are tried in the profile's order; the first that says something of the card asked for
 * wins. A regular expression has to match all of a line, whatever the case of its letters.
 *
 * @param name for people
 * @param evidence what it rests on
 * @param scope what has to match
 * @param meaning what it says
 * @param regex for {@link Meaning#POSITION} with the groups {@code card} and {@code position}, or {@code position} alone where the answer
 *     does not name the card, or {@code row}: one character per card, the first card first
 */
public record ReplyPattern(String name, Evidence evidence, Scope scope, Meaning meaning, Pattern regex) {
    /** What has to match. */
    public enum Scope {
        /** One line with its end; others may stand around it. Half a line is never read: half of BUSY is a position. */
        LINE,
        /** The last line, ended or not: only for answers that have no end and whose length shows that nothing is missing. */
        WHOLE
    }

    /** What an answer says. */
    public enum Meaning {
        /** Where cards are. */
        POSITION,
        /** Come back later. */
        BUSY,
        /** The password is wrong. */
        PASSWORD_WRONG,
        /** Anything else that was refused. */
        ERROR
    }

    /**
     * Compiles.
     *
     * @param name for people
     * @param evidence what it rests on
     * @param scope what has to match
     * @param meaning what it says
     * @param regex as text
     * @return the pattern
     * @throws IllegalArgumentException that names the key, if it cannot be used
     */
    public static ReplyPattern of(String name, Evidence evidence, Scope scope, Meaning meaning, String regex) {
        try {
            return new ReplyPattern(name, evidence, scope, meaning, Pattern.compile(regex, Pattern.CASE_INSENSITIVE));
        } catch (java.util.regex.PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "reply.patterns " + name + ": not a regular expression: " + e.getDescription(), e);
        }
    }

    /** Checks the groups. */
    public ReplyPattern {
        boolean position = regex.pattern().contains("(?<position>");
        boolean row = regex.pattern().contains("(?<row>");
        if (meaning == Meaning.POSITION && position == row) {
            throw new IllegalArgumentException("reply.patterns " + name
                    + ": needs a group (?<position>…), and (?<card>…) if the answer names the card, or else (?<row>…)");
        }
    }

    /** Whether the answer names its card. */
    public boolean namesCard() {
        return regex.pattern().contains("(?<card>");
    }

    /** Whether the answer is one character per card. */
    public boolean isRow() {
        return regex.pattern().contains("(?<row>");
    }
}
