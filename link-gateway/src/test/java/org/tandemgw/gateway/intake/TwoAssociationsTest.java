package org.tandemgw.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandemgw.gateway.arbiter.ArbiterSettings;
import org.tandemgw.gateway.arbiter.LegState;
import org.tandemgw.gateway.arbiter.LineArbiter;
import org.tandemgw.gateway.arbiter.StreamSink;
import org.tandemgw.gateway.dialect.csta.CstaDialect;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.CstaTraffic;
import org.tandemgw.gateway.frame.LinkFrameDecoder;
import org.tandemgw.gateway.leg.LegSession;

/** Two associations of one switching function, each with references of its own: one stream, in simulated time. */
class TwoAssociationsTest implements StreamSink {
    private static final long MS = 1_000_000L;
    private static final int FRAME_EVERY_MS = 20;
    private static final Pattern DEVICE = Pattern.compile("<deviceObject>(\\d+)<");
    private static final Pattern REFERENCE = Pattern.compile("<monitorCrossRefID>(\\d+)<");

    private final long seed = Long.getLong("tandem.seed", 20_261_122L);
    private final Random random = new Random(seed);
    private final CstaTraffic acd = new CstaTraffic(seed);
    private final List<String> produced = new ArrayList<>();
    private final List<String> stream = new ArrayList<>();
    private final LineArbiter arbiter = new LineArbiter(ArbiterSettings.defaults(), this);
    private final CstaDialect dialect = new CstaDialect(
            LinkFrameDecoder.Limits.WIDEST,
            seed,
            new CstaDialect.Settings(false, "urn:ed4", CstaTraffic.devices(), List.of(), 0));
    private final Association[] legs = {new Association(1), new Association(2)};
    private int breaks;
    private int gaps;
    private int dullInTen;
    private long nowNs = 1_000_000 * MS;

    /** One of the two, and what is on its way on it. */
    private final class Association {
        private final int leg;
        private final LegInput input;
        private final Map<String, String> references = new HashMap<>();
        private final ArrayDeque<byte[]> onTheWay = new ArrayDeque<>();
        private final ArrayDeque<Long> dueNs = new ArrayDeque<>();
        private int lastReference = random.nextInt(5_000);
        private long lagNs;
        private boolean up;

        Association(int leg) {
            this.leg = leg;
            input = new LegInput(leg, arbiter, dialect, () -> nowNs, () -> nowNs, (buffer, offset, length) -> {});
        }

        void connect() {
            final ArrayDeque<byte[]> asked = new ArrayDeque<>();
            final LegSession session = dialect.leg(leg).session("", "").begin(asked::add);
            references.clear();
            while (!asked.isEmpty()) {
                final byte[] answer = answer(asked.remove());
                assertEquals(answer.length, session.offer(answer, 0, answer.length));
            }
            assertTrue(session.ready());
            up = true;
            input.sessionBegins();
            arbiter.connected(leg, nowNs, nowNs);
        }

        private byte[] answer(byte[] request) {
            final String text = new String(request, StandardCharsets.UTF_8);
            final Matcher device = DEVICE.matcher(text);
            if (!device.find()) {
                return framed(text.substring(4, 8), "<StartApplicationSessionPosResponse/>");
            }
            final String reference = Integer.toString(++lastReference);
            references.put(device.group(1), reference);
            return framed(
                    text.substring(4, 8),
                    "<MonitorStartResponse><monitorCrossRefID>" + reference
                            + "</monitorCrossRefID></MonitorStartResponse>");
        }

        void say(String document) {
            if (up) {
                final Matcher device = REFERENCE.matcher(document);
                assertTrue(device.find());
                final String own = document.substring(0, device.start(1))
                        + references.get(device.group(1))
                        + document.substring(device.end(1));
                onTheWay.add(framed("9999", own));
                dueNs.add(nowNs + lagNs);
            }
        }

        void bring() {
            while (!onTheWay.isEmpty() && nowNs - dueNs.peek() >= 0) {
                dueNs.remove();
                final byte[] next = onTheWay.remove();
                if (random.nextInt(20) == 0) {
                    final byte[] local = framed("0003", "<SystemStatus/>");
                    assertTrue(input.take(local, 0, local.length));
                }
                assertTrue(input.take(next, 0, next.length));
            }
        }

        /** What was on its way is gone, but half of the next message. */
        void cut() {
            if (!onTheWay.isEmpty()) {
                final byte[] next = onTheWay.peek();
                assertTrue(input.take(Arrays.copyOf(next, next.length / 2), 0, next.length / 2));
            }
            onTheWay.clear();
            dueNs.clear();
            up = false;
            input.cut();
            arbiter.disconnected(leg, nowNs, nowNs, "cut");
        }
    }

    private static byte[] framed(String id, String document) {
        final byte[] frame = AcdDialect.CSTA_XML.frame(document.getBytes(StandardCharsets.UTF_8));
        System.arraycopy(id.getBytes(StandardCharsets.US_ASCII), 0, frame, 4, 4);
        return frame;
    }

