package org.tandemgw.gateway.dialect.esl;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.calls.EslCallDecoder;
import org.tandemgw.gateway.dialect.LegFrames;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.EslTraffic;
import org.tandemgw.gateway.frame.EslDecoder;
import org.tandemgw.gateway.frame.FrameSink;
import org.tandemgw.gateway.frame.LinkFrameDecoder;
import org.tandemgw.gateway.house.Chance;
import org.tandemgw.gateway.leg.LegSession;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallWatcher;
import org.tandemgw.recovery.TableLimits;

/**
 * Bytes that nobody should send: no exception, no bytes lost, bounded memory, an end. What a FreeSWITCH and its clients say is changed at random. Seeded:
 * {@code -Dtandem.seed}.
 */
class EslFuzzTest {
    private static final LinkFrameDecoder.Limits LIMITS = new LinkFrameDecoder.Limits(8_192, 32_768);
    private static final int MOST_BYTES = 48 * 1024;
    private static final long AT_NS = 1_795_251_600_000_000_000L;
    private static final CallTable EMPTY = new CallTable(TableLimits.ofCalls(10), CallWatcher.NONE);
    private static final Duration LONG = Duration.ofSeconds(120);

    private static final List<String> SAID = List.of(
            "Content-Type: auth/request\n\nContent-Type: command/reply\nReply-Text: +OK accepted\n\n"
                    + "Content-Type: command/reply\nReply-Text: +OK event listener enabled plain\n\n",
            "Content-Type: api/response\nContent-Length: 66\n\n"
                    + "{\"row_count\":1,\"rows\":[{\"uuid\":\"a\",\"callstate\":\"\\u00e9\",\"x\":1}]}",
            "Content-Type: api/response\nContent-Length: 51\n\nname|uuid|status\n1001@x|u|Available\n1002@x||Out\n+OK\n",
            "Content-Type: text/disconnect-notice\nContent-Length: 5\n\nbye.\n",
            "Content-Length: 59\nContent-Type: text/event-plain\n\n"
                    + "Event-Name: BACKGROUND_JOB\nJob: %2\nContent-Length: 5\n\n+OK a\n",
            "Content-Type: text/rude-rejection\nContent-Length: 24\n\nAccess Denied, go away.\n");
    private static final List<String> ASKED = List.of(
            "auth secret\n\nevent plain ALL\n\napi show channels as json\n\nbgapi status\n\nexit\n\n",
            "userauth east@x:secret\n\nfilter Unique-ID a\n\nfilter delete Unique-ID\n\nevent CHANNEL_CREATE CUSTOM a::b\n\n",
            "auth secret\r\n\r\nsendmsg 1\nContent-Length: 3\n\nabcnixevent ALL\n\nnoevents\n\n");

    /** Counts what comes out of the framing, and hands it on to everything behind it. */
    private static final class House implements FrameSink, LegSession.Listing {
        private final CallTable table = new CallTable(TableLimits.ofCalls(100), CallWatcher.NONE);
        private final EslCallDecoder calls = new EslCallDecoder(table::apply);
        private final EslSubscription subscription = new EslSubscription();
        private final EslDialect dialect = new EslDialect(LIMITS, 1, "ALL", List.of(), 0);
        private final LegFrames local = dialect.legFrames();
        private final EslSession session = new EslSession(
                new EslLogin("u", "s", "ALL", List.of("show channels as json", "callcenter_config agent list"), 1),
                said -> {});
        private long sequence;
        private long bytes;
        private int longest;

        House() {
            subscription.change(new String[] {"CHANNEL_CREATE", "CUSTOM", "callcenter::info"}, 0, true);
            subscription.filter("Unique-ID", "x");
            session.begun(this);
        }

        @Override
        public void onFrame(byte[] buffer, int offset, int length) {
            sequence++;
            bytes += length;
            longest = Math.max(longest, length);
            calls.decode(buffer, offset, length, sequence, AT_NS + sequence);
            subscription.wants(buffer, offset, length);
            if (local.isLocal(buffer, offset, length, AT_NS)) {
                session.heard(buffer, offset, length);
            }
            dialect.identity().of(buffer, offset, length, AT_NS);
        }

        @Override
        public void onLongFrame(long length, byte[] sha256) {
            sequence++;
            bytes += length;
        }

        @Override
        public void began() {
            // Nobody looks at it.
        }

        @Override
        public void item(byte[] buffer, int offset, int length) {
            calls.item(buffer, offset, length, sequence, AT_NS + sequence);
        }

        @Override
        public void ended(boolean allCalls, boolean agents) {
            // Nobody looks at it.
        }
    }

    @Test
    void shouldSurviveWhateverAFreeSwitchSays() {
        events(5_000, Chance.seed());
    }

    @Test
    void shouldSurviveWhateverAClientSays() {
        requests(4_000, Chance.seed());
    }

