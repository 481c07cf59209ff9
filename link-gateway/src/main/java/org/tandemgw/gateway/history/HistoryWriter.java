package org.tandemgw.gateway.history;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread {@code history}: writes lines to the file of their day, once a second at most, into the page cache. What cannot be written is dropped and counted, never
 * waited for: at most {@link #MOST_WAITING} characters wait.
 */
final class HistoryWriter implements AutoCloseable {
    static final int MOST_WAITING = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(HistoryWriter.class);
    private static final long PAUSE_MS = 1_000;
    private static final long STOP_MS = 2_000;
    private static final int LOOK_AT_ROOM_AFTER_BYTES = 1 << 20;

    /** Of what is free above the journal's own reserve this much is left alone. */
    private static final long ROOM_BYTES = 16L << 20;

    private final HistoryFolder folder;
    private final HistorySettings settings;
    private final LongFunction<String> head;
    private final Thread thread = new Thread(this::run, "history");
    private StringBuilder waiting = new StringBuilder();
    private long waitingMs;
    private boolean closing;
    private long dropped;
    private LocalDate day;
    private FileChannel file;
    private long unlooked;
    private boolean failing;

    /** @param head the line that a new file begins with, of this time */
    HistoryWriter(HistorySettings settings, LongFunction<String> head) {
        this.folder = new HistoryFolder(settings.data());
        this.settings = settings;
        this.head = head;
        thread.setDaemon(true);
    }

    void start() {
        try {
            thread.start();
        } catch (OutOfMemoryError e) { // the machine lets us have no more threads
            LOG.warn("what probes see is not kept: {}", e.toString());
        }
    }

    /** Takes a line; never waits. */
    synchronized void add(long atMs, String line) {
        if (waiting.length() + line.length() > MOST_WAITING) {
            dropped++;
            return;
        }
        waitingMs = waiting.length() == 0 ? atMs : waitingMs;
        waiting.append(line).append('\n');
        notifyAll();
    }

    /** Lines that were not written. */
    synchronized long dropped() {
        return dropped;
    }

    private void run() {
        try {
            while (true) {
                final String lines;
                final long atMs;
                final boolean last;
                synchronized (this) {
                    while (waiting.length() == 0 && !closing) {
                        wait();
                    }
                    if (!closing) {
                        wait(PAUSE_MS);
                    }
                    lines = waiting.toString();
                    atMs = waitingMs;
                    waiting = new StringBuilder();
                    last = closing;
                }
                if (!lines.isEmpty()) {
                    write(lines, atMs);
                }
                if (last) {
                    closeFile();
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(String lines, long atMs) {
        try {
            open(LocalDate.ofInstant(Instant.ofEpochMilli(atMs), ZoneOffset.UTC), atMs);
            final ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
            room(bytes.remaining());
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            if (failing) {
                LOG.info("what probes see is kept again in {}; {} lines of it were not", folder.path(), dropped());
            }
            failing = false;
        } catch (IOException e) {
            synchronized (this) {
                dropped += lines.lines().count();
            }
            if (!failing) {
                LOG.warn("what probes see cannot be kept in {}: {}", folder.path(), e.toString());
            }
            failing = true;
            closeFile();
        }
    }

    private void room(int bytes) throws IOException {
        unlooked -= bytes;
        if (unlooked <= 0 || failing) {
            if (!folder.prune(day, settings.keptDays(), settings.mostBytes())) {
                throw new IOException("the file of this day alone has " + settings.mostBytes() + " bytes");
            }
            final long freeBytes = Files.getFileStore(folder.path()).getUsableSpace();
            if (freeBytes - settings.minFreeBytes() < ROOM_BYTES) {
                throw new IOException("there is no room for it above min-free");
            }
            unlooked = LOOK_AT_ROOM_AFTER_BYTES;
        }
    }

    private void open(LocalDate wanted, long atMs) throws IOException {
        if (file != null && wanted.equals(day) && Files.exists(folder.file(day))) {
            return;
        }
        closeFile();
        Files.createDirectories(
                folder.path(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
        day = wanted;
        unlooked = 0;
        file = FileChannel.open(
                folder.file(day),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
        final String begin = file.size() == 0 ? head.apply(atMs) : "";
        file.write(ByteBuffer.wrap((begin + "\n").getBytes(StandardCharsets.UTF_8))); // a torn line ends here
    }

    private void closeFile() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            LOG.debug("closing a file of history", e);
        }
        file = null;
    }

    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        try {
            thread.join(STOP_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
