package org.tandemgw.profiles;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.tandemgw.profiles.SwitchProfile.Meaning;
import org.tandemgw.profiles.SwitchProfile.ReplyPattern;
import org.tandemgw.profiles.yaml.Section;

/** Reads {@code reply} of a trunk switch's profile: the only place of a profile that says what an answer means. */
final class SwitchReplyReader {

    private static final int MOST_PATTERNS = 32;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final Pattern POSITION = Pattern.compile("[A-Z][A-Z0-9_-]{0,19}|" + SwitchProfile.ABSENT);
    private static final String SINGLE_QUOTES = "write a regular expression in single quotes, like 'BUSY'";

    private final Section section;
    private final SwitchProfile.Cards cards;

    SwitchReplyReader(Section section, SwitchProfile.Cards cards) {
        this.section = section;
        this.cards = cards;
    }

    SwitchProfile.Reply read() {
        section.require("patterns", "words");
        return new SwitchProfile.Reply(
                patterns(),
                words(section.section("words")),
                (int) section.number("lines", 0, 0, 1_000),
                (int) section.sizeBytes("limit", 4_096, 16, 65_536),
                section.flag("echo", false),
                section.flag("to-commands", true),
                section.flag("aggregate-status-trusted", false),
                SwitchProfileReader.evidence(section));
    }

    private List<ReplyPattern> patterns() {
        List<ReplyPattern> patterns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        List<Section> sections = section.sections("patterns");
        for (Section each : sections) {
            each.require("name", "match");
            String name = each.text("name", null, NAME, "lower-case letters, digits and hyphens, at most 40");
            Pattern match = each.value("match", null, SwitchReplyReader::expression, SINGLE_QUOTES);
            ReplyPattern pattern = new ReplyPattern(
                    name,
                    SwitchProfileReader.evidence(each),
                    each.word("per", Per.class, Per.LINE) == Per.REPLY,
                    each.word("means", Meaning.class, Meaning.POSITION),
                    match);
            if (name != null && !names.add(name)) {
                each.reject("name", "is the name of another pattern too", "choose another");
            } else if (name != null && match != null && isUsable(each, pattern)) {
                patterns.add(pattern);
            }
        }
        if (sections.size() > MOST_PATTERNS) {
            section.reject("patterns", "has more than " + MOST_PATTERNS + " patterns", "shorten it");
        }
        return patterns;
    }

    private boolean isUsable(Section each, ReplyPattern pattern) {
        boolean row = pattern.match().pattern().contains("(?<row>");
        boolean position = pattern.match().pattern().contains("(?<position>");
        if (pattern.means() != Meaning.POSITION) {
            return true;
        }
        if (row == position) {
            each.reject(
                    "match",
                    "has "
                            + (row
                                    ? "both a group row and a group position"
                                    : "neither a group position nor a group row"),
                    "write (?<position>…), with (?<card>…) where the box says it, or (?<row>…) with one character per card");
            return false;
        }
        if (row && cards.first() == cards.last()) {
            each.reject("match", "has a group row, but there is only one card", "write (?<position>…)");
            return false;
        }
        return true;
    }

    private static Map<String, String> words(Section section) {
        Map<String, String> words = new LinkedHashMap<>();
        for (String word : section.names()) {
            String position = section.text(
                    word, null, POSITION, "write A, B, " + SwitchProfile.ABSENT + ", or another position in capitals");
            if (position != null && words.put(word.toUpperCase(Locale.ROOT), position) != null) {
                section.reject(word, "is there twice: letters in any case are the same word", "keep one");
            }
        }
        if (section.present() && !(words.containsValue("A") && words.containsValue("B"))) {
            section.reject("names no word for A, or none for B", "without both no move can be proved");
        }
        return words;
    }

    private static Pattern expression(String text) {
        try {
            return Pattern.compile(text, Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("is no regular expression: " + e.getDescription(), e);
        }
    }

    private enum Per {
        LINE,
        REPLY
    }
}
