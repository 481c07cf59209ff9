package org.tandemgw.gateway.demo;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.zip.CRC32C;
import org.tandemgw.gateway.emulate.StreamComparison;
import org.tandemgw.gateway.feed.StreamDigest;
import org.tandemgw.gateway.time.Clock;

/**
 * The account that a server of the demo keeps of what it received: counts, two digests, the records that are not frames,
 * how late and how evenly it came. It keeps no frames, and of the other records the last 1,000. Not thread-safe: the
 * server guards it.
 */
final class ReceivedStream {
    private static final int NOTES = 1_000;
    private static final long REPORT_NS = 500_000_000L;

    private final Clock clock;
    private final StreamComparison comparison;
    private final LongUnaryOperator producedNs;
    private final MessageDigest sha = sha256();
    private final StreamDigest digest = new StreamDigest();
    private final CRC32C crc = new CRC32C();
    private final byte[] prefix = new byte[5];
    private final List<DemoServer.Note> notes = new ArrayList<>();
    private long last;
    private long frames;
    private long gaps;
    private long discontinuities;
    private long marks;
    private long lostRecords;
    private long jumps;
    private long reported;
    private long reportedNs;
    private long lastFrameNs;
    private long slowestNs;
    private long longestPauseNs;

    ReceivedStream(Clock clock, StreamComparison comparison, LongUnaryOperator producedNs) {
        this.clock = clock;
        this.comparison = comparison;
        this.producedNs = producedNs;
        digest.begin(0, null);
    }

    void record(long sequence, boolean frame, byte[] bytes, int offset, int length) {
        if (sequence != last + 1) {
            jumps++;
            digest.begin(sequence - 1, null);
        }
        last = sequence;
        crc.reset();
        crc.update(bytes, offset, length);
        digest.add((int) crc.getValue());
        addToContent(frame, bytes, offset, length);
        if (frame) {
            frame(bytes, offset, length);
        } else {
            note(sequence, new String(bytes, offset, length, StandardCharsets.UTF_8));
        }
    }

    long last() {
        return last;
    }

    long frames() {
        return frames;
    }

    long gaps() {
        return gaps;
    }

    long discontinuities() {
        return discontinuities;
    }

    long marks() {
        return marks;
    }

    long lostRecords() {
        return lostRecords;
    }

    /** How often a record was not the next one. */
    long jumps() {
        return jumps;
    }

    StreamComparison comparison() {
        return comparison;
    }

    StreamDigest digest() {
        return digest;
    }

    List<DemoServer.Note> notes() {
        return List.copyOf(notes);
    }

    /** Whether the gateway should be told again what is here: something new came, and it was told long enough ago. */
    boolean takeReportDue() {
        final long now = clock.nanoTime();
        final boolean due = last > reported && now - reportedNs >= REPORT_NS;
        if (due) {
            reported = last;
            reportedNs = now;
        }
        return due;
    }

    /** The digest through the last full thousand, or null if it is not known. */
    String digestHex() {
        return digest.through() == last - last % StreamDigest.BLOCK ? digest.hex() : null;
    }

    long takeSlowestNs() {
        final long slowest = slowestNs;
        slowestNs = 0;
        return slowest;
    }

    long takeLongestPauseNs() {
        final long longest = longestPauseNs;
        longestPauseNs = 0;
        return longest;
    }

    String contentDigest() {
        try {
            return HexFormat.of().formatHex(((MessageDigest) sha.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's SHA-256 can be cloned", e);
        }
    }

    private void frame(byte[] bytes, int offset, int length) {
        frames++;
        comparison.frame(bytes, offset, length);
        final long now = clock.nanoTime();
        longestPauseNs = Math.max(longestPauseNs, lastFrameNs == 0 ? 0 : now - lastFrameNs);
        lastFrameNs = now;
        if (comparison.following()) {
            slowestNs = Math.max(slowestNs, now - producedNs.applyAsLong(comparison.next() - 1));
        }
    }

    private void note(long sequence, String json) {
        final DemoServer.Note note = DemoServer.Note.parse(sequence, json);
        if (notes.size() == NOTES) {
            notes.remove(0);
        }
        notes.add(note);
        switch (note.kind()) {
            case "gap" -> gaps++;
            case "discontinuity" -> discontinuities++;
            case "lost" -> lostRecords++;
            default -> marks++;
        }
        if (!note.kind().equals("mark")) {
            comparison.broken(note.kind());
        }
    }

    private void addToContent(boolean frame, byte[] bytes, int offset, int length) {
        prefix[0] = (byte) (frame ? 1 : 0);
        prefix[1] = (byte) (length >>> 24);
        prefix[2] = (byte) (length >>> 16);
        prefix[3] = (byte) (length >>> 8);
        prefix[4] = (byte) length;
        sha.update(prefix);
        sha.update(bytes, offset, length);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
