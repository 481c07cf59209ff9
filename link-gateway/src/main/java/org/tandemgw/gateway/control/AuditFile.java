package org.tandemgw.gateway.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.time.Clock;

/**
 * Who asked for what, and what became of it: one JSON object a line, only ever appended. Each line carries a running number and the hash of the line
 * before, and a seal beside the file says how far it was on the disk: what is changed, removed, inserted or cut off later can be found
 * ({@link AuditProof}). Above {@link #MAX_BYTES} the file is set aside under the time's name, and the chain goes on in the next; nothing is deleted. An entry
 * that cannot be written goes to the log instead, and the next one that can says before itself how many were missed. Any thread.
 */
public final class AuditFile implements AutoCloseable {
    static final long MAX_BYTES = 16L << 20;

    /** Its name below {@code data}. */
    public static final String NAME = "audit.jsonl";

    static final String BEGINS = "audit begins";
    static final String BROKEN = "audit broken";
    static final String INCOMPLETE = "audit incomplete";

    /** The line that begins a chain, and the one that was the reason for it. */
    private static final int YOUNGEST = 2;

    private static final Logger LOG = LoggerFactory.getLogger(AuditFile.class);

    /** Operators' requests and the commands to trunk switches end up in one file, from several threads. */
    private static final Object ONE_LINE = new Object();

    private static final AuditMissed MISSED = new AuditMissed();

    /** One line; {@code number} and {@code before} are added when it is written. */
    record Entry(Instant at, String who, String action, String object, String reason, boolean ok, String message) {}

    private final Path path;
    private final Clock clock;
    private final long maxBytes;
    private final AuditSealer sealer;

    /** Appends to this file, which need not exist. */
    public AuditFile(Path path, Clock clock) {
        this(path, clock, MAX_BYTES);
    }

    /** Why audit files of this process are not sealed, for an alarm; null: they are. Any thread. */
    public static String sealTrouble() {
        return AuditSealer.ALL.trouble();
    }

    AuditFile(Path path, Clock clock, long maxBytes) {
        this(path, clock, maxBytes, AuditSealer.ALL);
    }

    AuditFile(Path path, Clock clock, long maxBytes, AuditSealer sealer) {
        this.sealer = sealer;
        this.path = path;
        this.clock = clock;
        this.maxBytes = maxBytes;
    }

    /** Adds a line about what an operator asked for. */
    public void append(String action, String object, Operator by, Told answer) {
        final Instant at = Instant.ofEpochSecond(0, clock.utcNs());
        LOG.info("{} by {}: {}", object == null ? action : action + " " + object, by.who(), answer.message());
        append(new Entry(at, by.who(), action, object, by.reason(), answer.ok(), answer.message()));
    }

    /** Adds a line of more keys than these. Any thread: whoever else writes to this file waits. */
    public void append(Record entry) {
        final String line = JsonRecords.write(entry);
        try {
            synchronized (ONE_LINE) {
                setAside(Instant.ofEpochSecond(0, clock.utcNs()));
                final AuditSeal seal = readableSeal();
                final boolean notable = sayHowItStands(seal) | sayWhatWasMissed();
                write(line, seal);
                if (notable) {
                    seal();
                    return;
                }
            }
            sealer.soon(this);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("not in the audit file ({}): {}", e, line);
            synchronized (ONE_LINE) {
                MISSED.one(path, Instant.ofEpochSecond(0, clock.utcNs()), e.toString());
            }
        }
    }