    /** Four hundred times as much. */
    @Test
    @Tag("slow")
    void shouldSurviveItForLong() {
        final long seed = Chance.seed();
        events(2_000_000, seed);
        requests(2_000_000, seed);
    }

    private static void events(int rounds, long seed) {
        final Random random = new Random(seed);
        final EslTraffic traffic = new EslTraffic(seed);
        Assertions.assertTimeoutPreemptively(
                LONG.multipliedBy(1 + rounds / 20_000),
                () -> {
                    House house = new House();
                    for (int round = 0; round < rounds; round++) {
                        house = round % 1_000 == 0 ? new House() : house;
                        final byte[] bytes = changed(
                                random.nextBoolean()
                                        ? AcdDialect.FREESWITCH_ESL.frame(traffic.next())
                                        : latin(SAID.get(random.nextInt(SAID.size()))),
                                random);
                        try {
                            feed(new EslDecoder(LIMITS, house), house, bytes, random);
                            new EslSession(new EslLogin("u", "s", "ALL", List.of(), 0), said -> {})
                                    .offer(bytes, 0, bytes.length);
                        } catch (RuntimeException | Error e) {
                            throw new AssertionError("round " + round + " of seed " + seed + ":\n" + shown(bytes), e);
                        }
                    }
                    assertTrue(house.longest <= LIMITS.carry(), "seed " + seed);
                },
                "no end, seed " + seed);
    }

    private static void feed(EslDecoder decoder, House house, byte[] bytes, Random random) {
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

    private static void requests(int rounds, long seed) {
        final Random random = new Random(seed);
        Assertions.assertTimeoutPreemptively(
                LONG.multipliedBy(1 + rounds / 20_000),
                () -> {
                    for (int round = 0; round < rounds; round++) {
                        final byte[] bytes = changed(latin(ASKED.get(random.nextInt(ASKED.size()))), random);
                        try {
                            client(bytes, random);
                        } catch (RuntimeException | Error e) {
                            throw new AssertionError("round " + round + " of seed " + seed + ":\n" + shown(bytes), e);
                        }
                    }
                },
                "no end, seed " + seed);
    }

    private static void client(byte[] bytes, Random random) {
        final EslRequestReader reader = new EslRequestReader();
        final HeardClient client = new HeardClient(EMPTY);
        for (int at = 0; at < bytes.length; ) {
            final int length = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 3 : 2_048));
            reader.add(bytes, at, length);
            int most = bytes.length + 1;
            while (reader.next() != null) {
                assertTrue(most-- > 0, "commands without end");
            }
            assertTrue(reader.heldBytes() <= EslRequestReader.LONGEST + 2_048, "held " + reader.heldBytes());
            if (client.isOpen()) {
                client.session.heard(bytes, at, length);
            }
            at += length;
        }
    }

    /** A piece is taken out, doubled, put elsewhere or overwritten, or other bytes come in between; up to four times. */
    private static byte[] changed(byte[] input, Random random) {
        byte[] bytes = input;
        for (int change = random.nextInt(5); change > 0; change--) {
            final int from = random.nextInt(bytes.length + 1);
            final int to = Math.min(bytes.length, from + random.nextInt(random.nextBoolean() ? 4 : 200));
            final byte[] piece = Arrays.copyOfRange(bytes, from, to);
            final byte[] before = Arrays.copyOf(bytes, from);
            final byte[] behind = Arrays.copyOfRange(bytes, to, bytes.length);
            bytes = switch (random.nextInt(6)) {
                case 0 -> joined(before, behind);
                case 1 -> joined(before, piece, piece, behind);
                case 2 -> joined(bytes, bytes);
                case 3 -> {
                    random.nextBytes(piece);
                    yield joined(before, piece, behind);
                }
                case 4 -> joined(before, odd(random), piece, behind);
                default -> {
                    byte[] run = piece;
                    for (int i = random.nextInt(8); i > 0 && run.length < 20_000; i--) {
                        run = joined(run, run);
                    }
                    yield joined(before, run, behind);
                }
            };
            bytes = bytes.length > MOST_BYTES ? Arrays.copyOf(bytes, MOST_BYTES) : bytes;
        }
        return bytes;
    }

    private static byte[] odd(Random random) {
        final String[] all = {
            "\n\n",
            "\r\n",
            "\0",
            ":",
            "%",
            "%zz%0",
            "Content-Length: 0\n",
            "Content-Length: 99999\n",
            "Content-Length: -1\n",
            "Content-Type: api/response\n",
            "Content-Type: text/event-json\n",
            "Event-Name: CHANNEL_BRIDGE\n",
            "Event-Date-Timestamp: 99999999999999999999\n",
            "{{{{",
            "}}}}\"",
            "|||",
            "\u00ff\u00fe"
        };
        return latin(all[random.nextInt(all.length)]);
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

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String shown(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
