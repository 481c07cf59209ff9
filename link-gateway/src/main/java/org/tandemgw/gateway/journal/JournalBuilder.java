package org.tandemgw.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;

/**
 * Builds the files of one generation out of finished records, which keep their sequences, times and bytes: for a restore.
 * The first one may have any sequence. Nothing of it counts before {@link #finish} has returned and the folder has been given
 * its place; a failure leaves a folder to be deleted. Belongs to one thread.
 */
public final class JournalBuilder implements AutoCloseable {
    /** The file in the folder of a restored generation that says where it is from. */
    public static final String NOTE = "restored.json";

    /** The word of the mark that ends a restored range. */
    public static final String SOURCE = "source";

    private static final long NS_PER_MS = 1_000_000;

    private final RollFiles files;
    private final QueueTime time = new QueueTime();
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final DigestFile digests;
    private final Bytes<?> record = Bytes.allocateDirect(RecordCodec.HEADER_LENGTH + RecordCodec.MAX_LENGTH);

    private int cycle = -1;
    private long firstOfCycle;
    private long last;
    private long lastAtNs;

    /**
     * Begins in an empty folder that exists.
     *
     * @throws JournalFaultException if nothing can be written there
     */
    public JournalBuilder(Path directory) throws IOException {
        files = new RollFiles(directory, Queues.ROLL_CYCLE);
        digests = new DigestFile(directory);
        SingleChronicleQueue opened = null;
        try {
            opened = Queues.openForAppend(directory, Queues.ROLL_CYCLE, time);
            appender = opened.createAppender();
            appender.singleThreadedCheckDisabled(true);
        } catch (RuntimeException | InternalError e) {
            if (opened != null) {
                opened.close();
            }
            digests.close();
            throw new JournalFaultException("cannot make a journal in " + directory + ": " + e.getMessage(), e);
        }
        queue = opened;
    }

    /**
     * Appends one record as it is.
     *
     * @throws IllegalStateException if it does not follow the one before
     * @throws JournalFaultException if it could not be written, for example on a full disk: then nothing more may be appended
     */
    public void append(RecordImage image) {
        final long sequence = image.sequence();
        if (last > 0 && (sequence != last + 1 || image.atNs() < lastAtNs)) {
            throw new IllegalStateException("record " + sequence + " does not follow record " + last);
        }
        time.advanceTo(image.atNs() / NS_PER_MS);
        record.clear();
        record.write(image.array(), 0, image.length());
        final long index;
        try {
            appender.writeBytes(record);
            index = appender.lastIndexAppended();
        } catch (RuntimeException | InternalError e) {
            throw new JournalFaultException("record " + sequence + " could not be written: " + e.getMessage(), e);
        }
        final int nowIn = queue.rollCycle().toCycle(index);
        if (nowIn != cycle) {
            cycle = nowIn;
            firstOfCycle = sequence;
        }
        if (queue.rollCycle().toSequenceNumber(index) != sequence - firstOfCycle) {
            throw new IllegalStateException("record " + sequence + " came to another place than its sequence says");
        }
        last = sequence;
        lastAtNs = image.atNs();
    }

    /** Carries over the entry of the file {@code digests} for this multiple of 1,000, which is the last record appended. */
    public void digest(long through, byte[] entry) throws IOException {
        if (through != last || !DigestEntry.sound(entry, through)) {
            throw new IllegalStateException("not the digest of record " + last);
        }
        final ByteBuffer read = ByteBuffer.wrap(entry);
        digests.write(through / DigestChain.BLOCK, entry, DigestFile.gaps(read), DigestFile.discontinuities(read));
    }

    /** The last sequence appended; 0 before the first. */
    public long last() {
        return last;
    }

    /** Its time. */
    public long lastAtNs() {
        return lastAtNs;
    }

    /** Makes durable all that was appended, and the folder's names. */
    public void finish() throws IOException {
        digests.force();
        for (final int each : files.cycles()) {
            GroupSync.forceFile(files.path(each));
        }
        final Path metadata = files.directory().resolve(Queues.METADATA);
        if (Files.exists(metadata)) {
            GroupSync.forceFile(metadata);
        }
        GroupSync.forceDirectory(files.directory());
    }

    @Override
    public void close() throws IOException {
        appender.close();
        record.releaseLast();
        queue.close();
        digests.close();
    }
}
