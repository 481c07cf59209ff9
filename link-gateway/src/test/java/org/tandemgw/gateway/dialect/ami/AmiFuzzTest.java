package org.tandemgw.gateway.dialect.ami;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.calls.AmiCallDecoder;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.AmiSettings;
import org.tandemgw.gateway.emulate.AmiTraffic;
import org.tandemgw.gateway.frame.AmiDecoder;
import org.tandemgw.gateway.frame.FrameSink;
import org.tandemgw.gateway.frame.LinkFrameDecoder;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallWatcher;
import org.tandemgw.recovery.TableLimits;

/**
 * Bytes that nobody should send: no exception, no bytes lost, bounded memory, an end. The corpus is what is changed at random; what was found wrong once
 * stays in it. Seeded: {@code -Dtandem.seed}.
 */
class AmiFuzzTest {
    private static final LinkFrameDecoder.Limits LIMITS = new LinkFrameDecoder.Limits(8_192, 32_768);
    private static final int MOST_BYTES = 48 * 1024;
    private static final long AT_NS = 1_795_251_600_000_000_000L;
    private static final CallTable EMPTY = new CallTable(TableLimits.ofCalls(10), CallWatcher.NONE);
    private static final Duration LONG = Duration.ofSeconds(120);

    /** Counts what comes out of the framing, and hands it on to everything behind it. */
    private static final class House implements FrameSink {
        private final CallTable table = new CallTable(TableLimits.ofCalls(100), CallWatcher.NONE);
        private final AmiCallDecoder calls = new AmiCallDecoder(table::apply);
        private final AmiEventMask mask = AmiEventMask.of("call,agent");
        private final AmiDialect dialect = new AmiDialect(LIMITS, 1, true, "on", List.of(), 0);
        private final org.tandemgw.gateway.dialect.LegFrames local = dialect.legFrames();
        private long sequence;
        private long bytes;
        private int longest;

        @Override
        public void onFrame(byte[] buffer, int offset, int length) {
            sequence++;
            bytes += length;
            longest = Math.max(longest, length);
            calls.decode(buffer, offset, length, sequence, AT_NS + sequence);
            mask.wants(buffer, offset, length);
            local.isLocal(buffer, offset, length, AT_NS + sequence);
            dialect.identity().of(buffer, offset, length, AT_NS + sequence);
        }

        @Override
        public void onLongFrame(long length, byte[] sha256) {
            sequence++;
            bytes += length;
        }
    }

    @Test
    void shouldSurviveWhateverAnAsteriskSays() throws IOException {
        events(5_000, Long.getLong("tandem.seed", 20_261_121L));
    }

    @Test
    void shouldSurviveWhateverAClientSays() throws IOException {
        actions(4_000, Long.getLong("tandem.seed", 20_261_121L));
    }

    /** Four hundred times as much. */
    @Test
    @Tag("slow")
    void shouldSurviveItForLong() throws IOException {
        final long seed = Long.getLong("tandem.seed", System.nanoTime());
        events(2_000_000, seed);
        actions(2_000_000, seed);
    }

    private static void events(int rounds, long seed) throws IOException {
        final Random random = new Random(seed);
        final List<byte[]> corpus = corpus("event");
        final AmiTraffic traffic = new AmiTraffic(seed, AmiSettings.DEFAULT);
        Assertions.assertTimeoutPreemptively(
                LONG.multipliedBy(1 + rounds / 20_000),
                () -> {
                    House house = new House();
                    for (int round = 0; round < rounds; round++) {
                        house = round % 1_000 == 0 ? new House() : house;
                        final byte[] input = random.nextInt(4) == 0
                                ? AcdDialect.ASTERISK_AMI.frame(traffic.next())
                                : corpus.get(random.nextInt(corpus.size()));
                        final byte[] bytes = changed(input, random);
                        try {
                            feed(new AmiDecoder(LIMITS, house), house, bytes, random);
                        } catch (RuntimeException | Error e) {
                            throw new AssertionError("round " + round + " of seed " + seed + ":\n" + shown(bytes), e);
                        }
                    }
                    assertTrue(house.longest <= LIMITS.carry(), "seed " + seed);
                },
                "no end, seed " + seed);
    }

