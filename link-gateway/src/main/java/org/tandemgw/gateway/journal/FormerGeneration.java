package org.tandemgw.gateway.journal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.openhft.chronicle.queue.RollCycle;

/**
 * What the mark that a generation begins with says of the one before. For {@code journal verify}: what an older generation had
 * is known here, whatever became of its files. Any thread.
 *
 * @param generation the one before
 * @param last the sequence that it ended with; never 0
 * @param atNs when the other one took over, UTC ns
 * @param toldBy the generation that says so
 */
public record FormerGeneration(int generation, long last, long atNs, int toldBy) {
    /** As {@link JournalStart#mark()} says it. */
    private static final Pattern ENDED = Pattern.compile("generation (\\d{1,9}) ended with record (\\d{1,18})");

    /**
     * Those whose folder is gone, although the one that took over still has its beginning: retention deletes the older ones
     * first, so this is either its work of a moment ago or nobody's.
     */
    public static List<FormerGeneration> gone(Path data, String acd) {
        final List<FormerGeneration> gone = new ArrayList<>();
        for (final int generation : JournalFiles.generations(data, acd)) {
            final FormerGeneration former = toldBy(data, acd, generation, Queues.ROLL_CYCLE);
            if (former != null && !Files.isDirectory(JournalFiles.directory(data, acd, former.generation()))) {
                gone.add(former);
            }
        }
        return gone;
    }

    /** What a later generation says of the one in this folder; null if none does. */
    static FormerGeneration of(Path directory, RollCycle rollCycle) {
        final Path acd = directory.toAbsolutePath().normalize().getParent();
        final int generation = Integer.parseInt(directory.getFileName().toString());
        final Path data = acd.getParent().getParent();
        final String name = acd.getFileName().toString();
        for (final int later : JournalFiles.generations(data, name)) {
            final FormerGeneration former = later > generation ? toldBy(data, name, later, rollCycle) : null;
            if (former != null && former.generation() == generation) {
                return former;
            }
        }
        return null;
    }

    private static FormerGeneration toldBy(Path data, String acd, int generation, RollCycle rollCycle) {
        final JournalRecord first = new JournalRecord();
        final SequenceIndex index =
                new SequenceIndex(new RollFiles(JournalFiles.directory(data, acd, generation), rollCycle));
        try (QueueCursor cursor = new QueueCursor()) {
            final boolean there = index.oldest() == 1 && index.moveTo(1, cursor) && cursor.read(1, first) == null;
            if (!there || !first.isMark(JournalStart.RESTART)) {
                return null;
            }
        }
        final Matcher ended = ENDED.matcher(new String(first.bytes(), 0, first.length(), StandardCharsets.UTF_8));
        return !ended.find() || Long.parseLong(ended.group(2)) == 0
                ? null
                : new FormerGeneration(
                        Integer.parseInt(ended.group(1)), Long.parseLong(ended.group(2)), first.atNs(), generation);
    }
}
