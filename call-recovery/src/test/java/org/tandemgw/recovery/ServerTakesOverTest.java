package org.tandemgw.recovery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is planned for the calls in flight as another server takes over: rows C1, C2, C3 and C4. */
class ServerTakesOverTest {
    private final CallTable table = new CallTable(TableLimits.ofCalls(100), CallWatcher.NONE);
    private final CallEvent event = new CallEvent();
    private final long seed = Long.getLong("tandem.seed", 20_261_122);
    private long sequence;

    @Test
    void shouldKeepWhoTalksAndRecoverWhoWaits() {
        say(CallEventKind.BORN, "just begun", "a");
        say(CallEventKind.OFFERED, "in a menu", "b");
        say(CallEventKind.QUEUED, "waits", "c");
        say(CallEventKind.RINGING, "rings", "d");
        say(CallEventKind.CONNECTED, "talks", "e");
        say(CallEventKind.HELD, "held", "f");
        say(CallEventKind.ABANDONED, "gave up", "g");
        assertEquals(
                Map.of(
                        "just begun", "recovered",
                        "in a menu", "recovered",
                        "waits", "recovered",
                        "rings", "recovered",
                        "talks", "kept",
                        "held", "kept",
                        "gave up", "kept"),
                fates(RecoveryPolicy.USUAL));
        assertArrayEquals(
                new long[] {1, 2, 3, 4, 5, 6, 7},
                RecoveryPlan.of(table, RecoveryPolicy.USUAL).frames());
    }

    @Test
    void shouldDoWithEachStateWhatTheConfigurationSays() {
        say(CallEventKind.QUEUED, "waits", "a");
        say(CallEventKind.CONNECTED, "talks", "b");
        final RecoveryPolicy policy = new RecoveryPolicy(
                Map.of(), Map.of(CallState.QUEUED, Treatment.LEAVE, CallState.CONNECTED, Treatment.RECOVER));
        assertEquals(
                Map.of("waits", "unknown: recovery.states has queued: leave", "talks", "recovered"), fates(policy));
        assertArrayEquals(new long[] {2}, RecoveryPlan.of(table, policy).frames());
    }

    @Test
    void shouldRecoverTheMediaThatAreOn() {
        for (final Media media : Media.values()) {
            apply(begin(CallEventKind.QUEUED)
                    .media(media)
                    .text(CallText.CALL, media.word())
                    .text(CallText.LEG, media.word()));
        }
        final RecoveryPolicy policy =
                new RecoveryPolicy(Map.of(Media.SMS, MediaRule.OFF, Media.MAIL, MediaRule.ON), Map.of());
        final Map<String, String> expected = new LinkedHashMap<>();
        for (final Media media : Media.values()) {
            expected.put(media.word(), media == Media.SMS ? "unknown: recovery.media has sms: off" : "recovered");
        }
        assertEquals(expected, fates(policy));
    }

    @Test
    void shouldRecoverOnlyTheMailThatAnAgentHas() {
        mail(CallEventKind.QUEUED, "new", "");
        mail(CallEventKind.CONNECTED, "being answered", "anna");
        mail(CallEventKind.RINGING, "offered to somebody", "ben");
        assertEquals(
                Map.of(
                        "new", "unknown: recovery.media has mail: assigned, and no agent had it yet",
                        "being answered", "kept",
                        "offered to somebody", "recovered"),
                fates(RecoveryPolicy.USUAL));
        assertArrayEquals(
                new long[] {2, 3}, RecoveryPlan.of(table, RecoveryPolicy.USUAL).frames());
    }

    @Test
    void shouldSayOfACallThatNobodyHasHeardOfSinceAGapThatItIsNotKnown() {
        say(CallEventKind.CONNECTED, "silent", "a");
        say(CallEventKind.QUEUED, "heard of", "b");
        apply(begin(CallEventKind.GAP));
        say(CallEventKind.QUEUED, "heard of", "b");
        assertEquals(
                Map.of(
                        "silent",
                        "unknown: frames were missed before the switch, and since then nothing was told of it",
                        "heard of",
                        "recovered"),
                fates(RecoveryPolicy.USUAL));
        assertArrayEquals(
                new long[] {1, 2, 4},
                RecoveryPlan.of(table, RecoveryPolicy.USUAL).frames(),
                "what may be there is told all the same");
    }

