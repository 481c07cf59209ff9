package org.tandemgw.gateway.books;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How long intervals were from which record of a journal on. Kept in a file: what is made again behind a snapshot is cut as it was cut before, whatever the configuration says by
 * now, so that parts never overlap. One thread.
 */
final class IntervalLengths {
    /** Of more changes in one journal the oldest are forgotten; they lie before any snapshot. */
    private static final int MOST = 64;

    private record From(long sequence, long seconds) {}

    private final List<From> all = new ArrayList<>();

    private IntervalLengths() {}

    /**
     * Reads what was, and keeps what is from the next record on.
     *
     * @param last the last record of this generation of the journal
     * @param seconds how long intervals are from now on
     */
    static IntervalLengths open(Path file, int generation, long last, long seconds) throws IOException {
        final IntervalLengths lengths = new IntervalLengths();
        if (Files.exists(file)) {
            Files.readAllLines(file).forEach(line -> lengths.read(line, generation, last));
        }
        final List<From> known = List.copyOf(lengths.all);
        if (lengths.all.isEmpty()) {
            lengths.all.add(new From(0, seconds));
        } else if (lengths.newest().seconds() != seconds) {
            lengths.add(new From(last + 1, seconds));
        }
        if (!lengths.all.equals(known)) {
            final StringBuilder text = new StringBuilder();
            lengths.all.forEach(each -> text.append(generation + " " + each.sequence() + " " + each.seconds() + "\n"));
            SmallFile.write(file, text.toString());
        }
        return lengths;
    }

    /** Of another generation nothing counts. A power loss may have taken the records behind which a change was. */
    private void read(String line, int generation, long last) {
        final String[] words = line.split(" ");
        try {
            if (words.length == 3 && Integer.parseInt(words[0]) == generation) {
                add(new From(Math.min(last + 1, Long.parseLong(words[1])), Long.parseLong(words[2])));
            }
        } catch (NumberFormatException e) {
            return; // none of ours
        }
    }

    private void add(From next) {
        all.removeIf(each -> each.sequence() >= next.sequence());
        if (all.isEmpty() || newest().seconds() != next.seconds()) {
            all.add(next);
        }
        if (all.size() > MOST) {
            all.remove(0);
        }
    }

    private From newest() {
        return all.get(all.size() - 1);
    }

    /** From this record on, or from the one before that changed it. */
    long secondsAt(long sequence) {
        long seconds = all.get(0).seconds();
        for (final From each : all) {
            if (each.sequence() <= sequence) {
                seconds = each.seconds();
            }
        }
        return seconds;
    }

    /** The first record behind this one from which on it changes; {@link Long#MAX_VALUE}: none. */
    long nextChange(long sequence) {
        return all.stream()
                .mapToLong(From::sequence)
                .filter(each -> each > sequence)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }
}