    private static void feed(AmiDecoder decoder, House house, byte[] bytes, Random random) {
        final long before = house.bytes;
        int at = 0;
        boolean whole = true;
        while (at < bytes.length && whole) {
            final int length = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 3 : 4_096));
            whole = decoder.decode(bytes, at, length);
            at += length;
        }
        assertTrue(house.bytes - before <= bytes.length, "more came out than went in");
    }

    private static void actions(int rounds, long seed) throws IOException {
        final Random random = new Random(seed);
        final List<byte[]> corpus = corpus("action");
        Assertions.assertTimeoutPreemptively(
                LONG.multipliedBy(1 + rounds / 20_000),
                () -> {
                    for (int round = 0; round < rounds; round++) {
                        final byte[] bytes = changed(corpus.get(random.nextInt(corpus.size())), random);
                        try {
                            client(bytes, random);
                        } catch (RuntimeException | Error e) {
                            throw new AssertionError("round " + round + " of seed " + seed + ":\n" + shown(bytes), e);
                        }
                    }
                },
                "no end, seed " + seed);
    }

    /** Read alone, and said to a whole session, whose answers have to be whole messages. */
    private static void client(byte[] bytes, Random random) {
        final AmiActionReader reader = new AmiActionReader();
        final HeardClient client = new HeardClient(EMPTY);
        final AmiServedSession session =
                new AmiServedSession(client, () -> new AmiFace("Asterisk Call Manager/9.0.0", 0), "123456789");
        client.of(session);
        session.begin();
        for (int at = 0; at < bytes.length; ) {
            final int length = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 3 : 2_048));
            reader.add(bytes, at, length);
            int most = bytes.length + 1;
            while (reader.next() != null) {
                assertTrue(most-- > 0, "actions without end");
            }
            assertTrue(reader.heldBytes() <= AmiActionReader.LONGEST + 2_048, "held " + reader.heldBytes());
            if (client.isOpen()) {
                session.heard(bytes, at, length);
            }
            at += length;
        }
        final String said = client.said();
        assertTrue(said.equals("Asterisk Call Manager/9.0.0\r\n") || said.endsWith("\r\n\r\n"), said);
        assertEquals(-1, said.replace("\r\n", "").indexOf('\n'), said);
    }

    /** A piece is taken out, doubled, put elsewhere or overwritten, or other bytes come in between; up to four times. */
    private static byte[] changed(byte[] input, Random random) {
        byte[] bytes = input;
        for (int change = random.nextInt(5); change > 0; change--) {
            final int from = random.nextInt(bytes.length + 1);
            final int to = Math.min(bytes.length, from + random.nextInt(random.nextBoolean() ? 4 : 200));
            final byte[] piece = Arrays.copyOfRange(bytes, from, to);
            bytes = switch (random.nextInt(7)) {
                case 0 -> joined(Arrays.copyOf(bytes, from), Arrays.copyOfRange(bytes, to, bytes.length));
                case 1 -> joined(Arrays.copyOf(bytes, to), piece, Arrays.copyOfRange(bytes, to, bytes.length));
                case 2 -> joined(bytes, piece);
                case 3 -> {
                    random.nextBytes(piece);
                    yield joined(Arrays.copyOf(bytes, from), piece, Arrays.copyOfRange(bytes, to, bytes.length));
                }
                case 4 ->
                    joined(Arrays.copyOf(bytes, from), odd(random), Arrays.copyOfRange(bytes, from, bytes.length));
                case 5 -> joined(bytes, bytes);
                default -> {
                    byte[] run = piece;
                    for (int i = random.nextInt(8); i > 0 && run.length < 20_000; i--) {
                        run = joined(run, run);
                    }
                    yield joined(Arrays.copyOf(bytes, from), run, Arrays.copyOfRange(bytes, from, bytes.length));
                }
            };
            bytes = bytes.length > MOST_BYTES ? Arrays.copyOf(bytes, MOST_BYTES) : bytes;
        }
        return bytes;
    }

    private static byte[] odd(Random random) {
        final String[] all = {
            "\r\n\r\n",
            "\n",
            "\r",
            "\0",
            ":",
            ": ",
            "Event: ",
            "Response: Follows\r\n",
            "--END COMMAND--",
            "ActionID: ",
            "Uniqueid: ",
            "Linkedid: ",
            "Timestamp: 99999999999999999999.9",
            "ChannelState: -1",
            "\u00ff\u00fe",
            "Events: ",
            "Action: QueueStatus\r\n\r\n",
            "AuthType: MD5\r\n"
        };
        return all[random.nextInt(all.length)].getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] joined(byte[]... parts) {
        final byte[] all =
                new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (final byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private static String shown(byte[] bytes) {
        return java.util.Base64.getEncoder().encodeToString(bytes);
    }

    private static List<byte[]> corpus(String kind) throws IOException {
        final Path folder = Path.of(
                System.getProperty("tandem.root"),
                "link-gateway/src/test/resources/org/tandemgw/gateway/dialect/ami/corpus");
        final List<byte[]> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (final Path file : files.sorted().toList()) {
                if (file.getFileName().toString().startsWith(kind)) {
                    all.add(Files.readString(file, StandardCharsets.ISO_8859_1)
                            .replace("\r\n", "\n")
                            .replace("\n", "\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
                }
            }
        }
        assertTrue(all.size() > 2, folder::toString);
        return all;
    }
}
