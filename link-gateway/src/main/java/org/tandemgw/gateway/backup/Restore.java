package org.tandemgw.gateway.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.tandemgw.gateway.journal.JournalBuilder;
import org.tandemgw.gateway.journal.JournalFiles;
import org.tandemgw.gateway.journal.RecordImage;
import org.tandemgw.gateway.json.JsonRecords;

/**
 * Carries a plan out: builds a new generation under another name, makes it durable, and renames it. Whatever ends it before
 * that leaves nothing that counts, and the next restore removes it. The caller holds the lock of the data folder. One thread.
 */
public final class Restore {
    /** So much has to stay free while it is built. */
    private static final long MARGIN_BYTES = 8L << 20;

    private static final String BUILDING = "restoring";
    private static final long LOOK_EVERY_BYTES = 1 << 20;
    private static final int TELL_EVERY = 1 << 10;

    /**
     * Where a generation is from.
     *
     * @param generation the new one
     * @param site whose backup it is
     * @param fromGeneration the generation that was backed up
     * @param first the first sequence restored
     * @param last the last one; the mark behind it is one more
     * @param firstAt arrival of the first
     * @param lastAt arrival of the last
     * @param lost how many of the records are lost ones
     * @param volumes what the media are called
     * @param files the backup files
     * @param restoredAt when
     * @param who by whom
     * @param reason why, as given; null if nothing was
     * @param tandem the version that restored it
     */
    public record Note(
            String acd,
            int generation,
            String site,
            int fromGeneration,
            long first,
            long last,
            Instant firstAt,
            Instant lastAt,
            long lost,
            List<String> volumes,
            List<String> files,
            Instant restoredAt,
            String who,
            String reason,
            String tandem) {}

    /** Who restores, when, why, and with which version. */
    public record Order(Instant now, String who, String reason, String tandem) {}

    private final Path data;
    private final String acd;
    private final Path building;
    private final RecordImage image = new RecordImage();

    private long firstAtNs;
    private long lost;
    private long lastSums;
    private boolean lastLost;
    private long unlooked;
    private Iterator<BackupCheck> witnesses;
    private BackupCheck witness;

    /** Of this ACD in that data folder. */
    public Restore(Path data, String acd) {
        this.data = data;
        this.acd = acd;
        this.building = JournalFiles.directory(data, acd, 1).resolveSibling(BUILDING);
    }

    /** How much room a plan takes, about; and a margin. */
    public static long needsBytes(RestorePlan plan) {
        long bytes = MARGIN_BYTES;
        for (final RestorePlan.Step step : plan.steps()) {
            bytes += step.source().bytes() / 16 * 17;
        }
        return bytes;
    }

    /** The number that the next generation gets: above all that are there, and above one that is known to have been. */
    public int nextGeneration(int known) {
        return JournalFiles.generations(data, acd).stream()
                        .mapToInt(Integer::intValue)
                        .reduce(known, Math::max)
                + 1;
    }

