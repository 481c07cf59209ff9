package org.tandemgw.gateway.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.TableStore;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.impl.table.AbstractTSQueueLock;
import net.openhft.chronicle.queue.impl.table.Metadata;
import net.openhft.chronicle.queue.impl.table.SingleTableBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens Chronicle queues the way that docs/adr/0003-chronicle-queue.md decides. */
final class Queues {
    /** Ten minutes: a file is the unit of retention, and the last step of {@code min-free} counts in them. */
    static final RollCycle ROLL_CYCLE = RollCycles.TEN_MINUTELY;

    static final String METADATA = SingleChronicleQueue.QUEUE_METADATA_FILE;

    /** A record has to fit into Chronicle's overlap, which is a quarter of this: 64 KiB do. */
    static final int BLOCK_SIZE = 1 << 20;

    /** What Chronicle maps at once: a block and its overlap. */
    static final int MAPPED = BLOCK_SIZE + BLOCK_SIZE / 4;

    /** What Chronicle makes of the file of its metadata. */
    private static final int METADATA_LENGTH = 128 * 1024;

    private static final int PAGE = 4_096;

    /** Nobody else writes, so that waiting for somebody only delays the news that a file is damaged. */
    private static final int TIMEOUT_MS = 1_000;

    private static final byte[] BLANK = new byte[PAGE];

    private static final String WRITE_LOCK = "chronicle.write.lock";
    private static final String APPEND_LOCK = "chronicle.append.lock";

    private static final Logger LOG = LoggerFactory.getLogger(Queues.class);

    static {
        // One thread less, and no opinions of its own about a full disk.
        System.setProperty("chronicle.disk.monitor.disable", "true");
        // Remembers each roll file that was ever opened, and goes through all of them whenever one is opened.
        System.setProperty("disable.ctl.orphan.tracking", "true");
        // How long a start waits for a lock that only a damaged metadata file says is held.
        System.setProperty("chronicle.table.store.timeoutMS", Integer.toString(TIMEOUT_MS));
        ChronicleLogging.quieten();
        SingleChronicleQueueBuilder.addAliases(); // the metadata cannot be read without, and unlock() comes first
    }

    private Queues() {}

    /** Opens the queue; if its metadata is damaged, that is made again: it holds nothing that cannot be found out again. */
    static SingleChronicleQueue openForAppend(Path directory, RollCycle rollCycle, TimeProvider time)
            throws IOException {
        final Path metadata = directory.resolve(METADATA);
        if (!ChronicleHead.begins(metadata)) {
            Files.deleteIfExists(metadata);
        }
        makeReal(metadata);
        SingleChronicleQueue queue = null;
        try {
            unlock(metadata);
            queue = builder(directory, rollCycle).timeProvider(time).build();
            if (queue.rollCycle().lengthInMillis() == rollCycle.lengthInMillis()
                    && queue.rollCycle().format().equals(rollCycle.format())
                    && queue.epoch() == 0) {
                return queue;
            }
        } catch (RuntimeException | InternalError e) {
            LOG.warn("{} is damaged and is made again: {}", metadata, e.toString());
        }
        if (queue != null) {
            queue.close();
        }
        Files.deleteIfExists(metadata);
        makeReal(metadata);
        return builder(directory, rollCycle).timeProvider(time).build();
    }

    /** How long a file has to be for Chronicle to map what holds this offset; it lengthens a file that is shorter. */
    static long lengthFor(long offset) {
        return offset / BLOCK_SIZE * BLOCK_SIZE + MAPPED;
    }

    /** How long an index is that Chronicle puts between the records, with what it aligns. */
    static long indexLength(RollCycle rollCycle) {
        return rollCycle.defaultIndexCount() * 8L + 256;
    }

    /**
     * Writes the holes in the metadata as zeros, while nobody has it mapped: a full disk could fail the mapping later.
     */
    private static void makeReal(Path metadata) throws IOException {
        final boolean begun = Files.exists(metadata);
        try (RandomAccessFile file = new RandomAccessFile(metadata.toFile(), "rw")) {
            final byte[] page = new byte[PAGE];
            for (int at = 0; at < Math.max(METADATA_LENGTH, file.length()); at += PAGE) {
                file.seek(at);
                final int read = begun ? file.read(page) : 0;
                if (read < PAGE || Arrays.equals(page, BLANK)) {
                    Arrays.fill(page, Math.max(0, read), PAGE, (byte) 0);
                    file.seek(at);
                    file.write(page);
                }
            }
        }
    }

    /**
     * A roll file as Chronicle makes it now, to compare others with. It is made in a folder of its own, which the caller
     * deletes.
     */
    static Path sample(Path folder, RollCycle rollCycle) {
        try (SingleChronicleQueue queue =
                        builder(folder, rollCycle).timeProvider(() -> 0).build();
                ExcerptAppender appender = queue.createAppender()) {
            appender.writeText("");
            return new RollFiles(folder, rollCycle).path(0);
        }
    }

    /** What Chronicle says about the end of the newest file where that differs from the records; null if it does not. */
    static String disagreement(SingleChronicleQueue queue, QueueEnd end) {
        if (end.cycle() < 0 || end.sequence() < end.firstOfCycle()) {
            return null;
        }
        try {
            final long expected = queue.rollCycle().toIndex(end.cycle(), end.sequence() - end.firstOfCycle());
            final long said = queue.lastIndex();
            return said == expected
                    ? null
                    : "its queue ends at " + Long.toHexString(said) + ", its records at " + Long.toHexString(expected);
        } catch (RuntimeException | InternalError e) {
            return "its queue cannot be read: " + e;
        }
    }

    private static SingleChronicleQueueBuilder builder(Path directory, RollCycle rollCycle) {
        return SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(rollCycle)
                .blockSize(BLOCK_SIZE)
                .timeoutMS(TIMEOUT_MS)
                .checkInterrupts(false);
    }

    /**
     * Frees the queue's write lock, whoever the last process said it was. The data folder's own lock proves that nobody
     * else writes; Chronicle would wait for 15 s and give up if the dead writer had our process id, as in a container.
     */
    private static void unlock(Path metadata) {
        if (RollFiles.begun(metadata)) {
            try (TableStore<Metadata.NoMeta> table = SingleTableBuilder.binary(metadata, Metadata.NoMeta.INSTANCE)
                    .build()) {
                table.doWithExclusiveLock(t -> {
                    t.acquireValueFor(WRITE_LOCK).setVolatileValue(AbstractTSQueueLock.UNLOCKED);
                    t.acquireValueFor(APPEND_LOCK).setVolatileValue(AbstractTSQueueLock.UNLOCKED);
                    return null;
                });
            }
        }
    }
}
