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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandemgw.gateway.arbiter.ArbiterSettings;
import org.tandemgw.gateway.arbiter.LegState;
import org.tandemgw.gateway.arbiter.LineArbiter;
import org.tandemgw.gateway.arbiter.StreamSink;
import org.tandemgw.gateway.dialect.cdr.CdrDialect;
import org.tandemgw.gateway.emulate.CdrForm;
import org.tandemgw.gateway.emulate.CdrTraffic;
import org.tandemgw.gateway.frame.LinkFrameDecoder;
import org.tandemgw.gateway.house.Chance;

/** CDR1 and CDR2 of one Communication Manager, of which one is late, is cut, or brings mostly equal lines: one stream, in simulated time. */
class TwoOutputsTest implements StreamSink {
    private static final long MS = 1_000_000L;
    private static final int RECORD_EVERY_MS = 50;

    private final long seed = Chance.seed();
    private final Random random = new Random(seed);
    private final List<String> produced = new ArrayList<>();
    private final List<String> stream = new ArrayList<>();
    private final LineArbiter arbiter = new LineArbiter(ArbiterSettings.defaults(), this);
    private CdrTraffic acd;
    private Output[] outputs;
    private int breaks;
    private int equalInTen;
    private long nowNs = 1_000_000 * MS;

    /** One of the two, and what is on its way on it. */
    private final class Output {
        private final int leg;
        private final LegInput input;
        private final ArrayDeque<byte[]> onTheWay = new ArrayDeque<>();
        private final ArrayDeque<Long> dueNs = new ArrayDeque<>();
        private final ArrayDeque<Integer> numbers = new ArrayDeque<>();
        private final Set<Integer> brought = new HashSet<>();
        private long lagNs;
        private boolean up;

        Output(int leg, CdrDialect dialect) {
            this.leg = leg;
            input = new LegInput(leg, arbiter, dialect, () -> nowNs, () -> nowNs, (buffer, offset, length) -> {});
        }

        /** The ACD dials, and says the date first. */
        void connect() {
            up = true;
            input.sessionBegins();
            arbiter.connected(leg, nowNs, nowNs);
            final byte[] date = acd.greeting();
            if (date != null) {
                hear(date);
            }
        }

        void say(byte[] record) {
            if (up) {
                onTheWay.add(record);
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
            final int cut = random.nextInt(bytes.length + 1); // a record may come in two pieces
            assertTrue(input.take(bytes, 0, cut));
            assertTrue(input.take(bytes, cut, bytes.length - cut));
        }

        /** What was on its way is gone, but half of the next record. */
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

    private void begin(String form, boolean dates) {
        final CdrForm written = CdrForm.of(form, dates);
        acd = new CdrTraffic(seed, written);
        final CdrDialect dialect = new CdrDialect(LinkFrameDecoder.Limits.WIDEST, written.records(), 1);
        outputs = new Output[] {new Output(1, dialect), new Output(2, dialect)};
        arbiter.restored(0, false);
        outputs[0].connect();
        outputs[1].connect();
    }

    /** The ACD's day goes on for so long. */
    private void pass(long ms) {
        for (long at = 0; at < ms; at += RECORD_EVERY_MS) {
            final byte[] record = random.nextInt(10) < equalInTen
                    ? ("0915 0000" + random.nextInt(3) + " 0 4001 4002\r\n").getBytes(StandardCharsets.ISO_8859_1)
                    : acd.next();
            produced.add(new String(record, StandardCharsets.ISO_8859_1));
            outputs[0].say(record);
            outputs[1].say(record);
            elapse(RECORD_EVERY_MS);
        }
    }

    private void elapse(long ms) {
        nowNs += ms * MS;
        outputs[0].bring();
        outputs[1].bring();
        arbiter.settled();
        arbiter.tick(nowNs, nowNs);
    }

    /** The ACD is silent until all is there. */
    private void bringAll() {
        for (int i = 0; i < 70; i++) {
            elapse(1_000);
        }
    }

    private void assertWhole() {
        assertEquals(produced.size(), stream.size(), "-Dtandem.seed=" + seed);
        assertEquals(produced, stream, "-Dtandem.seed=" + seed);
        assertEquals(0, breaks, "-Dtandem.seed=" + seed);
    }

    @ParameterizedTest(name = "{0}, dates {1}, lag {2} ms")
    @CsvSource({
        "customised, true, 0",
        "teleseer, true, 30",
        "59-character, false, 1000",
        "printer, true, 10000",
        "int-isdn, true, 60000"
    })
    void shouldMakeOneStreamHoweverLateOneOutputIs(String form, boolean dates, int lagMs) {
        begin(form, dates);
        pass(2_000);
        outputs[1].lagNs = lagMs * MS;
        pass(180_000);
        bringAll();
        assertWhole();
        assertTrue(new HashSet<>(produced).size() < produced.size(), "equal lines are there");
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 1_000, 10_000, 60_000})
    void shouldGoOnWithTheLateOutputWhenTheOtherIsCutInTheMiddleOfARecord(int lagMs) {
        begin("expanded", true);
        outputs[1].lagNs = lagMs * MS;
        pass(90_000);
        outputs[0].cut();
        pass(5_000);
        outputs[0].connect();
        pass(90_000);
        bringAll();
        assertWhole();
    }

