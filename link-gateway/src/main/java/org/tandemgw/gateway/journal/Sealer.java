package org.tandemgw.gateway.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals the finished roll files of one journal, on the thread {@code seal-<acd>}, which ends when there is nothing to do. At
 * most 64 files wait for it; one that finds no place stays without a seal, and so does one whose seal cannot be written: then
 * {@code journal verify} can check its records only.
 */
final class Sealer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);
    private static final int WAITING = 64;
    private static final long IDLE_S = 1;
    private static final long CLOSE_S = 2;

    /** A larger last file is not sealed when the journal is closed: that has to be over in a second. */
    private static final long AT_CLOSE_BYTES = 256L << 20;

    /** So many files that a killed process left without a seal get one at a start. */
    private static final int CATCH_UP = 16;

    private final RollFiles files;
    private final ThreadPoolExecutor thread;
    private volatile boolean closing;

    Sealer(String acd, RollFiles files) {
        this.files = files;
        thread = new ThreadPoolExecutor(
                1,
                1,
                IDLE_S,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                task -> {
                    final Thread made = new Thread(task, "seal-" + acd);
                    made.setDaemon(true);
                    return made;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        thread.allowCoreThreadTimeOut(true);
    }

    /**
     * At a start: seals finished files that have none, back to the first that has one. Not the newest: even if nothing is
     * appended to it any more, Chronicle still writes the mark at its end.
     */
    void catchUp() {
        removeOrphans();
        final int[] cycles = Arrays.stream(files.cycles())
                .filter(cycle -> !files.isQuarantined(cycle))
                .toArray();
        int tried = 0;
        // Chronicle may still write to the newest file that it sees.
        final int open = cycles.length > 0 && files.isLive(cycles[cycles.length - 1]) ? 1 : 0;
        for (int i = cycles.length - 1 - open; i >= 0 && tried < CATCH_UP; i--) {
            if (Files.exists(Seal.beside(files.path(cycles[i])))) {
                return;
            }
            finished(cycles[i]);
            tried++;
        }
    }

    /** Retention deletes files; what is named after them goes at the next start. */
    private void removeOrphans() {
        try (DirectoryStream<Path> seals = Files.newDirectoryStream(files.directory(), "*" + Seal.SUFFIX)) {
            for (final Path seal : seals) {
                if (!Files.exists(Seal.sealed(seal))) {
                    Files.delete(seal);
                }
            }
        } catch (IOException e) {
            LOG.warn("seals without a file could not be removed: {}", e.toString());
        }
    }

    /** Nothing is appended any more to the file of that cycle. Any thread. */
    void finished(int cycle) {
        final Path file = files.path(cycle);
        thread.execute(() -> {
            if (!closing) {
                seal(file, 0);
            }
        });
    }

    /** The last file, when the journal is closed and nobody has it open. */
    void sealLast(int cycle, long last) {
        final Path file = files.path(cycle);
        try {
            if (Files.size(file) <= AT_CLOSE_BYTES) {
                seal(file, last);
            }
        } catch (IOException e) {
            LOG.warn("{} could not be sealed: {}", file, e.toString());
        }
    }

    private static void seal(Path file, long last) {
        try {
            Seal.of(file, last).write(file);
        } catch (IOException e) {
            if (Files.exists(file)) { // else it was deleted meanwhile
                LOG.warn("{} could not be sealed: {}", file, e.toString());
            }
        }
    }

    /** What still waits after two seconds is left for the next start. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(CLOSE_S, TimeUnit.SECONDS);
            closing = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