    /** Makes durable what is there, and notes how far that is. Waits for the disk. */
    public void seal() throws IOException {
        final long bytes;
        synchronized (ONE_LINE) {
            if (!Files.exists(path) || Files.size(path) == 0) {
                return;
            }
            bytes = Files.size(path);
        }
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE);
                FileChannel folder = FileChannel.open(path.getParent(), StandardOpenOption.READ)) {
            file.force(true);
            folder.force(true);
        }
        synchronized (ONE_LINE) {
            sealed(bytes);
        }
    }

    /** Waits a moment for what is being sealed. Appending stays possible. */
    @Override
    public void close() {
        sealer.settle();
    }

    /** Counts the lines from the last seal on; a line that is not ended is left to the next time. */
    private void sealed(long bytes) throws IOException {
        final AuditSeal last = readableSeal();
        if (!Files.exists(path) || Files.size(path) < bytes) {
            return; // set aside meanwhile: its end is in the chain
        }
        final boolean goesOn = last != null && last.fits(path);
        long at = goesOn ? last.bytes() : 0;
        long lines = goesOn ? last.lines() : 0;
        long number = goesOn ? last.number() : 0;
        String hash = goesOn ? last.hash() : null;
        for (final AuditLine line : AuditLine.of(AuditBytes.read(path, at, bytes))) {
            if (line.ended()) {
                at += line.bytes();
                lines++;
                number = Math.max(number, line.number());
                hash = line.hash();
            }
        }
        if (hash != null && (last == null || !goesOn || at > last.bytes())) {
            new AuditSeal(at, lines, number, hash).write(path);
        }
    }

    /** The first line of a chain says what it found; so does the first after something is found to be missing. True if there was something to say. */
    private boolean sayHowItStands(AuditSeal seal) throws IOException {
        if (seal != null && seal.fits(path)) {
            return false;
        }
        final AuditEnd end = AuditEnd.of(path);
        if (end.number() == 0 && seal == null && !Files.exists(path.resolveSibling(AuditSeal.NAME))) {
            final byte[] before = Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
            say(
                    BEGINS,
                    AuditLine.of(before).size() + " lines stand before this one, " + before.length
                            + " bytes, their SHA-256 is " + AuditLine.hash(before, 0, before.length));
            return true;
        }
        if (seal == null) {
            say(
                    BROKEN,
                    "the seal of this file (" + AuditSeal.NAME + ") is gone or damaged: lines may be missing above");
            return true;
        }
        final List<Path> aside = AuditEnd.setAside(path);
        if (!seal.fits(path) && (aside.isEmpty() || !seal.fits(aside.get(aside.size() - 1)))) {
            say(
                    BROKEN,
                    "this file had " + seal.lines() + " lines, " + seal.bytes() + " bytes, the last of them number "
                            + seal.number()
                            + ", and has them no more: lines above are missing or not what was written");
            return true;
        }
        return false;
    }

    /** True if there was something to say. */
    private boolean sayWhatWasMissed() throws IOException {
        final String missed = MISSED.of(path);
        if (missed == null) {
            return false;
        }
        say(INCOMPLETE, missed);
        MISSED.told(path);
        return true;
    }

    private void say(String action, String message) throws IOException {
        final Instant at = Instant.ofEpochSecond(0, clock.utcNs());
        write(
                JsonRecords.write(new Entry(at, "tandem", action, NAME, null, action.equals(BEGINS), message)),
                readableSeal());
    }

    private void write(String json, AuditSeal seal) throws IOException {
        final AuditEnd end = AuditEnd.of(path);
        final long number = Math.max(end.number(), seal == null ? 0 : seal.number()) + 1;
        final String line =
                (end.torn() && Files.exists(path) ? "\n" : "") + AuditLine.linked(json, number, end.hash()) + "\n";
        final ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        try (SeekableByteChannel out = Files.newByteChannel(
                path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")))) {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        }
    }

    private AuditSeal readableSeal() {
        try {
            return AuditSeal.read(path);
        } catch (IOException e) {
            LOG.debug("the seal of the audit file cannot be read", e);
            return null;
        }
    }

    private void setAside(Instant at) throws IOException {
        if (Files.exists(path) && Files.size(path) > maxBytes) {
            seal();
            Files.move(path, path.resolveSibling("audit-" + at.toString().replace(':', '-') + ".jsonl"));
        }
    }
}
