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
        final String whole = received.replaceAll("^[\\r\\n\\x00]+|[\\r\\n\\x00]+$", "");
        if (whole.isBlank()) {
            return "no answer";
        }
        final List<String> lines =
                whole.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        for (final ReplyPattern pattern : rules.patterns()) {
            if (pattern.scope() == ReplyPattern.Scope.WHOLE) {
                final Matcher matcher = pattern.regex().matcher(whole);
                if (matcher.matches()) {
                    return phrase(rules, pattern, matcher);
                }
            } else {
                for (final String line : lines) {
                    final Matcher matcher = pattern.regex().matcher(line);
                    if (matcher.matches()) {
                        return phrase(rules, pattern, matcher);
                    }
                }
            }
        }
        return "no pattern of the profile fits";
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
