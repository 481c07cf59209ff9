package org.tandemgw.gateway.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.TableStore;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.impl.table.AbstractTSQueueLock;
import net.openhft.chronicle.queue.impl.table.Metadata;
import net.openhft.chronicle.queue.impl.table.SingleTableBuilder;

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

    static {
        // One thread less, and no opinions of its own about a full disk.
        System.setProperty("chronicle.disk.monitor.disable", "true");
        // Remembers each roll file that was ever opened, and goes through all of them whenever one is opened.
        System.setProperty("disable.ctl.orphan.tracking", "true");
        ChronicleLogging.quieten();
        SingleChronicleQueueBuilder.addAliases(); // the metadata cannot be read without, and unlock() comes first
    }

    private Queues() {}

    static SingleChronicleQueue openForAppend(Path directory, RollCycle rollCycle, TimeProvider time)
            throws IOException {
        final Path metadata = directory.resolve(METADATA);
        makeReal(metadata);
        unlock(metadata);
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
     * Writes the holes in the metadata as zeros, while nobody has it mapped: a full disk could fail the mapping later. A
     * file that Chronicle has not begun holds nothing that it does not find out again.
     */
    private static void makeReal(Path metadata) throws IOException {
        final boolean begun = RollFiles.begun(metadata);
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

    static SingleChronicleQueue openForRead(Path directory, RollCycle rollCycle) {
        return builder(directory, rollCycle).readOnly(true).build();
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
                    return null;
                });
            }
        }
    }
}