    @Override
    public void frame(int leg, long atNs, boolean lost, byte[] buffer, int offset, int length, long number) {
        stream.add(new String(buffer, offset + 8, length - 8, StandardCharsets.UTF_8));
    }

    @Override
    public void gap(long fromNs, long toNs, int whichLegs, String why) {
        gaps++;
        breaks++;
    }

    @Override
    public void discontinuity(long atNs, int whichLegs, String why) {
        breaks++;
    }

    private void connectBoth() {
        arbiter.restored(0, false);
        legs[0].connect();
        legs[1].connect();
    }

    private void pass(long ms) {
        for (long at = 0; at < ms; at += FRAME_EVERY_MS) {
            final String document = random.nextInt(10) < dullInTen
                    ? "<BackInServiceEvent><monitorCrossRefID>200" + (1 + random.nextInt(3))
                            + "</monitorCrossRefID></BackInServiceEvent>"
                    : new String(acd.next(), StandardCharsets.UTF_8);
            produced.add(document);
            legs[0].say(document);
            legs[1].say(document);
            elapse(FRAME_EVERY_MS);
        }
    }

    private void elapse(long ms) {
        nowNs += ms * MS;
        legs[0].bring();
        legs[1].bring();
        arbiter.settled();
        arbiter.tick(nowNs, nowNs);
    }

    private void assertWhole() {
        for (int i = 0; i < 70; i++) {
            elapse(1_000);
        }
        assertEquals(produced, stream, "seed " + seed);
        assertEquals(0, breaks, "seed " + seed);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1_000, 60_000})
    void shouldMakeOneStreamHoweverLateOneAssociationIs(int lagMs) {
        connectBoth();
        pass(2_000);
        legs[1].lagNs = lagMs * MS;
        pass(120_000);
        assertWhole();
        assertTrue(legs[0].input.localFrames() > 100, "requests of the ACD stay out");
        assertEquals(0, legs[0].input.damaged());
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 10_000, 60_000})
    void shouldGoOnWithTheLateOneWhenTheOtherIsCutInTheMiddleOfAnEvent(int lagMs) {
        connectBoth();
        legs[1].lagNs = lagMs * MS;
        pass(90_000);
        legs[0].cut();
        pass(5_000);
        legs[0].connect();
        pass(90_000);
        assertWhole();
    }

    @Test
    void shouldFindTheirPlacesThoughNineInTenAreDull() {
        dullInTen = 9;
        connectBoth();
        pass(20_000);
        for (int cut = 0; cut < 30; cut++) {
            legs[cut % 2].lagNs = random.nextInt(500) * MS;
            legs[cut % 2].cut();
            pass(500);
            legs[cut % 2].connect();
            pass(20_000);
        }
        assertWhole();
    }

    @Test
    void shouldLoseNothingWithoutAMarkWhenTheLeaderIsCutWhileTheOtherLooksForItsPlace() {
        connectBoth();
        pass(20_000);
        for (int round = 0; round < 10; round++) {
            legs[1].cut();
            pass(500);
            legs[1].connect();
            pass(20L * random.nextInt(4));
            legs[0].cut();
            pass(200);
            legs[0].connect();
            pass(20_000);
        }
        for (int i = 0; i < 10; i++) {
            elapse(1_000);
        }
        assertTrue(stream.equals(produced) || breaks > 0, "seed " + seed);
        assertEquals(
                produced.subList(produced.size() - 500, produced.size()),
                stream.subList(stream.size() - 500, stream.size()));
    }

    @Test
    void shouldCallAnAssociationSilentThatAnswersButTellsNothing() {
        connectBoth();
        pass(20_000);
        legs[1].up = false; // it brings no event any more, and stays connected
        for (int i = 0; i < 15; i++) {
            final byte[] answer = framed("0004", "<SystemStatusResponse/>");
            assertTrue(legs[1].input.take(answer, 0, answer.length));
            pass(1_000);
        }
        assertEquals(LegState.SILENT, arbiter.leg(2).state());
        legs[1].cut();
        legs[1].connect();
        pass(20_000);
        assertEquals(LegState.UP, arbiter.leg(2).state());
        assertWhole();
    }

    @Test
    void shouldWriteOneGapWhenBothAreOut() {
        connectBoth();
        pass(10_000);
        legs[0].cut();
        legs[1].cut();
        final int before = stream.size();
        pass(3_000);
        final int missed = produced.size();
        legs[0].connect();
        legs[1].connect();
        pass(10_000);
        for (int i = 0; i < 10; i++) {
            elapse(1_000);
        }
        // Which of the two is first behind it may have to be marked as well: nobody can prove it.
        assertEquals(1, gaps, "seed " + seed);
        assertEquals(produced.subList(missed, produced.size()), stream.subList(before, stream.size()), "seed " + seed);
    }
}
