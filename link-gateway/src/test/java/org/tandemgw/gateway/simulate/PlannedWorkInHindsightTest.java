package org.tandemgw.gateway.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.health.ProbeRules;
import org.tandemgw.gateway.health.RestartRules;
import org.tandemgw.gateway.health.Sight;
import org.tandemgw.gateway.history.HistoryRun;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.switchover.Event;
import org.tandemgw.gateway.switchover.EventText;
import org.tandemgw.gateway.switchover.FailBack;
import org.tandemgw.gateway.switchover.FencePolicy;
import org.tandemgw.gateway.switchover.Mode;
import org.tandemgw.gateway.switchover.ServerRules;
import org.tandemgw.gateway.switchover.SwitchoverRules;

/** Somebody judges thresholds by a time in which servers were stopped on purpose. */
class PlannedWorkInHindsightTest {
    private static final long START_MS = 1_790_000_000_000L;
    private static final long WINDOW_MS = 30_000;

    @TempDir
    Path data;

    private final List<Line> lines = new ArrayList<>();

    private record Line(long atMs, String text) {}

    @Test
    void shouldJudgeAShortOutageThatNobodyPlanned() throws IOException {
        looks(120, second -> second >= 30 && second < 33);
        final HindsightReport report = report();
        assertEquals(List.of("false"), judged(report));
        assertFalse(report.good());
    }

    @Test
    void shouldJudgeASecondOutageRightBehindTheFirst() throws IOException {
        looks(180, second -> second >= 30 && second < 33 || second >= 37 && second < 40 || second >= 90 && second < 93);
        assertEquals(List.of("false", "false", "false"), judged(report()));
    }

    @Test
    void shouldSwitchNothingWhileTheSiteIsOut() throws IOException {
        says(25, "out *");
        says(60, "out");
        looks(180, second -> second >= 30 && second < 33);
        final HindsightReport report = report();
        assertEquals(List.of(), judged(report));
        assertTrue(report.good(), report::toString);
        assertTrue(report.notes().toString().contains("there was maintenance"), report::toString);
    }

    @Test
    void shouldSwitchToNobodyWhoIsOutAndCallItNoOutageThatWasStoodBy() throws IOException {
        says(25, "out west");
        says(150, "out");
        looks(200, second -> second >= 30 && second < 130);
        final HindsightReport report = report();
        assertEquals(List.of(), judged(report));
        assertEquals(List.of(), report.stoodBy());
        assertTrue(report.notes().toString().contains("1 outages of it"), report::toString);
    }

    @Test
    void shouldKnowWhatIsOutFromBeforeTheTimeThatIsAskedFor() throws IOException {
        says(25, "out *");
        looks(180, second -> second >= 90 && second < 93);
        final HindsightReport report = report(START_MS + 60_000);
        assertEquals(List.of(), judged(report));
        assertTrue(report.notes().toString().contains("there was maintenance"), report::toString);
    }

    @Test
    void shouldSayNothingOfWorkThatWasOverBeforeTheTimeThatIsAskedFor() throws IOException {
        says(25, "out *");
        says(40, "out");
        looks(180, second -> false);
        final HindsightReport report = report(START_MS + 60_000);
        assertFalse(report.notes().toString().contains("there was maintenance"), report::toString);
    }

    @Test
    void shouldActAgainOnceItIsOver() throws IOException {
        says(25, "out *");
        says(40, "out");
        looks(180, second -> second >= 30 && second < 33 || second >= 90 && second < 93);
        assertEquals(List.of("false"), judged(report()));
    }

    private static List<String> judged(HindsightReport report) {
        return report.switches().stream().map(HindsightReport.Would::judged).toList();
    }

    private HindsightReport report() throws IOException {
        return report(0);
    }

    private HindsightReport report(long fromMs) throws IOException {
        says(0, "run " + JsonRecords.write(new HistoryRun(true, "test", "east", 1, rules(), List.of())));
        says(0, EventText.write(new Event.FeedsSeen("east", true, true)));
        says(0, EventText.write(new Event.FeedsSeen("west", true, true)));
        says(0, EventText.write(new Event.LegsSeen(true)));
        lines.sort(Comparator.comparingLong(Line::atMs));
        final Path folder = Files.createDirectories(data.resolve("history"));
        Files.write(
                folder.resolve("2026-09-21.log"),
                lines.stream().map(each -> each.atMs() + " " + each.text()).toList());
        return Hindsight.of(rules(), data, fromMs, Long.MAX_VALUE, WINDOW_MS, now -> {});
    }

    private void says(int second, String text) {
        lines.add(new Line(START_MS + second * 1_000L, text));
    }

    private void looks(int seconds, IntPredicate eastIsDown) {
        for (int second = 1; second < seconds; second++) {
            final Sight sight = eastIsDown.test(second) ? Sight.REFUSED : Sight.ANSWERED;
            looked(second * 1_000L + 100, "east", sight);
            looked(second * 1_000L + 400, "west", Sight.ANSWERED);
            lines.add(new Line(
                    START_MS + second * 1_000L + 500,
                    EventText.write(new Event.NetworkLooked("gateway", Look.of(Sight.ANSWERED, null, 300)))));
        }
    }

    private void looked(long ms, String server, Sight sight) {
        lines.add(new Line(
                START_MS + ms, EventText.write(new Event.Looked(server, "app", false, Look.of(sight, null, 300)))));
    }

    private static SwitchoverRules rules() {
        final List<ProbeRules> probes = List.of(new ProbeRules("app", 1_000, 500, 1, 200, false, false));
        return new SwitchoverRules(
                "test",
                Mode.AUTO,
                List.of(
                        new ServerRules("east", probes, 1_000, 1_000, null, null, null),
                        new ServerRules("west", probes, 1_000, 1_000, null, null, null)),
                List.of("gateway"),
                FencePolicy.NONE,
                0,
                3,
                1_000,
                new RestartRules(2, 2, 300_000),
                0,
                FailBack.NEVER,
                "east",
                List.of(),
                false,
                false,
                "hash",
                "UTC");
    }
}
