package org.tandemgw.gateway.emulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandemgw.gateway.house.Chance;

@Tag("chance")
class StreamComparisonTest {
    private static final int FRAMES = 1_000;

    private final AcdOracle oracle = new AcdOracle(FRAMES, true);
    private final FrameSource source = new CallTraffic(3);

    /** Produces everything, carried by leg 1 for certain except {@code from} to {@code to}. */
    private void producedExcept(long from, long to) {
        for (int i = 0; i < FRAMES; i++) {
            oracle.produced(source.next(), i);
        }
        carried(1, from - 1);
        carried(to + 1, FRAMES);
    }

    private void carried(long first, long last) {
        if (first <= last) {
            oracle.carriage(first).written(last, 0);
        }
    }

    /** What a server gets that received these frames, -1 being a gap record. */
    private StreamComparison.Verdict verdict(int swapDistance, Consumer<List<Long>> spoil) {
        final List<Long> received =
                new ArrayList<>(LongStream.rangeClosed(1, FRAMES).boxed().toList());
        spoil.accept(received);
        final StreamComparison comparison = new StreamComparison(oracle, swapDistance);
        for (final long number : received) {
            if (number < 0) {
                comparison.broken("gap");
            } else {
                final byte[] frame = number == 0 ? new byte[] {1, 2, 3} : oracle.bytes(number);
                comparison.frame(frame, 0, frame.length);
            }
        }
        return comparison.finish();
    }

    @Test
    void shouldProveAStreamThatIsWhole() {
        producedExcept(1, 0);
        final StreamComparison.Verdict verdict = verdict(0, received -> {});
        assertTrue(verdict.proved(), verdict::toString);
        assertEquals(FRAMES, verdict.matched());
        assertEquals(0, verdict.insideBreaks());
        assertTrue(verdict.breaks().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(longs = {60, 500, 999, 1000})
    void shouldFindOneLostFrame(long number) {
        producedExcept(1, 0);
        final StreamComparison.Verdict verdict = verdict(0, received -> received.remove(number));
        assertEquals(1, verdict.lost(), verdict::toString);
        assertEquals(FRAMES - 1, verdict.matched());
        assertFalse(verdict.proved());
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 500, 999, 1000})
    void shouldFindOneRepeatedFrame(int place) {
        producedExcept(1, 0);
        final StreamComparison.Verdict verdict = verdict(0, received -> received.add(place, received.get(place - 1)));
        assertEquals(1, verdict.repeated(), verdict::toString);
        assertEquals(0, verdict.lost() + verdict.unknown() + verdict.outOfOrder(), verdict::toString);
        assertFalse(verdict.proved());
    }

    @Test
    void shouldFindOneFrameThatWasNeverProduced() {
        producedExcept(1, 0);
        final StreamComparison.Verdict verdict = verdict(0, received -> received.add(500, 0L));
        assertEquals(1, verdict.unknown(), verdict::toString);
        assertEquals(FRAMES, verdict.matched());
    }

    @Test
    void shouldFindOneSwappedFrameUnlessTheLegsSwap() {
        producedExcept(1, 0);
        final StreamComparison.Verdict strict = verdict(0, received -> Collections.swap(received, 500, 501));
        assertEquals(1, strict.outOfOrder(), strict::toString);
        assertEquals(0, strict.lost() + strict.repeated() + strict.unknown(), strict::toString);
        final StreamComparison.Verdict tolerant = verdict(4, received -> Collections.swap(received, 500, 501));
        assertTrue(tolerant.proved(), tolerant::toString);
    }

    @Test
    void shouldFindALostFrameAlthoughTheLegsSwap() {
        producedExcept(1, 0);
        final StreamComparison.Verdict verdict = verdict(4, received -> {
            Collections.swap(received, 500, 501);
            received.remove(503);
        });
        assertEquals(1, verdict.lost(), verdict::toString);
        assertEquals(0, verdict.repeated() + verdict.unknown(), verdict::toString);
    }

    @Test
    void shouldExcuseWhatNoLegCarriedInsideAGap() {
        producedExcept(301, 400);
        final StreamComparison.Verdict verdict = verdict(0, received -> {
            received.subList(300, 400).clear();
            received.add(300, -1L);
        });
        assertTrue(verdict.proved(), verdict::toString);
        assertEquals(100, verdict.insideBreaks());
        assertEquals(List.of(new StreamComparison.BreakSeen("gap", 301, 100, 0)), verdict.breaks());
    }

    @Test
    void shouldNotExcuseInsideAGapWhatALegCarriedForCertain() {
        producedExcept(301, 390);
        final StreamComparison.Verdict verdict = verdict(0, received -> {
            received.subList(300, 400).clear();
            received.add(300, -1L);
        });
        assertEquals(10, verdict.lost(), verdict::toString);
        assertFalse(verdict.proved());
    }

    @Test
    void shouldNotExcuseAHoleWithoutAGapRecord() {
        producedExcept(301, 400);
        final StreamComparison.Verdict verdict =
                verdict(0, received -> received.subList(300, 400).clear());
        assertEquals(100, verdict.lost(), verdict::toString);
    }

    @Test
    void shouldAllowAGapInWhichNothingIsMissing() {
        producedExcept(1, 0);
        final StreamComparison.Verdict verdict = verdict(0, received -> received.add(300, -1L));
        assertTrue(verdict.proved(), verdict::toString);
        assertEquals(List.of(new StreamComparison.BreakSeen("gap", 301, 0, 0)), verdict.breaks());
    }

    @Test
    void shouldSayThatItCannotProveWhatTheOracleForgot() {
        producedExcept(1, 0);
        oracle.produced(source.next(), FRAMES);
        final StreamComparison comparison = new StreamComparison(oracle, 0);
        comparison.frame(oracle.bytes(500), 0, oracle.bytes(500).length);
        assertTrue(comparison.finish().unproved());
    }

    @Test
    void shouldFindEveryKindOfDamageWhereverItIs() {
        producedExcept(1, 0);
        final long seed = Chance.seed();
        final Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            final int kind = random.nextInt(3);
            final int place = 1 + random.nextInt(FRAMES - 2);
            final StreamComparison.Verdict verdict = verdict(0, received -> {
                switch (kind) {
                    case 0 -> received.remove(place);
                    case 1 -> received.add(place, 0L);
                    default -> received.add(place, received.get(Math.max(0, place - 200)));
                }
            });
            assertFalse(verdict.proved(), () -> "tandem.seed=" + seed + " " + verdict);
        }
    }
}