    /** Nobody may take one of two equal records for a repeat of the other. */
    @Test
    void shouldFindTheirPlacesThoughNineInTenRecordsLookAlike() {
        equalInTen = 9;
        begin("customised", true);
        pass(20_000);
        for (int cut = 0; cut < 30; cut++) {
            outputs[cut % 2].lagNs = random.nextInt(500) * MS;
            outputs[cut % 2].cut();
            pass(500);
            outputs[cut % 2].connect();
            pass(30_000);
        }
        bringAll();
        assertWhole();
    }

    @Test
    void shouldLoseNothingThatCameAndMarkTheRestWhenTheLeaderIsCutWhileTheOtherLooksForItsPlace() {
        begin("customised", true);
        pass(20_000);
        for (int round = 0; round < 20; round++) {
            outputs[1].cut();
            pass(500);
            outputs[1].connect();
            pass(50L * random.nextInt(4));
            outputs[0].cut();
            pass(200);
            outputs[0].connect();
            pass(20_000);
        }
        bringAll();
        final Set<Integer> came = new HashSet<>(outputs[0].brought);
        came.addAll(outputs[1].brought);
        assertTrue(stream.size() >= came.size(), "-Dtandem.seed=" + seed);
        assertTrue(came.size() == produced.size() || breaks > 0, "-Dtandem.seed=" + seed);
        assertFalse(stream.size() > came.size() && breaks == 0, "-Dtandem.seed=" + seed);
    }

    @Test
    void shouldCallAnOutputSilentThatIsConnectedAndBringsNothing() {
        begin("customised", true);
        pass(20_000);
        outputs[1].up = false;
        pass(15_000);
        assertEquals(LegState.SILENT, arbiter.leg(2).state());
        outputs[1].input.cut();
        arbiter.disconnected(2, nowNs, nowNs, "opened again");
        outputs[1].connect();
        pass(20_000);
        assertEquals(LegState.UP, arbiter.leg(2).state());
        assertWhole();
    }

    @Test
    void shouldWriteOneGapWhenBothAreOut() {
        begin("printer", true);
        pass(10_000);
        outputs[0].cut();
        outputs[1].cut();
        final int before = stream.size();
        final int said = produced.size();
        pass(3_000);
        final int missed = produced.size() - said;
        outputs[0].connect();
        outputs[1].connect();
        pass(10_000);
        bringAll();
        assertEquals(1, breaks, "-Dtandem.seed=" + seed);
        assertEquals(produced.size() - missed - (said - before), stream.size(), "-Dtandem.seed=" + seed);
        assertEquals(
                produced.subList(said + missed, produced.size()),
                stream.subList(before, stream.size()),
                "-Dtandem.seed=" + seed);
    }

    /** The ACD keeps what it could not send, and sends it on both outputs: what one brought before is recognised. */
    @Test
    void shouldTakeRecordsFromTheBuffersOfTheAcdOnce() {
        begin("customised", true);
        pass(10_000);
        outputs[1].cut();
        final int from = produced.size();
        pass(4_000);
        outputs[1].connect();
        for (final String kept : produced.subList(from, produced.size())) {
            outputs[1].onTheWay.add(kept.getBytes(StandardCharsets.ISO_8859_1));
            outputs[1].dueNs.add(nowNs);
            outputs[1].numbers.add(from);
        }
        pass(10_000);
        bringAll();
        assertWhole();
    }
}
