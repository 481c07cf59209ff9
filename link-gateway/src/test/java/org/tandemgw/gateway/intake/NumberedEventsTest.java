package org.tandemgw.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.arbiter.ArbiterSettings;
import org.tandemgw.gateway.arbiter.LineArbiter;
import org.tandemgw.gateway.arbiter.StreamSink;
import org.tandemgw.gateway.dialect.ami.AmiDialect;
import org.tandemgw.gateway.frame.LinkFrameDecoder;

/** Events with numbers of the ACD's own, on two legs, into one stream. */
class NumberedEventsTest implements StreamSink {
    private static final long SECOND = 1_000_000_000L;

    private final List<String> stream = new ArrayList<>();
    private final LineArbiter arbiter = new LineArbiter(ArbiterSettings.defaults(), this);
    private final AmiDialect dialect = new AmiDialect(LinkFrameDecoder.Limits.WIDEST, 1, true, "on", List.of(), 0);
    private final LegInput[] legs = {input(1), input(2)};
    private long nowNs = 1_000 * SECOND;

    private LegInput input(int leg) {
        return new LegInput(leg, arbiter, dialect, () -> nowNs, () -> nowNs, (buffer, offset, length) -> {});
    }

    @BeforeEach
    void connectBoth() {
        arbiter.restored(0, false);
        connect(1);
        connect(2);
        arbiter.settled();
    }

    private void connect(int leg) {
        legs[leg - 1].sessionBegins();
        arbiter.connected(leg, nowNs, nowNs);
    }

    private void disconnect(int leg) {
        legs[leg - 1].cut();
        arbiter.disconnected(leg, nowNs, nowNs, "cut");
    }

    private void hear(int leg, String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        assertTrue(legs[leg - 1].take(bytes, 0, bytes.length));
        nowNs += 1_000_000;
        arbiter.tick(nowNs, nowNs);
    }

    private static String event(long number, String text) {
        return "Event: Test\r\nSequenceNumber: " + number + "\r\nText: " + text + "\r\n\r\n";
    }

    private void bothHear(long number, String text) {
        hear(1, event(number, text));
        hear(2, event(number, text));
    }

    @Override
    public void frame(int leg, long atNs, boolean lost, byte[] buffer, int offset, int length, long number) {
        stream.add(number + "");
    }

    @Override
    public void gap(long fromNs, long toNs, int whichLegs, String why) {
        stream.add("gap");
    }

    @Override
    public void discontinuity(long atNs, int whichLegs, String why) {
        stream.add("discontinuity");
    }

    @Test
    void shouldNotTakeHolesForGapsNorDropEqualTexts() {
        bothHear(10, "a");
        bothHear(17, "a");
        bothHear(4_000, "a");
        arbiter.settled();
        assertEquals(List.of("10", "17", "4000"), stream);
    }

    @Test
    void shouldDropAndCountWhatOneSessionBringsTwice() {
        bothHear(1, "a");
        hear(1, event(2, "b"));
        hear(1, event(2, "b"));
        hear(2, event(2, "b"));
        bothHear(3, "c");
        arbiter.settled();
        assertEquals(List.of("1", "2", "3"), stream);
        assertEquals(1, legs[0].damaged());
        assertEquals(0, legs[1].damaged());
    }

    @Test
    void shouldNotTakeANumberWithAnotherTextForTheSame() {
        bothHear(1, "a");
        bothHear(1, "b");
        arbiter.settled();
        assertEquals(List.of("1", "1"), stream);
        assertEquals(0, legs[0].damaged());
    }

    @Test
    void shouldBearNeighboursThatChangePlaces() {
        bothHear(1, "a");
        hear(1, event(2, "b") + event(3, "c"));
        hear(2, event(3, "c") + event(2, "b"));
        bothHear(4, "d");
        arbiter.settled();
        assertEquals(List.of("1", "2", "3", "4"), stream);
    }

    @Test
    void shouldTakeTheEventsOfANewBootForNewThoughTheyAreTheSame() {
        for (int number = 0; number < 40; number++) {
            bothHear(number, "x" + number);
        }
        disconnect(1);
        disconnect(2);
        nowNs += 60 * SECOND;
        for (int leg = 1; leg <= 2; leg++) {
            connect(leg);
            hear(leg, "Event: FullyBooted\r\nUptime: 20\r\n\r\n");
        }
        for (int number = 0; number < 40; number++) {
            bothHear(number, "x" + number);
        }
        arbiter.settled();
        assertEquals(81, stream.size(), stream.toString());
        assertEquals("gap", stream.get(40));
        assertEquals(stream.subList(0, 40), stream.subList(41, 81));
    }

    @Test
    void shouldKeepWhatOneLegSaysOfItselfOutOfTheStream() {
        bothHear(1, "a");
        hear(1, "Response: Success\r\nActionID: anybody\r\nPing: Pong\r\n\r\n");
        bothHear(2, "b");
        arbiter.settled();
        assertEquals(List.of("1", "2"), stream);
        assertEquals(1, legs[0].localFrames());
    }
}