    /** Removes what a killed restore left. */
    public void removeLeftovers() throws IOException {
        if (Files.exists(building)) {
            try (Stream<Path> all = Files.walk(building)) {
                for (final Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /**
     * Does it, and says what was restored.
     *
     * @param progress told the sequence that it has come to, now and then
     */
    public Note carryOut(RestorePlan plan, int generation, Order order, LongConsumer progress) throws IOException {
        removeLeftovers();
        JournalFiles.make(building);
        boolean done = false;
        try {
            final Note note = build(plan, generation, order, progress);
            final Path place = JournalFiles.directory(data, acd, generation);
            if (Files.exists(place)) {
                throw new IOException(place + " is there already");
            }
            Files.move(building, place, StandardCopyOption.ATOMIC_MOVE);
            done = true;
            BackupFolder.forceDirectory(place.getParent());
            BackupFolder.forceDirectory(place.getParent().getParent());
            BackupFolder.forceDirectory(data);
            return note;
        } finally {
            if (!done) {
                removeLeftovers();
            }
        }
    }

    private Note build(RestorePlan plan, int generation, Order order, LongConsumer progress) throws IOException {
        witnesses = plan.witnesses().iterator();
        witness = witnesses.hasNext() ? witnesses.next() : null;
        try (JournalBuilder journal = new JournalBuilder(building)) {
            for (final RestorePlan.Step step : plan.steps()) {
                copy(step, journal, progress);
            }
            final Note note = note(plan, generation, order, journal.lastAtNs());
            image.mark(journal.last() + 1, journal.lastAtNs(), JournalBuilder.SOURCE, text(note));
            journal.append(image);
            Files.writeString(
                    building.resolve(JournalBuilder.NOTE),
                    JsonRecords.write(note) + "\n",
                    StandardOpenOption.CREATE_NEW);
            BackupFolder.forceFile(building.resolve(JournalBuilder.NOTE));
            journal.finish();
            return note;
        }
    }

    private void copy(RestorePlan.Step step, JournalBuilder journal, LongConsumer progress) throws IOException {
        final BackupCheck source = step.source();
        final long before = step.from() - 1;
        final BackupLabel.Previous previous = source.label().previous();
        if (journal.last() == before && previous != null && previous.last() == before) {
            requireOneHistory(source, before, previous.sums(), false);
        }
        try (BackupReader reader = new BackupReader(source.file())) {
            while (reader.next(image) && image.sequence() <= step.to()) {
                if (image.sequence() >= step.from()) {
                    append(journal, reader.digest());
                } else if (image.sequence() == before && journal.last() == before) {
                    requireOneHistory(source, before, Sums.hex(image.sums()), image.isLost());
                }
                if (image.sequence() % TELL_EVERY == 0) {
                    progress.accept(image.sequence());
                }
            }
        }
        if (journal.last() != step.to()) {
            throw new IOException(source.name() + " has changed since it was checked");
        }
    }

    /** The same sequence twice has to be the same record; one that was lost on either side proves nothing. */
    private void requireOneHistory(BackupCheck source, long sequence, String sums, boolean isLost) throws IOException {
        if (!isLost && !lastLost && !sums.equals(Sums.hex(lastSums))) {
            throw new IOException("record " + sequence + " of " + source.name()
                    + " is another one than in another file: they are not of one history;"
                    + " move away the files of the one that is not wanted");
        }
    }

    private void append(JournalBuilder journal, byte[] digest) throws IOException {
        firstAtNs = journal.last() == 0 ? image.atNs() : firstAtNs;
        lost += image.isLost() ? 1 : 0;
        lastSums = image.sums();
        lastLost = image.isLost();
        while (witness != null && witness.last() == image.sequence()) {
            requireOneHistory(witness, witness.last(), Sums.hex(witness.lastSums()), false);
            witness = witnesses.hasNext() ? witnesses.next() : null;
        }
        requireRoom(image.length());
        journal.append(image);
        if (digest != null) {
            journal.digest(image.sequence(), digest);
        }
    }

    /** A full disk would end in a fault in the middle of a mapping. */
    private void requireRoom(int bytes) throws IOException {
        unlooked -= bytes;
        if (unlooked <= 0) {
            unlooked = LOOK_EVERY_BYTES;
            if (data.toFile().getUsableSpace() < MARGIN_BYTES) {
                throw new IOException("there is no room left in " + data);
            }
        }
    }

    private Note note(RestorePlan plan, int generation, Order order, long lastAtNs) {
        final BackupLabel label = plan.steps().get(0).source().label();
        return new Note(
                acd,
                generation,
                label.site(),
                label.generation(),
                plan.first(),
                plan.last(),
                TimeRange.instant(firstAtNs),
                TimeRange.instant(lastAtNs),
                lost,
                plan.steps().stream()
                        .map(step -> step.source().label().volume())
                        .distinct()
                        .toList(),
                plan.steps().stream().map(step -> step.source().name()).toList(),
                order.now(),
                order.who(),
                order.reason(),
                order.tandem());
    }

    private static String text(Note note) {
        final List<String> files = note.files();
        return "restored at " + note.restoredAt() + " from a backup of " + note.acd() + " of " + note.site()
                + ", generation " + note.fromGeneration() + ": records " + note.first() + " to " + note.last() + ", "
                + note.firstAt() + " to " + note.lastAt() + "; volume " + String.join(", ", note.volumes()) + ", "
                + files.get(0)
                + (files.size() == 1
                        ? ""
                        : " and " + (files.size() - 1) + " more, the last " + files.get(files.size() - 1));
    }
}
