package org.tandemgw.benchmarks.intake;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tandemgw.benchmarks.rig.Scratch;
import org.tandemgw.gateway.journal.JournalSync;

/**
 * One contender, a process of its own, so that no other's classes make its calls slower: {@code IntakeContender FOLDER FRAMES NAME [SYNC]}. Does one round for each line on
 * standard input and prints {@code round NS CPU-NS BYTES BATCHES}: time, processor time of the whole process, and bytes allocated by the thread that puts, all per frame, and how many
 * of the batches allocated anything.
 */
final class IntakeContender {
    /** Frames that come together. */
    static final int BATCH = 64;

    static final int STREAM_FRAMES = 102_400;

    /** Kept, or the level is forgotten. */
    private static final Logger CHRONICLE = Logger.getLogger("net.openhft");

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final long self = Thread.currentThread().getId();
    private final Contender contender;
    private final byte[] stream;

    private IntakeContender(Contender contender, byte[] stream) {
        this.contender = contender;
        this.stream = stream;
    }

    public static void main(String[] arguments) throws IOException {
        CHRONICLE.setLevel(Level.SEVERE);
        final Path folder = Path.of(arguments[0]);
        final int frames = Integer.parseInt(arguments[1]);
        final boolean tandem = arguments.length > 3;
        final BenchedDialect dialect = tandem ? BenchedDialect.of(arguments[2]) : BenchedDialect.ALL.get(0);
        final Contender contender =
                tandem ? new TandemIntake(dialect, JournalSync.valueOf(arguments[3])) : peer(arguments[2]);
        final IntakeContender self = new IntakeContender(contender, dialect.stream(0, STREAM_FRAMES));
        final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        System.out.println("ready");
        for (int round = 0; in.readLine() != null; round++) {
            System.out.println(self.round(Files.createDirectories(folder.resolve("round" + round)), frames));
        }
    }

    private static Contender peer(String name) {
        return switch (name) {
            case "writeBytes" -> new PlainPeers.WriteBytes();
            case "mmap" -> new PlainPeers.Mapped();
            case "file" -> new PlainPeers.SyncedFile();
            case "ipc" -> new AeronPeers.Ipc();
            case "archive" -> new AeronPeers.Recording();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private String round(Path folder, int frames) throws IOException {
        contender.open(folder);
        try {
            final long cpuNs = system.getProcessCpuTime();
            final long beganNs = System.nanoTime();
            final long allocatedBefore = threads.getThreadAllocatedBytes(self);
            long allocatedSoFar = allocatedBefore;
            int allocating = 0;
            for (int done = 0; done < frames; done += BATCH) {
                contender.put(stream, done % STREAM_FRAMES, BATCH);
                final long allocated = threads.getThreadAllocatedBytes(self);
                allocating += allocated > allocatedSoFar ? 1 : 0;
                allocatedSoFar = allocated;
            }
            contender.finish();
            return String.format(
                    Locale.ROOT,
                    "round %.2f %.2f %.4f %d",
                    (System.nanoTime() - beganNs) / (double) frames,
                    (system.getProcessCpuTime() - cpuNs) / (double) frames,
                    (allocatedSoFar - allocatedBefore) / (double) frames,
                    allocating);
        } finally {
            contender.close();
            Scratch.delete(folder);
        }
    }
}
