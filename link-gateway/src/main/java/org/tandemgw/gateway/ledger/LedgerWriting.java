package org.tandemgw.gateway.ledger;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.ledger.LedgerTotal.Counts;
import org.tandemgw.recovery.Fate;

/** Writes one ledger, line by line. The file appears whole and durable at the end, in place of an older state of it, or not at all. */
final class LedgerWriting implements AutoCloseable {
    static final String NEW = ".new";

    /** The last line; a line of a call has no such key. */
    record Last(LedgerTotal total) {}

    private final Path file;
    private final Path half;
    private final FileChannel channel;
    private final BufferedWriter out;
    private boolean kept;
    private long calls;
    private long keptCalls;
    private long recovered;
    private long cut;
    private long inFlight;
    private long ended;
    private long discovered;

    LedgerWriting(Path file) throws IOException {
        this.file = file;
        half = file.resolveSibling(file.getFileName() + NEW);
        Files.deleteIfExists(half);
        channel = FileChannel.open(
                half,
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
        out = new BufferedWriter(
                new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8), 1 << 16);
    }

    void add(LedgerLine line) throws IOException {
        out.write(JsonRecords.write(line));
        out.write('\n');
        calls++;
        if (line.after().equals(LedgerLine.DISCOVERED)) {
            discovered++; // not one of those that were in flight as far as was known: nobody said what becomes of it
            return;
        }
        if (line.fate().equals(Fate.KEPT.word())) {
            keptCalls++;
        } else if (line.fate().equals(Fate.RECOVERED.word())) {
            recovered++;
        } else if (line.fate().equals(Fate.CUT.word())) {
            cut++;
        }
        switch (line.after()) {
            case LedgerLine.IN_FLIGHT -> inFlight++;
            case LedgerLine.ENDED -> ended++;
            default -> {} // nobody was asked yet
        }
    }

    Counts counts() {
        return new Counts(
                calls,
                keptCalls,
                recovered,
                cut,
                calls - discovered - keptCalls - recovered - cut,
                inFlight,
                ended,
                discovered);
    }

    /** From now on it is there. */
    void keep(LedgerTotal total) throws IOException {
        out.write(JsonRecords.write(new Last(total)));
        out.write('\n');
        out.flush();
        channel.force(true);
        channel.close();
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
        kept = true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!kept) {
            Files.deleteIfExists(half);
        }
    }
}
