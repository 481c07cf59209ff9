package org.tandemgw.gateway.backup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which records of which backup files become one journal. Pure: what the files hold goes in. A journal has no hole, so what is
 * restored is one unbroken run of records; if there are more such runs, it is the newest, and the plan says so.
 *
 * @param steps what to copy, in order; empty if nothing can be restored
 * @param witnesses all files whose last record is among those, in that order: each has to have the same record there
 * @param troubles one sentence each on what of the wanted records is missing or damaged: with any of them, what can be restored
 *     is less than what was asked for
 */
public record RestorePlan(List<Step> steps, List<BackupCheck> witnesses, List<String> troubles) {
    /**
     * Records of one file.
     *
     * @param from the first sequence
     * @param to the last
     */
    public record Step(BackupCheck source, long from, long to) {}

    /** Copies the lists. */
    public RestorePlan {
        steps = List.copyOf(steps);
        witnesses = List.copyOf(witnesses);
        troubles = List.copyOf(troubles);
    }

    /** Makes the plan from the checked files of one ACD and one generation, read within {@code range}. */
    public static RestorePlan of(List<BackupCheck> files, TimeRange range) {
        final List<String> troubles = new ArrayList<>();
        final List<List<Step>> runs = new ArrayList<>();
        for (final BackupCheck file : inOrder(files)) {
            final List<Step> run = runs.isEmpty() ? null : runs.get(runs.size() - 1);
            if (run == null || !joins(run, file)) {
                if (run != null) {
                    troubles.add(hole(run.get(run.size() - 1).to(), file));
                }
                runs.add(new ArrayList<>(List.of(new Step(file, file.first(), file.last()))));
            } else if (file.last() > end(run)) {
                run.add(new Step(file, end(run) + 1, file.last()));
            }
        }
        if (!runs.isEmpty()) {
            beginning(runs.get(0).get(0).source(), range, troubles);
        }
        final List<Step> chosen = runs.isEmpty() ? List.of() : runs.get(runs.size() - 1);
        for (final BackupCheck file : files) {
            damage(file, chosen, troubles);
        }
        return new RestorePlan(chosen, witnesses(files, chosen), troubles);
    }

    private static List<BackupCheck> witnesses(List<BackupCheck> files, List<Step> chosen) {
        return files.stream()
                .filter(file -> !chosen.isEmpty()
                        && file.lastSums() != 0
                        && file.last() >= chosen.get(0).from()
                        && file.last() <= end(chosen))
                .sorted(Comparator.comparingLong(BackupCheck::last))
                .toList();
    }

    private static List<BackupCheck> inOrder(List<BackupCheck> files) {
        return files.stream()
                .filter(BackupCheck::holdsSomething)
                .sorted(Comparator.comparingLong(BackupCheck::first)
                        .thenComparing(
                                Comparator.comparingLong(BackupCheck::last).reversed())
                        .thenComparingLong(BackupCheck::damagedRecords)
                        .thenComparing(BackupCheck::name))
                .toList();
    }

    /** A file that only begins where the run ends belongs to it if it says what that run's last record was. */
    private static boolean joins(List<Step> run, BackupCheck file) {
        if (file.first() <= end(run)) {
            return true;
        }
        final BackupLabel.Previous previous = file.label().previous();
        return file.first() == end(run) + 1
                && (file.first() > file.label().first() || previous != null && previous.last() == end(run));
    }

    private static long end(List<Step> run) {
        return run.get(run.size() - 1).to();
    }

    private static String hole(long end, BackupCheck next) {
        return next.first() > end + 1
                ? "records " + (end + 1) + " to " + (next.first() - 1) + " are in none of the files"
                : "nothing proves that " + next.name() + " goes on where record " + end + " ends";
    }

    private static void beginning(BackupCheck first, TimeRange range, List<String> troubles) {
        final BackupLabel.Previous previous = first.label().previous();
        final boolean before = previous != null
                && first.first() == first.label().first()
                && (previous.lastAt() == null || !previous.lastAt().isBefore(TimeRange.instant(range.fromNs())));
        if (before) {
            troubles.add("records up to " + previous.last() + " are in none of the files: " + first.name()
                    + " continues number " + previous.number() + ", which is not here");
        }
    }

    private static void damage(BackupCheck file, List<Step> chosen, List<String> troubles) {
        if (file.label() == null) {
            troubles.add(file.name() + " cannot be used: " + file.damage());
        } else if (file.cut() && (chosen.isEmpty() || file.label().last() > end(chosen))) {
            troubles.add(file.name() + " is damaged (" + file.damage() + "): nothing of it can be used behind record "
                    + file.through());
        } else if (!file.cut()
                && file.harmed()
                && chosen.stream().anyMatch(step -> step.source().equals(file))) {
            troubles.add(file.name() + " is damaged (" + file.damage() + ")"
                    + (file.damagedRecords() == 0
                            ? ""
                            : "; " + file.damagedRecords() + " of its records become lost records"));
        }
    }

    /** The first sequence that is restored. */
    public long first() {
        return steps.get(0).from();
    }

    /** The last one. */
    public long last() {
        return end(steps);
    }

    /** How many records. */
    public long records() {
        return last() - first() + 1;
    }
}
