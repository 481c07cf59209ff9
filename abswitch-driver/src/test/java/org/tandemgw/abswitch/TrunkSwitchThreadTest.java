package org.tandemgw.abswitch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tandemgw.abswitch.TestRules.ms;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The thread, with a box that answers on threads of its own. */
class TrunkSwitchThreadTest {
    private final ExecutorService wire = Executors.newSingleThreadExecutor();
    private final Map<String, String> cards = new ConcurrentHashMap<>(Map.of("1", "A", "2", "A"));
    private final ConcurrentLinkedQueue<String> threads = new ConcurrentLinkedQueue<>();
    private volatile boolean answers = true;
    private volatile boolean breaks;
    private TrunkSwitch trunks;

    @AfterEach
    void stop() {
        trunks.close();
        wire.shutdownNow();
    }

    @Test
    void shouldMoveCardsOnItsOwnThreadAndShareOutTheTime() throws Exception {
        start();
        Selected selected = trunks.select(TestRules.order("B", 1, 1, 2)).get(60, TimeUnit.SECONDS);
        assertEquals(Overall.OK, selected.overall(), selected::toString);
        assertEquals(Map.of("1", "B", "2", "B"), cards);
        assertEquals("B", trunks.positions().position());
        assertTrue(selected.ownShare().compareTo(selected.took()) < 0);
        assertTrue(threads.stream().allMatch("switch-trunks"::equals), threads::toString);
    }

    @Test
    void shouldAskAtTheStartAndOnDemand() throws Exception {
        start();
        assertEquals("A", asked().positions().position());
        assertTrue(asked().complete());
        cards.put("2", "B");
        assertTrue(trunks.adopt().get(60, TimeUnit.SECONDS).complete());
        assertFalse(trunks.positions().movedWithoutUs());
        assertEquals(SwitchPositions.MIXED, trunks.positions().position());
    }

    @Test
    void shouldAnswerEveryOrderWhenItIsStopped() throws Exception {
        start();
        assertEquals("A", asked().positions().position());
        answers = false;
        List<CompletableFuture<Selected>> orders =
                List.of(trunks.select(TestRules.order("B", 1, 1)), trunks.select(TestRules.order("B", 1, 2)));
        trunks.close();
        for (CompletableFuture<Selected> order : orders) {
            Overall overall = order.get(60, TimeUnit.SECONDS).overall();
            assertTrue(overall == Overall.UNKNOWN || overall == Overall.REFUSED, overall::name);
        }
        Selected late = trunks.select(TestRules.order("B", 1, 1)).get(60, TimeUnit.SECONDS);
        assertEquals("the switch is stopped", late.refusedBecause());
    }

    @Test
    void shouldSayThatItIsDeadWhenAListenerBreaksItsPromise() throws Exception {
        start();
        assertEquals("A", asked().positions().position());
        assertEquals(Reach.REACHABLE, trunks.positions().reach());
        breaks = true;
        CompletableFuture<Selected> order = trunks.select(TestRules.order("B", 1, 1));
        assertThrows(ExecutionException.class, () -> order.get(60, TimeUnit.SECONDS));
        assertEquals(Reach.UNREACHABLE, trunks.positions().reach());
        assertTrue(trunks.positions().reachWhy().contains("fault of ours"));
        assertEquals(
                Overall.REFUSED,
                trunks.select(TestRules.order("B", 1, 1))
                        .get(60, TimeUnit.SECONDS)
                        .overall());
    }

    @Test
    void shouldBeClosedByWhoeverIsToldThatAnOrderIsOver() throws Exception {
        start();
        CompletableFuture<Void> closed =
                trunks.select(TestRules.order("B", 1, 1)).thenRun(trunks::close);
        closed.get(60, TimeUnit.SECONDS);
        trunks.close();
        assertEquals(
                "the switch is stopped",
                trunks.select(TestRules.order("B", 1, 1))
                        .get(60, TimeUnit.SECONDS)
                        .refusedBecause());
    }

    private QueryResult asked() throws Exception {
        return trunks.query().get(60, TimeUnit.SECONDS);
    }

    private void start() {
        BoxTiming quick = new BoxTiming(
                ms(30_000),
                ms(30_000),
                ms(20),
                ms(30_000),
                ms(5),
                ms(5),
                ms(30_000),
                2,
                ms(10),
                ms(20),
                ms(600_000),
                ms(600_000),
                ms(0),
                ms(600_000),
                ms(30_000));
        BoxRules r = TestRules.rules();
        ReplyRules oneLine = new ReplyRules(r.replies().patterns(), r.replies().words(), 1, true, true, 4096);
        BoxRules rules = new BoxRules(
                r.id(),
                r.select(),
                r.query(),
                1,
                16,
                r.positions(),
                r.otherPositions(),
                "",
                oneLine,
                r.connection(),
                r.verify(),
                quick);
        SwitchMemory memory = new SwitchMemory() {
            @Override
            public Remembered load() {
                return Remembered.nothing();
            }

            @Override
            public void store(Remembered remembered) {
                threads.add(Thread.currentThread().getName());
            }
        };
        trunks = TrunkSwitch.start(
                TestRules.settings(rules, 1, 2), List.of(new Wire()), memory, new Ear(), Clock.systemUTC());
    }

    private final class Ear implements SwitchListener {
        @Override
        public void positionsChanged(SwitchPositions positions) {
            threads.add(Thread.currentThread().getName());
        }

        @Override
        public void movedWithoutUs(int card, String from, String to) {
            threads.add(Thread.currentThread().getName());
        }

        @Override
        public void reach(Reach reach, String why) {
            threads.add(Thread.currentThread().getName());
        }

        @Override
        public void commandDone(CommandRecord done) {
            if (breaks) {
                throw new IllegalStateException("a listener that throws");
            }
            threads.add(Thread.currentThread().getName());
        }
    }

    private final class Wire implements BoxPath {
        private volatile PathEvents events;

        @Override
        public String describe() {
            return "tcp test";
        }

        @Override
        public PathKind kind() {
            return PathKind.TCP;
        }

        @Override
        public void open(PathEvents opening) {
            threads.add(Thread.currentThread().getName());
            events = opening;
            wire.execute(opening::opened);
        }

        @Override
        public void send(byte[] bytes) {
            threads.add(Thread.currentThread().getName());
            PathEvents to = events;
            String frame = new String(bytes, StandardCharsets.ISO_8859_1);
            String card = frame.substring(frame.indexOf(1) + 1, frame.indexOf(2));
            String command = frame.substring(frame.indexOf(2) + 1, frame.length() - 1);
            wire.execute(() -> {
                to.sent();
                if (!command.equals("Q")) {
                    cards.put(card, command);
                }
                if (answers) {
                    to.received((card + " " + cards.get(card) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
                }
            });
        }

        @Override
        public void close() {}
    }
}
