package org.tandemgw.gateway.outage;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The regular files and folders below one folder at one moment, as programs see them: what the page cache holds. Whoever
 * could write them is frozen meanwhile. Equal pages of successive snapshots are kept once.
 *
 * @param beganUs microseconds since 1970; nothing was written after it
 * @param endedUs nothing was written before it
 */
record DiskSnapshot(long beganUs, long endedUs, SortedMap<String, Content> files, SortedMap<String, Object> folders) {
    static final int PAGE = 4096;

    private static final byte[] ZEROS = new byte[PAGE];

    /**
     * One file.
     *
     * @param key the file itself, whatever its name
     * @param pages those that are not all zero
     */
    record Content(Object key, long length, Map<Integer, byte[]> pages) {
        byte[] page(int number) {
            return pages.getOrDefault(number, ZEROS);
        }
    }

    static DiskSnapshot of(Path root, DiskSnapshot before) throws IOException {
        final long beganUs = nowUs();
        final SortedMap<String, Content> files = new TreeMap<>();
        final SortedMap<String, Object> folders = new TreeMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
                folders.put(path.toString(), Files.getAttribute(path, "unix:ino"));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                if (!attributes.isRegularFile()) {
                    return FileVisitResult.CONTINUE; // the control socket
                }
                try {
                    files.put(path.toString(), content(path, before));
                } catch (NoSuchFileException e) {
                    return visitFileFailed(path, e);
                }
                return FileVisitResult.CONTINUE;
            }

            /** Before the program starts, a journal that was closed a moment ago may still be sealed. */
            @Override
            public FileVisitResult visitFileFailed(Path path, IOException why) throws IOException {
                if (why instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw why;
            }
        });
        return new DiskSnapshot(beganUs, nowUs(), files, folders);
    }

    private static Content content(Path path, DiskSnapshot before) throws IOException {
        final Content earlier = before == null ? null : before.files.get(path.toString());
        final byte[] bytes = Files.readAllBytes(path);
        final Map<Integer, byte[]> pages = new TreeMap<>();
        for (int page = 0; page * PAGE < bytes.length; page++) {
            final byte[] now = Arrays.copyOfRange(bytes, page * PAGE, page * PAGE + PAGE);
            if (!Arrays.equals(now, ZEROS)) {
                final byte[] then = earlier == null ? null : earlier.pages.get(page);
                pages.put(page, then != null && Arrays.equals(then, now) ? then : now);
            }
        }
        return new Content(Files.getAttribute(path, "unix:ino"), bytes.length, pages);
    }

    private static long nowUs() {
        return Duration.between(Instant.EPOCH, Instant.now()).toNanos() / 1_000;
    }
}
