package org.tandemgw.gateway.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import net.openhft.chronicle.queue.RollCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the head of a roll file looks when Chronicle has just made it; made once in a process, in a temporary folder, when
 * the first file without a seal has to be judged. Any thread.
 */
final class SampleHead {
    private static final Logger LOG = LoggerFactory.getLogger(SampleHead.class);
    private static final byte[] UNKNOWN = {};
    private static final ConcurrentHashMap<RollCycle, byte[]> KNOWN = new ConcurrentHashMap<>();

    private SampleHead() {}

    /** Empty if it cannot be made, as on a full disk. */
    static byte[] of(RollCycle rollCycle) {
        return KNOWN.computeIfAbsent(rollCycle, SampleHead::make);
    }

    private static byte[] make(RollCycle rollCycle) {
        try {
            final Path folder = Files.createTempDirectory("tandem-sample-");
            try {
                final byte[] head = ChronicleHead.constant(Queues.sample(folder, rollCycle));
                return head == null ? UNKNOWN : head;
            } finally {
                delete(folder);
            }
        } catch (IOException | RuntimeException | InternalError e) {
            LOG.warn("the heads of roll files cannot be compared: {}", e.toString());
            return UNKNOWN;
        }
    }

    private static void delete(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (final Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
