package org.tandemgw.benchmarks.endtoend;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Whose frames were missing, double or out of order, over all passes of a run. Tandem's make the run fail, for it promises that there are none; a peer's are a
 * remark. One thread.
 */
public final class Breaks {
    private final Map<Middle.Kind, Long> byKind = new EnumMap<>(Middle.Kind.class);

    /** Those of one pass, or of several. */
    public void add(Middle.Kind kind, long breaks) {
        byKind.merge(kind, breaks, Long::sum);
    }

    /** A line for each that had some. */
    List<String> lines() {
        final List<String> lines = new ArrayList<>();
        byKind.forEach((kind, breaks) -> {
            if (breaks > 0) {
                lines.add((kind.isTandem() ? "bench: " : "bench: a remark: ")
                        + kind.says
                        + ": frames were missing, double or out of order in "
                        + breaks
                        + (breaks == 1 ? " place" : " places"));
            }
        });
        return lines;
    }

    /** Prints them; the exit status: 1 if Tandem had some. */
    public int tell() {
        lines().forEach(System.out::println);
        return byKind.entrySet().stream().anyMatch(each -> each.getKey().isTandem() && each.getValue() > 0) ? 1 : 0;
    }
}
