package org.tandemgw.profiles.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Everything found in one reading, in the order of the lines. At most {@value #LIMIT} are kept of each severity; what comes
 * after is counted only, and the last line says how many were left out.
 */
public final class Problems {

    /** How many problems of one severity are kept. */
    public static final int LIMIT = 200;

    private final List<Problem> errors = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private int leftOut;

    /**
     * Adds a problem.
     *
     * @param problem what was found
     */
    public void add(Problem problem) {
        List<Problem> kept = problem.severity() == Problem.Severity.ERROR ? errors : warnings;
        if (kept.contains(problem)) {
            return;
        }
        if (kept.size() < LIMIT) {
            kept.add(problem);
        } else {
            leftOut++;
        }
    }

    /** @return true when nothing was found for which the file must be refused */
    public boolean isGood() {
        return errors.isEmpty();
    }

    /** @return what the file is refused for, by line */
    public List<Problem> errors() {
        return sorted(errors);
    }

    /** @return what the reader should know although the file is accepted, by line */
    public List<Problem> warnings() {
        return sorted(warnings);
    }

    /** @return how many problems were found beyond {@value #LIMIT} of a severity */
    public int leftOut() {
        return leftOut;
    }

    private static List<Problem> sorted(List<Problem> problems) {
        return problems.stream()
                .sorted(Comparator.comparing(Problem::file).thenComparingInt(Problem::line))
                .toList();
    }

    @Override
    public String toString() {
        return errors().stream().map(Problem::oneLine).collect(Collectors.joining("\n"));
    }
}
