package org.tandemgw.gateway.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.tandemgw.gateway.journal.RecordImage;

/**
 * One backup file, read from its start to its end: what it says it is, and what is really in it.
 *
 * @param file where it is
 * @param label what it says; null if even that cannot be trusted
 * @param first the first sequence found within the time that was asked for; 0 if there is none
 * @param last the last one, likewise
 * @param firstAtNs arrival of the first, UTC ns
 * @param lastAtNs arrival of the last
 * @param lastSums the checksums of the last record found; 0 if that is a lost one, which proves nothing
 * @param through the last sequence that could be read at all
 * @param cut whether it ends too early, so that there may have been more of what was asked for
 * @param lost records that could not be read any more when the backup was made
 * @param damagedRecords records of what was asked for that are damaged in this file
 * @param damagedElsewhere whether other records are
 * @param damage the first thing that is wrong; null if the file is whole
 * @param end what its last lines say; null if it is not whole
 * @param bytes its length, as far as it could be read
 */
public record BackupCheck(
        Path file,
        BackupLabel label,
        long first,
        long last,
        long firstAtNs,
        long lastAtNs,
        long lastSums,
        long through,
        boolean cut,
        long lost,
        long damagedRecords,
        boolean damagedElsewhere,
        String damage,
        BackupEnd end,
        long bytes) {
    private static final int TELL_EVERY = 1 << 10;

    /** Reads and checks everything. {@code progress} is told the bytes read, now and then. */
    public static BackupCheck of(Path file, TimeRange range, LongConsumer progress) throws IOException {
        try (BackupReader reader = new BackupReader(file)) {
            return of(file, reader, range, progress);
        } catch (BackupReader.NotABackupException e) {
            return new BackupCheck(file, null, 0, 0, 0, 0, 0, 0, true, 0, 0, false, e.getMessage(), null, 0);
        }
    }

    private static BackupCheck of(Path file, BackupReader reader, TimeRange range, LongConsumer progress)
            throws IOException {
        final RecordImage image = new RecordImage();
        long first = 0;
        long firstAtNs = 0;
        long last = 0;
        long lastAtNs = 0;
        long lastSums = 0;
        long lost = 0;
        long damagedRecords = 0;
        long damagedBefore = 0;
        long through = reader.label().first() - 1;
        long throughNs = Long.MIN_VALUE;
        while (reader.next(image)) {
            if (range.contains(image.atNs())) {
                firstAtNs = first == 0 ? image.atNs() : firstAtNs;
                first = first == 0 ? image.sequence() : first;
                last = image.sequence();
                lastAtNs = image.atNs();
                lastSums = image.isLost() ? 0 : image.sums();
                lost += image.isLost() ? 1 : 0;
                damagedRecords += reader.damagedRecords() - damagedBefore;
            }
            damagedBefore = reader.damagedRecords();
            through = image.sequence();
            throughNs = image.atNs();
            if (through % TELL_EVERY == 0) {
                progress.accept(reader.bytes());
            }
        }
        return new BackupCheck(
                file,
                reader.label(),
                first,
                last,
                firstAtNs,
                lastAtNs,
                lastSums,
                through,
                through < reader.label().last() && throughNs <= range.toNs(),
                lost,
                damagedRecords,
                reader.damagedRecords() > damagedRecords,
                reader.damage(),
                reader.atEnd(),
                reader.bytes());
    }

    /** Whether something of what was asked for is damaged or missing, or it cannot be said where the damage is. */
    boolean harmed() {
        final boolean elsewhere = label != null && through < label.last() || damagedElsewhere;
        return cut || damagedRecords > 0 || damage != null && !elsewhere;
    }

    /** Whether it holds something of what was asked for. */
    boolean holdsSomething() {
        return first > 0;
    }

    /** Its name, as people see it. */
    public String name() {
        return file.getFileName().toString();
    }
}
