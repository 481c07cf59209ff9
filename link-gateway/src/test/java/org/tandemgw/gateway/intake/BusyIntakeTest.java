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
import org.tandemgw.gateway.time.Clock;
import org.tandemgw.gateway.time.RecordClock;

/** A leg that nobody read is not silent: the machine was busy, or the disk slow. */
class BusyIntakeTest implements StreamSink {
    private static final long MS = 1_000_000L;

    private long machineNs = 1_000_000 * MS;
    private final StandingClock clock = new StandingClock(new RecordClock(new Clock() {
        @Override
        public long nanoTime() {
            return machineNs;
        }

        @Override
        public long utcNs() {
            return machineNs;
        }
    }));
    private final List<String> stream = new ArrayList<>();
    private final LineArbiter arbiter = new LineArbiter(ArbiterSettings.defaults(), this);
    private final AmiDialect dialect = new AmiDialect(LinkFrameDecoder.Limits.WIDEST, 1, true, "on", List.of(), 0);
    private final LegInput[] legs = {input(1), input(2)};

    private LegInput input(int leg) {
        return new LegInput(leg, arbiter, dialect, clock::nanoTime, clock::recordNs, (buffer, offset, length) -> {});
    }

    @Override
    public void frame(int leg, long atNs, boolean lost, byte[] buffer, int offset, int length, long number) {
        stream.add(Long.toString(number));
    }

    @Override
    public void gap(long fromNs, long toNs, int whichLegs, String why) {
        stream.add("gap");
    }

    @Override
    public void discontinuity(long atNs, int whichLegs, String why) {
        stream.add("discontinuity");
    }

    private void connect(int leg) {
        legs[leg - 1].sessionBegins();
        arbiter.connected(leg, clock.nanoTime(), clock.recordNs());
    }

    private void hear(int leg, int number) {
        final byte[] bytes =
                ("Event: Test\r\nSequenceNumber: " + number + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
        assertTrue(legs[leg - 1].take(bytes, 0, bytes.length));
    }

    /** So much time, in which the thread comes round every 20 ms. */
    private void turns(long ms) {
        for (long at = 0; at < ms; at += 20) {
            machineNs += 20 * MS;
            clock.turn();
            arbiter.tick(clock.nanoTime(), clock.recordNs());
        }
    }

    /** Leg 2 comes back and looks for its place. */
    @BeforeEach
    void cutLegTwo() {
        arbiter.restored(0, false);
        connect(1);
        connect(2);
        arbiter.settled();
        for (int number = 0; number < 100; number++) {
            hear(1, number);
            hear(2, number);
            turns(20);
        }
        legs[1].cut();
        arbiter.disconnected(2, clock.nanoTime(), clock.recordNs(), "cut");
        connect(2);
        turns(100);
    }

    private void assertStream(int numbers) {
        final List<String> all = new ArrayList<>();
        for (int number = 0; number < numbers; number++) {
            all.add(Integer.toString(number));
        }
        assertEquals(all, stream);
    }

    @Test
    void shouldNotTakeALegForDeadThatItDidNotReadWhileTheOtherKeptItBusy() {
        for (int number = 100; number < 120; number++) {
            hear(2, number);
            machineNs += 200 * MS;
        }
        turns(20);
        for (int number = 100; number < 120; number++) {
            hear(1, number);
        }
        turns(200);
        assertStream(120);
    }

    @Test
    void shouldNotTakeALegForDeadWhileItDidNotRunAtAll() {
        for (int number = 100; number < 120; number++) {
            hear(2, number);
        }
        machineNs += 5_000 * MS;
        hear(2, 120);
        turns(20);
        for (int number = 100; number <= 120; number++) {
            hear(1, number);
        }
        turns(200);
        assertStream(121);
    }

    @Test
    void shouldTakeALegForDeadThatBroughtNothingWhenItWasRead() {
        for (int number = 100; number < 120; number++) {
            hear(2, number);
        }
        turns(900);
        assertStream(100);
        turns(200);
        assertEquals("119", stream.get(stream.size() - 1));
        assertTrue(stream.contains("gap"), stream::toString);
    }

    @Test
    void shouldGoOnFromWhereItStood() {
        final long beforeNs = clock.nanoTime();
        clock.stand();
        machineNs += 60_000 * MS;
        clock.turn();
        assertEquals(beforeNs, clock.nanoTime());
        clock.goOn();
        assertEquals(beforeNs, clock.nanoTime());
        machineNs += 7 * MS;
        assertEquals(beforeNs + 7 * MS, clock.nanoTime());
        machineNs += 60_000 * MS;
        assertEquals(beforeNs + StandingClock.MOST_PER_TURN_NS, clock.nanoTime());
    }
}
