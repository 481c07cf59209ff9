package org.tandemgw.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandemgw.gateway.arbiter.ArbiterSettings;
import org.tandemgw.gateway.arbiter.LegState;
import org.tandemgw.gateway.arbiter.LineArbiter;
import org.tandemgw.gateway.arbiter.StreamSink;
import org.tandemgw.gateway.dialect.esl.EslDialect;
import org.tandemgw.gateway.emulate.AcdDialect;
import org.tandemgw.gateway.emulate.EslTraffic;
import org.tandemgw.gateway.frame.LinkFrameDecoder;

/** Two sessions of one FreeSWITCH, of which one is late, is cut, or brings little but heartbeats: one stream, in simulated time. */
class TwoFreeSwitchSessionsTest implements StreamSink {
    private static final long MS = 1_000_000L;
    private static final int FRAME_EVERY_MS = 20;

    private final long seed = Long.getLong("tandem.seed", 20_261_121L);
    private final Random random = new Random(seed);
    private final EslTraffic freeSwitch = new EslTraffic(seed);
    private final List<String> produced = new ArrayList<>();
    private final List<String> stream = new ArrayList<>();
    private final LineArbiter arbiter = new LineArbiter(ArbiterSettings.defaults(), this);
    private final EslDialect dialect = new EslDialect(LinkFrameDecoder.Limits.WIDEST, 1, "ALL", List.of(), 0);
    private final Session[] sessions = {new Session(1), new Session(2)};
    private int breaks;
    private int heartbeatsInTen;
    private long nowNs = 1_000_000 * MS;

    /** One of the two, and what is on its way on it. */
    private final class Session {
        private final int leg;
        private final LegInput input;
        private final ArrayDeque<byte[]> onTheWay = new ArrayDeque<>();
        private final ArrayDeque<Long> dueNs = new ArrayDeque<>();
        private final Set<Integer> brought = new HashSet<>();
        private final ArrayDeque<Integer> numbers = new ArrayDeque<>();
        private long lagNs;
        private boolean up;

        Session(int leg) {
            this.leg = leg;
            input = new LegInput(leg, arbiter, dialect, () -> nowNs, () -> nowNs, (buffer, offset, length) -> {});
        }

        void connect() {
            up = true;
            input.sessionBegins();
            arbiter.connected(leg, nowNs, nowNs);
        }

        void say(byte[] frame) {
            if (up) {
                onTheWay.add(frame);
                dueNs.add(nowNs + lagNs);
                numbers.add(produced.size() - 1);
            }
        }

        void bring() {
            while (!onTheWay.isEmpty() && nowNs - dueNs.peek() >= 0) {
                dueNs.remove();
                brought.add(numbers.remove());
                hear(onTheWay.remove());
            }
        }

        private void hear(byte[] bytes) {
            assertTrue(input.take(bytes, 0, bytes.length));
        }

        /** What was on its way is gone, but half of the next message. */
        void cut() {
            if (!onTheWay.isEmpty()) {
                final byte[] next = onTheWay.peek();
                hear(Arrays.copyOf(next, next.length / 2));
            }
            onTheWay.clear();
            dueNs.clear();
            numbers.clear();
            up = false;
            input.cut();
            arbiter.disconnected(leg, nowNs, nowNs, "cut");
        }
    }

