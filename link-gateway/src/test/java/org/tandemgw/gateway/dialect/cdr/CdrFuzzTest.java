package org.tandemgw.gateway.dialect.cdr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.calls.CdrCallDecoder;
import org.tandemgw.gateway.dialect.LegFrames;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.CdrForm;
import org.tandemgw.gateway.emulate.CdrTraffic;
import org.tandemgw.gateway.frame.FrameSink;
import org.tandemgw.gateway.frame.LinkFrameDecoder;
import org.tandemgw.gateway.house.Chance;
import org.tandemgw.profiles.CdrRecords;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallWatcher;
import org.tandemgw.recovery.TableLimits;

/** Bytes that no ACD should send: no exception, no bytes lost, bounded memory, an end. */
class CdrFuzzTest {
    private static final LinkFrameDecoder.Limits LIMITS = new LinkFrameDecoder.Limits(1_024, 16_384);
    private static final int MOST_BYTES = 24 * 1024;
    private static final long AT_NS = 1_795_251_600_000_000_000L;
    private static final List<String> FORMS =
            List.of("customised", "teleseer", "59-character", "printer", "expanded", "int-isdn");
    private static final String[] ODD = {
        "\r\n",
        "\n",
        "\r",
        "\0",
        "\0\0\0",
        " ",
        "9999",
        "112126",
        "0229",
        "1121\r\n",
        "11 21\r\n",
        "-1",
        "\u00ff\u00fe",
        "99999",
        "E",
        "6"
    };

    /** Counts what comes out of the framing, and hands it on to everything behind it. */
    private static final class House implements FrameSink {
        private final CallTable table = new CallTable(TableLimits.ofCalls(100), CallWatcher.NONE);
        private final CdrCallDecoder calls;
        private final CdrDialect dialect;
        private final LegFrames local;
        private long sequence;
        private long bytes;
        private int longest;

        House(CdrRecords records) {
            calls = new CdrCallDecoder(records, table::apply);
            dialect = new CdrDialect(LIMITS, records, 1);
            local = dialect.legFrames();
        }

        @Override
        public void onFrame(byte[] buffer, int offset, int length) {
            sequence++;
            bytes += length;
            longest = Math.max(longest, length);
            calls.decode(buffer, offset, length, sequence, AT_NS + sequence);
            local.isLocal(buffer, offset, length, AT_NS + sequence);
            dialect.identity().of(buffer, offset, length, AT_NS + sequence);
            assertEquals(0, table.inFlight(), "each call has ended");
        }

        @Override
        public void onLongFrame(long length, byte[] sha256) {
            sequence++;
            bytes += length;
        }
    }

    @Test
    void shouldSurviveWhateverAnAcdSays() {
        records(6_000, Chance.seed());
    }

    /** Four hundred times as much. */
    @Test
    @Tag("slow")
    void shouldSurviveItForLong() {
        records(2_400_000, Chance.seed());
    }

    private static void records(int rounds, long seed) {
        final Random random = new Random(seed);
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(120).multipliedBy(1 + rounds / 20_000),
                () -> {
                    House house = null;
                    CdrTraffic traffic = null;
                    for (int round = 0; round < rounds; round++) {
                        if (round % 1_000 == 0) {
                            final CdrForm form = CdrForm.of(FORMS.get(round / 1_000 % FORMS.size()), true);
                            house = new House(form.records());
                            traffic = new CdrTraffic(seed + round, form);
                        }
                        byte[] bytes = traffic.greeting();
                        for (int i = random.nextInt(4); i >= 0; i--) {
                            bytes = joined(bytes, AcdDialect.AVAYA_CDR.frame(traffic.next()));
                        }
                        bytes = changed(bytes, random);
                        try {
                            feed(house, bytes, random);
                        } catch (RuntimeException | Error e) {
                            throw new AssertionError(
                                    "round " + round + ", -Dtandem.seed=" + seed + ":\n"
                                            + Base64.getEncoder().encodeToString(bytes),
                                    e);
                        }
                        assertTrue(house.longest <= LIMITS.carry(), "-Dtandem.seed=" + seed);
                    }
                },
                "no end, -Dtandem.seed=" + seed);
    }

    private static void feed(House house, byte[] bytes, Random random) {
        final LinkFrameDecoder decoder = house.dialect.decoder(house);
        house.local.sessionBegins();
        final long before = house.bytes;
        int at = 0;
        boolean whole = true;
        while (at < bytes.length && whole) {
            final int length = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 3 : 4_096));
            whole = decoder.decode(bytes, at, length);
            at += length;
        }
        decoder.reset();
        assertTrue(house.bytes - before <= bytes.length, "more came out than went in");
        assertTrue(!whole || bytes.length - (house.bytes - before) <= LIMITS.believe(), "bytes were lost");
    }

    /** A piece is taken out, doubled, put elsewhere or overwritten, or other bytes come in between; up to four times. */
    private static byte[] changed(byte[] input, Random random) {
        byte[] bytes = input;
        for (int change = random.nextInt(5); change > 0; change--) {
            final int from = random.nextInt(bytes.length + 1);
            final int to = Math.min(bytes.length, from + random.nextInt(random.nextBoolean() ? 4 : 120));
            final byte[] begin = Arrays.copyOf(bytes, from);
            final byte[] piece = Arrays.copyOfRange(bytes, from, to);
            final byte[] end = Arrays.copyOfRange(bytes, to, bytes.length);
            bytes = switch (random.nextInt(6)) {
                case 0 -> joined(begin, end);
                case 1 -> joined(begin, piece, piece, end);
                case 2 -> joined(end, begin);
                case 3 -> {
                    random.nextBytes(piece);
                    yield joined(begin, piece, end);
                }
                case 4 ->
                    joined(begin, ODD[random.nextInt(ODD.length)].getBytes(StandardCharsets.ISO_8859_1), piece, end);
                default -> {
                    byte[] run = piece;
                    for (int i = random.nextInt(8); i > 0 && run.length < 9_000; i--) {
                        run = joined(run, run);
                    }
                    yield joined(begin, run, end);
                }
            };
            bytes = bytes.length > MOST_BYTES ? Arrays.copyOf(bytes, MOST_BYTES) : bytes;
        }
        return bytes;
    }

    private static byte[] joined(byte[]... parts) {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (final byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
