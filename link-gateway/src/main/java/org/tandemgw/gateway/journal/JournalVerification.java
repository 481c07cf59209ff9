package org.tandemgw.gateway.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.openhft.chronicle.queue.RollCycle;

/**
 * Checks one generation of a journal byte by byte, whether its site is running or not: every record, that no sequence is
 * missing, the digests, and every byte of the files that are sealed. Reads only. Lists at most 10,000 damages. Belongs to one
 * thread, used once.
 */
public final class JournalVerification {
    /** Told from time to time how far it is. */
    public interface Progress {
        /** So many bytes are read, of so many. */
        void at(long bytes, long ofBytes);
    }

    private static final int LISTED = 10_000;
    private static final int LOOKS = 3;
    private static final int PROGRESS_EVERY = 10_000;

    private final RollFiles files;
    private final RollCycle rollCycle;
    private final SequenceIndex index;
    private final DigestCheck digests;
    private final Progress progress;
    private final JournalRecord record = new JournalRecord();
    private final List<JournalCheck.Damage> damages = new ArrayList<>();

    private long notListed;
    private long expected;
    private long records;
    private long lost;
    private long oldest;
    private int seen;
    private int sealed;
    private long bytes;
    private long ofBytes;
    private int looked;

    private JournalVerification(Path directory, RollCycle rollCycle, Progress progress) {
        this.files = new RollFiles(directory, rollCycle);
        this.rollCycle = rollCycle;
        this.index = new SequenceIndex(files);
        this.digests = new DigestCheck(directory);
        this.progress = progress;
    }

    /**
     * Checks what is there now.
     *
     * @param mustReach a sequence that is known to have been synced; 0 if none was, below 0 if that is not known
     */
    public static JournalCheck of(Path directory, long mustReach, Progress progress) throws IOException {
        return of(directory, Queues.ROLL_CYCLE, mustReach, progress);
    }

    static JournalCheck of(Path directory, RollCycle rollCycle, long mustReach, Progress progress) throws IOException {
        return new JournalVerification(directory, rollCycle, progress).check(mustReach);
    }

    private JournalCheck check(long mustReach) throws IOException {
        final KnownEnd known = KnownEnd.find(files, rollCycle, mustReach);
        oldest = index.oldest() > 0 ? index.oldest() : known.first();
        expected = oldest;
        int done = Integer.MIN_VALUE;
        int[] cycles = files.cycles();
        // Where all of the newest files went to retention meanwhile, others have come.
        for (int look = 0; look < LOOKS && cycles.length > 0; look++) {
            done = files(cycles, done);
            cycles = Files.exists(files.path(done)) ? new int[0] : files.cycles();
        }
        end(known);
        digests.wrong().forEach(this::add);
        progress.at(ofBytes, ofBytes);
        return new JournalCheck(
                oldest, Math.max(0, expected - 1), records, lost, seen, sealed, bytes, damages, notListed);
    }

    /** Looks at those behind {@code done}; returns the last. */
    private int files(int[] cycles, int done) throws IOException {
        for (final int cycle : cycles) {
            ofBytes += cycle > done ? sizeOf(files.path(cycle)) : 0;
        }
        for (int i = 0; i < cycles.length; i++) {
            if (cycles[i] > done) {
                final long end = Math.min(files.cuts().firstVoid(cycles[i]), firstBehind(cycles, i));
                file(cycles[i], i == cycles.length - 1, end);
            }
        }
        return Math.max(done, cycles[cycles.length - 1]);
    }

    /** What nothing behind it shows to be missing. What retention has deleted meanwhile is not. */
    private void end(KnownEnd known) {
        final String file = known.withoutFile().isEmpty()
                ? null
                : known.withoutFile().get(known.withoutFile().size() - 1);
        if (!Files.isDirectory(files.directory())) {
            return; // retention was through with all of it
        }
        final long from = Math.max(expected, index.oldest());
        if (from <= known.last()) {
            missing(file, null, from, known.last(), known.what());
        } else if (file != null && seen == 0) {
            add(new JournalCheck.Damage(
                    file, null, null, null, "is missing, its seal is there; which records it had is not known"));
        }
    }

    /** What a later file has again counts there: it was written anew behind a torn end. */
    private long firstBehind(int[] cycles, int number) {
        for (int i = number + 1; i < cycles.length; i++) {
            if (index.first(cycles[i]) > 0) {
                return index.first(cycles[i]);
            }
        }
        return Long.MAX_VALUE;
    }

    private void file(int cycle, boolean newest, long end) throws IOException {
        final Path file = files.path(cycle);
        final String name = files.directory().relativize(file).toString();
        final int before = damages.size();
        if (files.isQuarantined(cycle)) {
            add(new JournalCheck.Damage(name, null, null, null, "is set aside since a start, and is still read"));
        }
        final List<long[]> explained = new ArrayList<>();
        try (FileWindow window = new FileWindow(file)) {
            final RecordWalk walk = new RecordWalk(window);
            walk.startAt(0, 0);
            final Seal seal = Seal.read(file);
            final long sealedThrough = seal == null ? 0 : seal.last();
            final boolean any = records(walk, window, name, newest ? sealedThrough : Long.MAX_VALUE, end, explained);
            seen++;
            bytes += window.length();
            if (window.unreadableAt() >= 0) {
                add(new JournalCheck.Damage(name, window.unreadableAt(), null, null, "the disk cannot read it"));
            }
            if (!any && !newest && !ChronicleHead.begins(file)) {
                add(new JournalCheck.Damage(name, 0L, null, null, "is no roll file, or has lost all of it"));
            }
            if (!seal(file, name, explained) && damages.size() == before) {
                unsealed(
                        cycle,
                        name,
                        newest,
                        any,
                        walk.irregular() > 0 && !files.cuts().isCut(cycle));
            }
        } catch (java.io.FileNotFoundException e) {
            if (Files.exists(file)) {
                throw e; // without the right to read it
            }
            deletedMeanwhile();
            return;
        }
        progress.at(bytes, ofBytes);
    }