    @Override
    public void frame(int leg, long atNs, boolean lost, byte[] buffer, int offset, int length, long number) {
        stream.add(new String(buffer, offset, length, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void gap(long fromNs, long toNs, int whichLegs, String why) {
        breaks++;
    }

    @Override
    public void discontinuity(long atNs, int whichLegs, String why) {
        breaks++;
    }

    private void connectBoth() {
        arbiter.restored(0, false);
        sessions[0].connect();
        sessions[1].connect();
    }

    /** The FreeSWITCH speaks for so long. */
    private void pass(long ms) {
        for (long at = 0; at < ms; at += FRAME_EVERY_MS) {
            final byte[] message = random.nextInt(10) < heartbeatsInTen
                    ? ("Event-Name: HEARTBEAT\nNode: " + random.nextInt(3) + "\n\n")
                            .getBytes(StandardCharsets.ISO_8859_1)
                    : freeSwitch.next();
            final byte[] frame = AcdDialect.FREESWITCH_ESL.frame(message);
            produced.add(new String(frame, StandardCharsets.ISO_8859_1));
            sessions[0].say(frame);
            sessions[1].say(frame);
            elapse(FRAME_EVERY_MS);
        }
    }

    private void elapse(long ms) {
        nowNs += ms * MS;
        sessions[0].bring();
        sessions[1].bring();
        arbiter.settled();
        arbiter.tick(nowNs, nowNs);
    }

    /** The FreeSWITCH is silent until all is there. */
    private void bringAll() {
        for (int i = 0; i < 70; i++) {
            elapse(1_000);
        }
    }

    private void assertWhole() {
        assertEquals(produced.size(), stream.size(), "seed " + seed);
        assertEquals(produced, stream, "seed " + seed);
        assertEquals(0, breaks, "seed " + seed);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1_000, 60_000})
    void shouldMakeOneStreamHoweverLateOneSessionIs(int lagMs) {
        connectBoth();
        pass(2_000);
        sessions[1].lagNs = lagMs * MS;
        pass(180_000);
        bringAll();
        assertWhole();
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 10_000})
    void shouldGoOnWithTheLateSessionWhenTheOtherIsCutInTheMiddleOfAnEvent(int lagMs) {
        connectBoth();
        sessions[1].lagNs = lagMs * MS;
        pass(90_000);
        sessions[0].cut();
        pass(5_000);
        sessions[0].connect();
        pass(90_000);
        bringAll();
        assertWhole();
    }

    @Test
    void shouldFindTheirPlacesThoughNineInTenAreHeartbeats() {
        heartbeatsInTen = 9;
        connectBoth();
        pass(20_000);
        for (int cut = 0; cut < 40; cut++) {
            sessions[cut % 2].lagNs = random.nextInt(500) * MS;
            sessions[cut % 2].cut();
            pass(500);
            sessions[cut % 2].connect();
            pass(20_000);
        }
        bringAll();
        assertWhole();
    }

    @Test
    void shouldLoseNothingThatCameAndMarkTheRestWhenTheLeaderIsCutWhileTheOtherLooksForItsPlace() {
        connectBoth();
        pass(20_000);
        for (int round = 0; round < 20; round++) {
            sessions[1].cut();
            pass(500);
            sessions[1].connect();
            pass(20L * random.nextInt(4));
            sessions[0].cut();
            pass(200);
            sessions[0].connect();
            pass(20_000);
        }
        bringAll();
        final Set<Integer> came = new HashSet<>(sessions[0].brought);
        came.addAll(sessions[1].brought);
        assertTrue(stream.size() >= came.size(), "seed " + seed);
        assertTrue(came.size() == produced.size() || breaks > 0, "seed " + seed);
        assertFalse(stream.size() > came.size() && breaks == 0, "seed " + seed);
    }

    @Test
    void shouldCallASessionSilentThatAnswersButTellsNothing() {
        connectBoth();
        pass(20_000);
        sessions[1].up = false; // it brings no event any more, and stays connected
        for (int i = 0; i < 15; i++) {
            sessions[1].hear("Content-Type: command/reply\nReply-Text: -ERR not loging\n\n"
                    .getBytes(StandardCharsets.ISO_8859_1));
            pass(1_000);
        }
        assertEquals(LegState.SILENT, arbiter.leg(2).state());
        sessions[1].input.cut();
        arbiter.disconnected(2, nowNs, nowNs, "opened again");
        sessions[1].connect();
        pass(20_000);
        assertEquals(LegState.UP, arbiter.leg(2).state());
        assertWhole();
    }

    @Test
    void shouldWriteOneGapWhenBothAreOut() {
        connectBoth();
        pass(10_000);
        sessions[0].cut();
        sessions[1].cut();
        final int before = stream.size();
        final int said = produced.size();
        pass(3_000);
        final int missed = produced.size() - said;
        sessions[0].connect();
        sessions[1].connect();
        pass(10_000);
        bringAll();
        assertEquals(1, breaks, "seed " + seed);
        assertEquals(produced.size() - missed - (said - before), stream.size(), "seed " + seed);
        assertEquals(
                produced.subList(said + missed, produced.size()),
                stream.subList(before, stream.size()),
                "seed " + seed);
    }

    /** Another start of the FreeSWITCH is another Core-UUID: what looks like the first events of the last start is none of them. */
    @Test
    void shouldTakeTheEventsOfARestartedFreeSwitchForNewAlthoughTheirNumbersAreTheOldOnes() {
        connectBoth();
        for (final String core : List.of("first", "second")) {
            for (int number = 1; number <= 40; number++) {
                say("Event-Name: HEARTBEAT\nCore-UUID: " + core + "\nEvent-Sequence: " + number + "\n\n");
            }
        }
        bringAll();
        assertWhole();
    }

    @Test
    void shouldDropAndCountAnEventThatOneSessionBringsTwice() {
        connectBoth();
        pass(2_000);
        final byte[] last = produced.get(produced.size() - 1).getBytes(StandardCharsets.ISO_8859_1);
        sessions[0].hear(last);
        pass(2_000);
        bringAll();
        assertWhole();
        assertEquals(1, sessions[0].input.damaged());
    }

    private void say(String inside) {
        final byte[] frame = AcdDialect.FREESWITCH_ESL.frame(inside.getBytes(StandardCharsets.ISO_8859_1));
        produced.add(new String(frame, StandardCharsets.ISO_8859_1));
        sessions[0].say(frame);
        sessions[1].say(frame);
        elapse(FRAME_EVERY_MS);
    }
}
