package org.tandemgw.abswitch;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/** Reads answers by the profile's patterns. Pure; guesses nothing: what no pattern matches stays unread. */
final class ReplyReader {
    private final BoxRules rules;

    ReplyReader(BoxRules rules) {
        this.rules = rules;
    }

    /**
     * What an answer says.
     *
     * @param card that was asked for
     * @param bytes all that came
     * @param sent the frame, to know its echo
     */
    Reading read(int card, byte[] bytes, byte[] sent) {
        String text = latin(bytes);
        if (rules.replies().echo()) {
            text = text.replace(latin(sent), "\n");
        }
        List<String> lines = lines(text);
        if (lines.isEmpty()) {
            return Reading.of(Reading.Kind.NOTHING);
        }
        List<String> last = lines.subList(lines.size() - 1, lines.size());
        List<String> ended = lines(text.substring(0, lastEnd(text) + 1));
        boolean others = false;
        for (ReplyPattern pattern : rules.replies().patterns()) {
            Reading reading = read(pattern, card, pattern.scope() == ReplyPattern.Scope.WHOLE ? last : ended);
            if (reading != null && reading.kind() != Reading.Kind.OTHER_CARD) {
                return reading;
            }
            others |= reading != null;
        }
        return Reading.of(others ? Reading.Kind.OTHER_CARD : Reading.Kind.UNPARSED);
    }

    /** How many lines that are not blank have ended. */
    static int linesEnded(byte[] bytes) {
        String text = latin(bytes);
        return lines(text.substring(0, lastEnd(text) + 1)).size();
    }

    private Reading read(ReplyPattern pattern, int card, List<String> candidates) {
        Reading found = null;
        for (String candidate : candidates) {
            Matcher match = pattern.regex().matcher(candidate);
            if (!match.matches()) {
                continue;
            }
            Reading said = said(pattern, card, match);
            if (said == null) {
                continue;
            }
            if (found != null
                    && said.position() != null
                    && found.position() != null
                    && !said.position().equals(found.position())) {
                return Reading.of(Reading.Kind.UNPARSED);
            }
            if (found == null || said.position() != null) {
                found = said;
            }
        }
        return found;
    }

    private Reading said(ReplyPattern pattern, int card, Matcher match) {
        return switch (pattern.meaning()) {
            case BUSY -> new Reading(Reading.Kind.BUSY, null, pattern.name());
            case PASSWORD_WRONG -> new Reading(Reading.Kind.PASSWORD_WRONG, null, pattern.name());
            case ERROR -> new Reading(Reading.Kind.ERROR, null, pattern.name());
            case POSITION -> position(pattern, card, match);
        };
    }

    private Reading position(ReplyPattern pattern, int card, Matcher match) {
        String word;
        if (pattern.isRow()) {
            String row = match.group("row");
            if (row.length() != rules.lastCard() - rules.firstCard() + 1) {
                return null;
            }
            word = row.substring(card - rules.firstCard(), card - rules.firstCard() + 1);
        } else if (pattern.namesCard() && !names(match.group("card"), card)) {
            return Reading.of(Reading.Kind.OTHER_CARD);
        } else {
            word = match.group("position");
        }
        String position = word == null ? null : rules.replies().words().get(word.toUpperCase(Locale.ROOT));
        return position == null ? null : new Reading(Reading.Kind.POSITION, position, pattern.name());
    }

    private static boolean names(String digits, int card) {
        try {
            return Integer.parseInt(digits) == card;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static List<String> lines(String text) {
        return Stream.of(text.split("[\\r\\n]+"))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static int lastEnd(String text) {
        return Math.max(text.lastIndexOf('\r'), text.lastIndexOf('\n'));
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