    /** By retention, the oldest first: so those before it are gone as well, and no figure is to count them. */
    private void deletedMeanwhile() {
        final long kept = index.oldest();
        expected = Math.max(expected, kept);
        if (kept <= oldest) {
            return; // another than the oldest: somebody else was it, and what is missing is seen behind it
        }
        oldest = expected;
        ofBytes -= bytes;
        bytes = 0;
        records = 0;
        seen = 0;
        sealed = 0;
    }

    /** What no seal covers: what Chronicle notes of the file beside the records. */
    private void unsealed(int cycle, String name, boolean newest, boolean any, boolean irregular) throws IOException {
        if (irregular) {
            add(new JournalCheck.Damage(name, null, null, null, "has damage between its records, which costs nothing"));
        } else if (any && !files.cuts().isCut(cycle)) {
            String wrong = null;
            for (int look = 0; look < LOOKS; look++) { // Chronicle may have been in the middle of it
                wrong = ChronicleHead.wrong(index.map(cycle), files.rollCycle(), files.indexSpacing());
                if (wrong == null) {
                    return;
                }
            }
            add(new JournalCheck.Damage(
                    name,
                    null,
                    null,
                    null,
                    wrong + "; it costs nothing" + (newest ? ", but a start sets the file aside" : "")));
        }
    }

    /** @param finishedThrough up to here nothing is being written any more */
    private boolean records(
            RecordWalk walk, FileWindow window, String name, long finishedThrough, long end, List<long[]> explained) {
        boolean any = false;
        long from = 0;
        while (walk.next(true) && walk.sequence() < end) {
            if (walk.sequence() > finishedThrough && !walk.complete() && !followed(walk)) {
                break; // is being written
            }
            any = true;
            if (walk.sequence() > expected) {
                final boolean here = walk.damagedFrom() >= 0;
                missing(
                        name,
                        here ? walk.damagedFrom() : null,
                        expected,
                        walk.sequence() - 1,
                        here ? "header does not match its checksum" : "missing before this file");
                if (here) {
                    explained.add(new long[] {walk.damagedFrom(), walk.start()});
                }
            }
            walk.forgetPassedOver();
            from = body(walk, window, name, explained);
            expected = walk.sequence() + 1;
        }
        if (walk.passedOver() > 0 && expected < end) {
            explained.add(new long[] {from, walk.place()});
            final long through = Math.min(end, expected + walk.passedOver()) - 1;
            missing(name, from, expected, through, "header does not match its checksum");
            expected = through + 1;
        }
        return any;
    }

    /** True if something comes behind: then it was finished, and what says otherwise is damaged. */
    private static boolean followed(RecordWalk walk) {
        final RecordWalk behind = walk.copy();
        return behind.next(true);
    }

    private long body(RecordWalk walk, FileWindow window, String name, List<long[]> explained) {
        String wrong = walk.read(record);
        if (wrong != null) {
            window.forget();
            wrong = walk.read(record);
        }
        if (wrong == null) {
            records++;
            digests.add(walk.sequence(), record.crc());
        } else {
            missing(name, walk.start(), walk.sequence(), walk.sequence(), wrong);
            explained.add(new long[] {walk.start(), walk.place()});
        }
        if (++looked % PROGRESS_EVERY == 0) {
            progress.at(bytes + walk.place(), ofBytes);
        }
        return walk.place();
    }

    /** False if the file has no seal. */
    private boolean seal(Path file, String name, List<long[]> explained) throws IOException {
        if (!Files.exists(Seal.beside(file))) {
            return false;
        }
        final Seal seal = Seal.read(file);
        if (seal == null) {
            add(new JournalCheck.Damage(name + ".seal", null, null, null, "is damaged, which costs nothing"));
            return false;
        }
        final List<Seal.Difference> differences;
        final long length = sizeOf(file);
        try {
            differences = seal.differences(file, LISTED);
        } catch (java.io.FileNotFoundException e) {
            throw e;
        } catch (IOException e) { // which the records' walk has met as well
            return false;
        }
        sealed++;
        if (length < seal.length()) {
            add(new JournalCheck.Damage(
                    name,
                    length,
                    null,
                    null,
                    "is cut off: " + (seal.length() - length) + " bytes shorter than when it was finished"));
        }
        for (final Seal.Difference difference : differences) {
            final long to = difference.from() + difference.length();
            if (difference.from() < length
                    && explained.stream().noneMatch(span -> span[0] < to && difference.from() < span[1])) {
                add(new JournalCheck.Damage(
                        name,
                        difference.from(),
                        null,
                        null,
                        (difference.length() == 1 ? "1 byte" : "some of " + difference.length() + " bytes")
                                + " changed since the file was finished; no record is hit, it costs nothing"));
            }
        }
        return true;
    }

    private void missing(String file, Long offset, long from, long through, String what) {
        lost += through - from + 1;
        digests.unknown(from, through);
        add(new JournalCheck.Damage(file == null ? "" : file, offset, from, through, what));
    }

    private void add(JournalCheck.Damage damage) {
        if (damages.size() < LISTED) {
            damages.add(damage);
        } else {
            notListed++;
        }
    }

    /** 0 if it was deleted meanwhile. */
    private static long sizeOf(Path file) {
        return file.toFile().length();
    }
}
