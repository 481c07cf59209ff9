package org.tandemgw.gateway.simulate;

import java.util.ArrayList;
import java.util.List;

/**
 * Something that an operator would not want. Component names are the JSON keys.
 *
 * @param what Tandem does, and why where that is known
 * @param when in the words of the table; empty: before anything happens
 * @param faults the same as words for {@code --fault}
 * @param episodes in how many of them
 * @param of how many
 * @param key of the file that causes it; null: none does
 * @param remedy what to write there, or to do
 * @param tried whether the remedy was simulated, and none of the episodes that were tried again went wrong with it
 * @param seed of the worst
 */
public record Finding(
        String what,
        List<String> when,
        List<String> faults,
        long episodes,
        long of,
        String key,
        String remedy,
        boolean tried,
        long seed) {
    /** Copies the lists. */
    public Finding {
        when = List.copyOf(when);
        faults = List.copyOf(faults);
    }

    /** Whether it is the same thing, at another fault. */
    boolean isLike(Finding other) {
        return what.equals(other.what)
                && remedy.equals(other.remedy)
                && String.valueOf(key).equals("" + other.key);
    }

    /** Both as one. */
    Finding and(Finding other) {
        return new Finding(
                what,
                join(when, other.when),
                join(faults, other.faults),
                episodes + other.episodes,
                of + other.of,
                key,
                remedy,
                tried,
                seed);
    }

    /** One sentence. */
    String sentence() {
        return "Tandem " + what + (when.isEmpty() ? "" : ", when " + String.join("; when ", when));
    }

    private static List<String> join(List<String> one, List<String> other) {
        final List<String> all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }
}
