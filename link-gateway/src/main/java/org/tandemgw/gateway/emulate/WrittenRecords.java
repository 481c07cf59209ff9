package org.tandemgw.gateway.emulate;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;

/** What an emulated server has, a line a record, in a file that outlives it; or nowhere, and then only how far it came. One thread. */
final class WrittenRecords implements AutoCloseable {
    private final BufferedWriter file;
    private long last;

    private WrittenRecords(BufferedWriter file, long last) {
        this.file = file;
        this.last = last;
    }

    /** Goes on behind the last whole line; a torn one is cut off. {@code path} null: nowhere. */
    static WrittenRecords open(Path path) throws IOException {
        if (path == null) {
            return new WrittenRecords(null, 0);
        }
        long last = 0;
        if (Files.exists(path)) {
            long whole = 0;
            final byte[] all = Files.readAllBytes(path);
            for (int i = 0, begin = 0; i < all.length; i++) {
                if (all[i] == '\n') {
                    last = number(path, new String(all, begin, i - begin, StandardCharsets.US_ASCII));
                    begin = i + 1;
                    whole = begin;
                }
            }
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.truncate(whole);
            }
        }
        return new WrittenRecords(
                Files.newBufferedWriter(
                        path, StandardCharsets.US_ASCII, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                last);
    }

    /** What to ask for. */
    long next() {
        return last + 1;
    }

    /** The feed begins there: the oldest that is kept, when more was asked for. */
    void from(long sequence) {
        last = sequence - 1;
    }

    void record(long sequence, boolean frame, byte[] bytes, int offset, int length) {
        last = sequence;
        if (file == null) {
            return;
        }
        try {
            file.write(sequence
                    + (frame ? " frame " : " record ")
                    + HexFormat.of().formatHex(bytes, offset, offset + length)
                    + '\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void flush() throws IOException {
        if (file != null) {
            file.flush();
        }
    }

    private static long number(Path path, String line) throws IOException {
        final int space = line.indexOf(' ');
        if (space < 1 || !line.substring(0, space).matches("\\d{1,18}")) {
            throw new IOException(path + " is not a file of an emulated server: \"" + line + '"');
        }
        return Long.parseLong(line.substring(0, space));
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
