package org.tandemgw.gateway.trunks;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import org.tandemgw.abswitch.ReplyPattern;
import org.tandemgw.abswitch.ReplyRules;

/** Which pattern of the profile fits an answer: for the person who has to find out whether the profile is right. Pure. */
final class MatchedPattern {
    private MatchedPattern() {}

    /** One phrase; says so if none fits. */
    static String of(ReplyRules rules, String received) {
        final List<String> all = lines(received);
        if (all.isEmpty()) {
            return "no answer";
        }
        // As the driver reads: half a line says nothing, but to patterns that need no end.
        final List<String> ended =
                lines(received.substring(0, Math.max(received.lastIndexOf('\r'), received.lastIndexOf('\n')) + 1));
        for (final ReplyPattern pattern : rules.patterns()) {
            final boolean last = pattern.scope() == ReplyPattern.Scope.WHOLE;
            for (final String line : last ? all.subList(all.size() - 1, all.size()) : ended) {
                final Matcher matcher = pattern.regex().matcher(line);
                if (matcher.matches()) {
                    return phrase(rules, pattern, matcher);
                }
            }
        }
        return "no pattern of the profile fits";
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private static String phrase(ReplyRules rules, ReplyPattern pattern, Matcher matched) {
        final String name =
                "pattern " + pattern.name() + " (" + pattern.evidence().name().toLowerCase(Locale.ROOT) + ")";
        if (pattern.meaning() != ReplyPattern.Meaning.POSITION) {
            return name + ": "
                    + pattern.meaning().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
        if (pattern.isRow()) {
            return name + ": one character per card";
        }
        final String word = matched.group("position");
        final String position = rules.words().get(word.toUpperCase(Locale.ROOT));
        return name + (pattern.namesCard() ? ": card " + matched.group("card") : ":") + " "
                + (position == null ? "'" + word + "', a word that the profile does not know" : "at " + position);
    }
}
