package org.tandemgw.gateway.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.openhft.chronicle.queue.RollCycle;

/**
 * What of a journal's newest generation lies on disk, found before it is opened. Changes nothing that a reader could see.
 *
 * @param generation the newest; 0 if there is none
 * @param end the last sequence that has a place, readable or not; 0 if there is none
 * @param lastSound the last record that can be read, in what was looked at; 0 if there is none
 * @param lastAtNs its arrival
 * @param firstBad the first sequence looked at that cannot be read; 0 if all can
 * @param bad how many cannot
 * @param restored whether it was restored from a backup and nothing has been appended since
 * @param unreadable the name of a roll file behind {@code end} of which nothing can be read; null if there is none
 * @param tail what tells whether a power loss can have left it so
 * @param walked the newest roll file, for whoever opens the journal next; null if it has to be looked at again
 */
public record JournalSurvey(
        int generation,
        long end,
        long lastSound,
        long lastAtNs,
        long firstBad,
        long bad,
        boolean restored,
        String unreadable,
        Tail tail,
        WalkedFile walked) {
    /**
     * What tells a torn end from one that was whole once. Only what one sync left undone can be torn.
     *
     * @param sealedBehind the name of a later roll file than the one where reading fails first that has a seal, which is made
     *     long after all before it was synced; null if there is none, or all can be read
     * @param reachesBefore true if the record before the first one that matters cannot be read either
     * @param spanNs how much later the last record looked at that can be read came than the first
     */
    public record Tail(String sealedBehind, boolean reachesBefore, long spanNs) {
        /** Nothing speaks against it. */
        public static final Tail PLAIN = new Tail(null, false, 0);
    }

    /** With nothing to hand on. */
    public JournalSurvey(
            int generation,
            long end,
            long lastSound,
            long lastAtNs,
            long firstBad,
            long bad,
            boolean restored,
            String unreadable,
            Tail tail) {
        this(generation, end, lastSound, lastAtNs, firstBad, bad, restored, unreadable, tail, null);
    }

    /** So many records at the end are looked at if it is not known from where on it matters. */
    private static final long WINDOW = 10_000;

    /** True if there is anything in it. */
    public boolean hasContent() {
        return end > 0 || unreadable != null;
    }

    /**
     * Looks at the newest generation. The caller holds the lock of the data folder.
     *
     * @param knownGeneration the generation that {@code from} is about; another one is looked at from near its end
     * @param from the first sequence that matters; below 1: from near the end
     */
    public static JournalSurvey of(Path data, String acd, int knownGeneration, long from) {
        return of(data, acd, knownGeneration, from, Queues.ROLL_CYCLE);
    }

    static JournalSurvey of(Path data, String acd, int knownGeneration, long from, RollCycle rollCycle) {
        final List<Integer> generations = JournalFiles.generations(data, acd);
        if (generations.isEmpty()) {
            return new JournalSurvey(0, 0, 0, 0, 0, 0, false, null, Tail.PLAIN);
        }
        final int newest = generations.get(generations.size() - 1);
        final Path directory = JournalFiles.directory(data, acd, newest);
        try {
            final RollFiles files = new RollFiles(directory, rollCycle);
            final SequenceIndex index = new SequenceIndex(files);
            final WalkedFile before = WalkedFile.before(files);
            final QueueEnd end = QueueEnd.find(files, index);
            final WalkedFile walked = before == null || end.cycle() < 0 ? null : before.after(index.map(end.cycle()));
            final boolean noted = Files.exists(directory.resolve(JournalBuilder.NOTE));
            return look(newest, noted, end, files, index, newest == knownGeneration ? from : 0, walked);
        } catch (RuntimeException e) {
            throw new JournalFaultException("cannot look at the journal in " + directory + ": " + e.getMessage(), e);
        }
    }

    private static String unreadable(RollFiles files, QueueEnd end) {
        return end.unreadable() < 0
                ? null
                : files.path(end.unreadable()).getFileName().toString();
    }

    /** In the first file behind the cycle that has one. */
    private static String sealedBehind(RollFiles files, int cycle) {
        for (final int later : files.cycles()) {
            if (later > cycle && Seal.read(files.path(later)) != null) {
                return files.path(later).getFileName().toString();
            }
        }
        return null;
    }

    private static String sealedBehindFirstBad(RollFiles files, SequenceIndex index, QueueEnd end, long firstBad) {
        int holding = firstBad > 0 ? -1 : end.unreadable();
        for (final int cycle : files.cycles()) {
            final long first = firstBad > 0 ? index.first(cycle) : -1;
            holding = first >= 0 && first <= firstBad ? cycle : holding;
        }
        return holding < 0 ? null : sealedBehind(files, holding);
    }

    private static JournalSurvey look(
            int generation,
            boolean noted,
            QueueEnd end,
            RollFiles files,
            SequenceIndex index,
            long from,
            WalkedFile walked) {
        final String unreadable = unreadable(files, end);
        if (end.sequence() == 0) {
            final Tail nothing = new Tail(sealedBehindFirstBad(files, index, end, 0), false, 0);
            return new JournalSurvey(generation, 0, 0, 0, 0, 0, false, unreadable, nothing);
        }
        final long oldest = index.oldest();
        final long first = from > 0 ? from : Math.max(end.sequence() - WINDOW + 1, index.firstOfLastFiles(2));
        final Look look = new Look(index, new DamageLog(files), oldest, end.sequence(), first);
        look.through(Math.min(end.sequence(), Math.max(oldest, first)));
        for (long window = WINDOW; look.lastSound == 0 && end.sequence() - window > oldest - WINDOW; window *= 10) {
            look.through(Math.max(oldest, end.sequence() - window + 1));
        }
        return new JournalSurvey(
                generation,
                end.sequence(),
                look.lastSound,
                look.lastAtNs,
                look.firstBad,
                look.bad,
                noted && look.endsWithSource && look.lastSound == end.sequence(),
                unreadable,
                new Tail(
                        sealedBehindFirstBad(files, index, end, look.firstBad),
                        from > oldest && !look.isSound(from - 1),
                        look.spanNs()),
                walked);
    }

    /** Reads to the end from somewhere, and counts what cannot be read from {@code first} on. */
    private static final class Look {
        private final JournalReader reader;
        private final long first;
        private long lastSound;
        private long lastAtNs;
        private long firstAtNs;
        private boolean endsWithSource;
        private long firstBad;
        private long bad;

        Look(SequenceIndex index, DamageLog unheard, long oldest, long end, long first) {
            this.reader = new JournalReader(index, unheard, () -> oldest, () -> oldest, wanted -> end, () -> {});
            this.first = first;
        }

        void through(long from) {
            final JournalRecord record = new JournalRecord();
            firstBad = 0;
            bad = 0;
            reader.seek(from);
            while (reader.next(record)) {
                if (!record.damaged()) {
                    lastSound = record.sequence();
                    lastAtNs = record.atNs();
                    firstAtNs = firstAtNs == 0 && lastSound >= first ? lastAtNs : firstAtNs;
                    endsWithSource = record.isMark(JournalBuilder.SOURCE);
                } else if (record.sequence() >= first) {
                    firstBad = firstBad == 0 ? record.sequence() : firstBad;
                    bad++;
                }
            }
        }

        boolean isSound(long sequence) {
            final JournalRecord record = new JournalRecord();
            return reader.seek(sequence) && reader.next(record) && !record.damaged();
        }

        long spanNs() {
            return firstAtNs == 0 ? 0 : lastAtNs - firstAtNs;
        }
    }
}
