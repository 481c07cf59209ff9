package org.tandemgw.recovery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An ACD tells of few calls and legs, in any order, with former names on any event: nothing breaks, and nothing is left behind. */
class AnyEventInAnyOrderTest {
    private static final int EVENTS = 400;
    private static final String LONG = "-" + "a".repeat(70);

    private final CallEvent event = new CallEvent();
    private Random random;
    private long nowNs;
    private CallSweep sweep;
    private Runnable shownAll;

    @Test
    @Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldKeepItsAccountsWhateverIsTold() throws Exception {
        days(Long.getLong("tandem.seed", 0), 60); // among them some that once hung, and some that ended the thread
    }

    @Test
    @Tag("slow")
    @Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldKeepItsAccountsWhateverIsToldForLong() throws Exception {
        days(Long.getLong("tandem.seed", System.nanoTime()), 3_000);
    }

    private void days(long firstSeed, int count) throws Exception {
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            try {
                day(seed);
            } catch (RuntimeException | DamagedSnapshotException | AssertionError e) {
                throw new AssertionError("replay with -Dtandem.seed=" + seed + ": " + e, e);
            }
        }
    }

    private void day(long seed) throws IOException, DamagedSnapshotException {
        random = new Random(seed);
        sweep = null;
        nowNs = 1_700_000_000_000_000_000L;
        final TableLimits limits = random.nextBoolean()
                ? TableLimits.ofCalls(50)
                : new TableLimits(5, 8, 4, random.nextBoolean() ? 64 : 2_000);
        final CallTable table = new CallTable(limits, CallWatcher.NONE);
        final IntervalBook book = new IntervalBook(
                TimeUnit.MINUTES.toNanos(15), TrunkGroups.BY_NAME, random.nextBoolean() ? 1_000 : 3, part -> {});
        table.keepBook(book);
        for (int i = 1; i <= EVENTS; i++) {
            nowNs += random.nextInt(1_000) * 1_000_000L;
            make(i);
            book.advance(nowNs, i);
            table.apply(event);
            look(table);
            if (i % 97 == 0) {
                final byte[] written = written(table);
                assertArrayEquals(
                        written,
                        written(TableSnapshot.read(new ByteArrayInputStream(written)::read, limits, CallWatcher.NONE)));
            }
        }
        endAll(table, book);
    }

    /** Now and then somebody looks at the calls of one moment, a few at a time. */
    private void look(CallTable table) {
        if (sweep == null && oneIn(20)) {
            final List<String> expected = new ArrayList<>();
            final long atNs = nowNs;
            table.calls(call -> expected.add(face(call, atNs)));
            final List<String> shown = new ArrayList<>();
            sweep = table.sweep(call -> shown.add(face(call, atNs)));
            shownAll = () -> {
                expected.sort(null);
                shown.sort(null);
                assertEquals(expected, shown);
            };
        }
        if (sweep != null && !sweep.step(random.nextInt(3))) {
            shownAll.run();
            sweep = null;
        }
    }

    private static String face(CallView call, long atNs) {
        return String.join(
                "|",
                call.id(),
                call.state().word(),
                call.queue(),
                call.agent(),
                call.parties().toString(),
                call.trunks().toString(),
                call.legIds().toString(),
                call.sure() + " " + call.holed() + " " + call.segments() + " " + call.sequence() + " "
                        + call.startedNs() + " " + call.waitedNs(atNs) + " " + call.heldNs(atNs) + " "
                        + call.frames());
    }

    private void make(long sequence) {
        CallEventKind kind = any(CallEventKind.values());
        if ((kind == CallEventKind.GAP || kind == CallEventKind.CALLS_LISTED || kind == CallEventKind.LIST_BEGAN)
                && !oneIn(3)) {
            kind = CallEventKind.CONNECTED;
        }
        event.begin(kind, sequence, nowNs);
        switch (kind.effect()) {
            case TABLE -> {
                if (kind == CallEventKind.SWITCHED) {
                    event.text(CallText.PARTY, "s" + random.nextInt(2));
                }
            }
            case AGENT -> {
                event.text(CallText.AGENT, id("A", 5));
                perhaps(2, CallText.QUEUE, "Q", 3);
                event.listed(oneIn(4));
            }
            default -> aboutACall();
        }
    }

    private void aboutACall() {
        if (!oneIn(5)) {
            event.text(CallText.CALL, id("C", 8));
        }
        if (!oneIn(6)) {
            event.text(CallText.LEG, id("L", 16));
        }
        perhaps(3, CallText.QUEUE, "Q", 3);
        perhaps(3, CallText.AGENT, "A", 5);
        perhaps(3, CallText.TRUNK, "P/t", 6);
        perhaps(3, CallText.PARTY, "5551234567890123", 5);
        perhaps(4, CallText.CALLING, "5551234567890123", 5);
        perhaps(8, CallText.FORMER_CALL, "C", 8);
        perhaps(8, CallText.FORMER_LEG, "L", 16);
        event.listed(oneIn(4));
        if (oneIn(4)) {
            event.sinceNs(nowNs - random.nextInt(1_000_000));
        }
        if (oneIn(5)) {
            event.startedNs(nowNs - random.nextInt(1_000_000_000));
        }
    }

    private void perhaps(int one, CallText what, String prefix, int count) {
        if (oneIn(one)) {
            event.text(what, id(prefix, count));
        }
    }

    private String id(String prefix, int count) {
        final int number = random.nextInt(count);
        return prefix + number + (number % 5 == 0 ? LONG : "");
    }

    private boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    private <T> T any(T[] of) {
        return of[random.nextInt(of.length)];
    }

    private static byte[] written(CallTable table) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        TableSnapshot.write(table, out::write);
        return out.toByteArray();
    }

    /** An empty list ends all calls: then no account has one. */
    private void endAll(CallTable table, IntervalBook book) {
        for (final CallEventKind kind : new CallEventKind[] {
            CallEventKind.LIST_BEGAN,
            CallEventKind.GAP,
            CallEventKind.LIST_BEGAN,
            CallEventKind.GAP,
            CallEventKind.LIST_BEGAN,
            CallEventKind.CALLS_LISTED
        }) {
            nowNs += 1_000;
            event.begin(kind, EVENTS + 1, nowNs);
            book.advance(nowNs, EVENTS + 1);
            table.apply(event);
        }
        assertEquals(0, table.inFlight());
        for (final IntervalLine line : book.present(nowNs).lines()) {
            if (line.kind() != AccountKind.AGENT) {
                assertEquals(0, line.atEnd(), line.toString());
            }
        }
    }
}
