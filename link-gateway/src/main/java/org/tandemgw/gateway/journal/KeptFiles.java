package org.tandemgw.gateway.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which roll files of an open journal there are, and how the oldest one goes. Used by one thread, {@code space}; what is kept
 * may be asked from any.
 */
final class KeptFiles {
    private static final long NS_PER_MS = 1_000_000;

    private final RollFiles files;
    private final SequenceIndex index;
    private final DigestFile digests;
    /** Of files that nothing is added to any more; never more than there are such files. */
    private final Map<Integer, RollFile> finished = new HashMap<>();

    private volatile long oldest;

    KeptFiles(RollFiles files, SequenceIndex index, DigestFile digests) {
        this.files = files;
        this.index = index;
        this.digests = digests;
    }

    /** Nothing below is kept, whatever files there may still be; 0 as long as nothing was dropped. Any thread. */
    long oldest() {
        return oldest;
    }

    /**
     * The oldest files, oldest first.
     *
     * @param atMost how many; the one that is appended to comes in addition if there is no more than that
     * @param last the last record
     * @param readable the last one that feeds get
     */
    List<RollFile> list(int atMost, long last, long readable) {
        final int[] cycles = files.cycles();
        finished.keySet().removeIf(cycle -> Arrays.binarySearch(cycles, cycle) < 0);
        final List<RollFile> list = new ArrayList<>();
        try (QueueCursor cursor = new QueueCursor()) {
            int next = 0;
            while (next < cycles.length && list.size() < atMost) {
                final RollFile file = file(cycles, next++, last, readable, cursor);
                if (file == null) {
                    break; // nothing that has records comes behind
                }
                list.add(file);
            }
        }
        return list;
    }

    private RollFile file(int[] cycles, int at, long last, long readable, QueueCursor cursor) {
        final int cycle = cycles[at];
        final RollFile known = finished.get(cycle);
        if (known != null) {
            return known;
        }
        final long own = index.first(cycle);
        long behind = -1;
        for (int i = at + 1; i < cycles.length && behind < 0; i++) {
            behind = index.first(cycles[i]);
        }
        if (own < 0 && behind < 0) {
            return null;
        }
        final long first = own < 0 ? behind : own;
        final long end = behind < 0 ? last : behind - 1;
        // A record behind it has to be synced as well: else a power loss could leave a journal of which nothing is
        // left.
        final boolean done = behind >= 0 && end < readable;
        // Names may be ahead of the time: the appender ends a file when it has lasted so long, whatever its name.
        final long lengthMs = files.startMs(cycle + 1) - files.startMs(cycle);
        final long spanEndNs = files.startMs(cycle + 1) * NS_PER_MS;
        final long otherwiseNs = files.startMs(cycle) * NS_PER_MS;
        final long firstAtNs = own < 0 ? otherwiseNs : atNs(cycle, first, otherwiseNs, cursor);
        final long firstAtMs = (firstAtNs + NS_PER_MS - 1) / NS_PER_MS;
        final RollFile file = new RollFile(
                cycle,
                first,
                end,
                firstAtNs,
                own < 0 ? spanEndNs : atNs(cycle, end, spanEndNs, cursor),
                Math.min(files.startMs(cycle + 1), firstAtMs + lengthMs),
                done ? files.path(cycle).toFile().length() : index.map(cycle).end(),
                done);
        if (done) {
            finished.put(cycle, file);
        }
        return file;
    }

    private long atNs(int cycle, long sequence, long otherwiseNs, QueueCursor cursor) {
        final JournalRecord record = new JournalRecord();
        final boolean there = cursor.moveTo(index.map(cycle), sequence) && cursor.read(sequence, record) == null;
        return there ? record.atNs() : otherwiseNs;
    }

    /** First of two steps: from now on readers are told that the file's records are no longer kept. */
    void giveUp(RollFile file) {
        oldest = Math.max(oldest, file.last() + 1);
    }

    /** Second step: the file goes, with what lies beside it under its name, and the digests but for the one that the next is chained to. */
    void delete(RollFile file) throws IOException {
        delete(files.path(file.cycle()));
        finished.remove(file.cycle());
        digests.trim((oldest - 1) / DigestChain.BLOCK);
    }

    /** Deletes a roll file and what lies beside it under its name, and makes that durable. */
    static void delete(Path rollFile) throws IOException {
        final Path directory = Objects.requireNonNull(rollFile.getParent());
        final String name = rollFile.getFileName().toString();
        final String stem = name.substring(0, name.length() - RollFiles.SUFFIX.length());
        try (DirectoryStream<Path> beside = Files.newDirectoryStream(directory, stem + ".*")) {
            for (final Path path : beside) {
                if (!path.equals(rollFile)) {
                    Files.deleteIfExists(path);
                }
            }
        }
        Files.deleteIfExists(rollFile);
        // One after the other: a power loss that brings back this file but not the next one would leave a hole.
        GroupSync.forceDirectory(directory);
    }
}
