package org.tandemgw.abswitch;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How answers read.
 *
 * @param patterns in the order in which they are tried
 * @param words what stands in an answer, in any case → a position's name, or {@link BoxRules#ABSENT}
 * @param lines after how many lines an answer is over; 0 where only silence or the close of the connection ends it
 * @param echo whether the box repeats what it is sent
 * @param toCommands whether commands are answered too; if not, nobody waits for it
 * @param maxBytes most bytes of an answer; what is longer is not understood
 */
public record ReplyRules(
        List<ReplyPattern> patterns,
        Map<String, String> words,
        int lines,
        boolean echo,
        boolean toCommands,
        int maxBytes) {
    /** Copies, checks. Messages name the key. */
    public ReplyRules {
        patterns = List.copyOf(patterns);
        words = words.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(e -> e.getKey().toUpperCase(Locale.ROOT), Map.Entry::getValue));
        if (maxBytes < 16 || maxBytes > 65_536) {
            throw new IllegalArgumentException("reply.max-bytes: " + maxBytes + " is none of 16 to 65536");
        }
        if (lines < 0) {
            throw new IllegalArgumentException("reply.lines: " + lines + " is negative");
        }
    }
}
