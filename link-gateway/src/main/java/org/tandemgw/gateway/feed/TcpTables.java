package org.tandemgw.gateway.feed;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * Reads the kernel's tables of TCP sockets, line by line, through one buffer. One thread. A table of more than {@link #MAX_BYTES} is read no
 * further: connections behind that are as if they were not there.
 */
final class TcpTables {
    /** Some 100,000 sockets. */
    static final long MAX_BYTES = 16L << 20;

    private final List<Path> files;
    private final byte[] buffer = new byte[64 * 1024];
    private final TcpTableLine line = new TcpTableLine();

    TcpTables() {
        this(List.of(Path.of("/proc/net/tcp6"), Path.of("/proc/net/tcp")));
    }

    TcpTables(List<Path> files) {
        this.files = files;
    }

    /**
     * Hands on living connections, until {@code wanted} is false; the line is valid during the call. The table in which the sockets of Java usually
     * are comes first.
     *
     * @throws IOException if no table can be read; one that is not there is left out, for a kernel need not have IPv6
     */
    void read(Predicate<TcpTableLine> wanted) throws IOException {
        int read = 0;
        for (final Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                if (!read(in, wanted)) {
                    return;
                }
                read++;
            } catch (NoSuchFileException | FileNotFoundException e) {
                if (read == 0 && file.equals(files.get(files.size() - 1))) {
                    throw e;
                }
            }
        }
    }

    private boolean read(InputStream in, Predicate<TcpTableLine> wanted) throws IOException {
        int held = 0;
        long total = 0;
        for (int count;
                (count = in.read(buffer, held, buffer.length - held)) > 0 && total < MAX_BYTES;
                total += count) {
            final int end = held + count;
            int from = 0;
            for (int i = held; i < end; i++) {
                if (buffer[i] == '\n') {
                    if (line.parse(buffer, from, i - from) && !wanted.test(line)) {
                        return false;
                    }
                    from = i + 1;
                }
            }
            held = end - from;
            System.arraycopy(buffer, from, buffer, 0, held);
            if (held == buffer.length) {
                throw new IOException("a line of more than " + held + " bytes");
            }
        }
        return true;
    }
}