    @Test
    void shouldSayThatNoServerCanLearnAWaitingCallOfWhichThereIsNoFrame() {
        apply(begin(CallEventKind.LIST_BEGAN));
        list(CallEventKind.QUEUED, "waits", "a");
        list(CallEventKind.CONNECTED, "talks", "b");
        apply(begin(CallEventKind.CALLS_LISTED));
        assertEquals(
                Map.of(
                        "waits",
                        "unknown: only a list of the ACD told of it: there is no frame from which a server could learn it",
                        "talks",
                        "kept"),
                fates(RecoveryPolicy.USUAL));
        assertEquals(0, RecoveryPlan.of(table, RecoveryPolicy.USUAL).frames().length);
    }

    @Test
    void shouldTellEachFrameOnceAlsoIfItIsAboutTwoCalls() {
        say(CallEventKind.QUEUED, "one", "a");
        say(CallEventKind.QUEUED, "two", "b");
        sequence++;
        apply(event.begin(CallEventKind.CHANGED, sequence, sequence).text(CallText.CALL, "one"));
        apply(event.begin(CallEventKind.CHANGED, sequence, sequence).text(CallText.CALL, "two"));
        assertArrayEquals(
                new long[] {1, 2, 3},
                RecoveryPlan.of(table, RecoveryPolicy.USUAL).frames());
    }

    @Test
    void shouldFindTheFramesOfACallThatLastsForDays() {
        say(CallEventKind.QUEUED, "one", "a");
        sequence += 5_000_000_000L;
        say(CallEventKind.QUEUED, "two", "b");
        say(CallEventKind.CONNECTED, "one", "a");
        assertArrayEquals(
                new long[] {1, 5_000_000_002L, 5_000_000_003L},
                RecoveryPlan.of(table, RecoveryPolicy.USUAL).frames());
    }

    /** A whole day: of each moment that is looked at, exactly the frames of exactly the calls that are there. */
    @Test
    void shouldPlanForExactlyTheCallsThatAreThere() throws Exception {
        final OracleTable oracle = new OracleTable(seed);
        int looks = 0;
        for (int until = 500; until <= 60_000; until += 500) {
            oracle.run(until, 1_000, 1_000);
            if (oracle.centre.unsure) {
                continue;
            }
            looks++;
            final TreeSet<Long> frames = new TreeSet<>();
            int kept = 0;
            for (final Truth.Call call : oracle.centre.truth.calls.values()) {
                frames.addAll(call.frames);
                kept += RecoveryPolicy.usual(call.state()) == Treatment.KEEP ? 1 : 0;
            }
            final RecoveryPolicy all = new RecoveryPolicy(Map.of(Media.MAIL, MediaRule.ON), Map.of());
            final RecoveryPlan plan = RecoveryPlan.of(oracle.table, all);
            final List<Fate> fates = new ArrayList<>();
            plan.forEach(planned -> fates.add(planned.fate()));
            if (oracle.centre.truth.calls.values().stream().noneMatch(call -> call.holed)) {
                assertArrayEquals(frames.stream().mapToLong(Long::longValue).toArray(), plan.frames(), "seed " + seed);
            }
            final int keptThen = kept;
            assertEquals(oracle.centre.truth.calls.size(), plan.calls(), "seed " + seed);
            assertEquals(
                    keptThen, fates.stream().filter(each -> each == Fate.KEPT).count(), "seed " + seed);
        }
        assertTrue(looks > 20, "looked " + looks + " times, seed " + seed);
    }

    private Map<String, String> fates(RecoveryPolicy policy) {
        final Map<String, String> fates = new LinkedHashMap<>();
        RecoveryPlan.of(table, policy)
                .forEach(planned -> fates.put(
                        planned.call().id(),
                        planned.fate().word() + (planned.why().isEmpty() ? "" : ": " + planned.why())));
        return fates;
    }

    private void mail(CallEventKind kind, String call, String agent) {
        apply(begin(kind)
                .media(Media.MAIL)
                .text(CallText.CALL, call)
                .text(CallText.LEG, call)
                .text(CallText.AGENT, agent));
    }

    private void say(CallEventKind kind, String call, String leg) {
        apply(begin(kind).text(CallText.CALL, call).text(CallText.LEG, leg));
    }

    private void list(CallEventKind kind, String call, String leg) {
        apply(begin(kind).text(CallText.CALL, call).text(CallText.LEG, leg).listed(true));
    }

    private CallEvent begin(CallEventKind kind) {
        return event.begin(kind, ++sequence, sequence);
    }

    private void apply(CallEvent told) {
        table.apply(told);
    }
}
