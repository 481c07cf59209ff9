package org.tandemgw.gateway.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tandemgw.gateway.controlfile.ControlFile;
import org.tandemgw.gateway.switchover.OpenAttempt;
import org.tandemgw.gateway.switchover.Step;

/**
 * SIGKILL for a real {@code tandem run} at each step of a switchover, and a new start: rows B18, B19. The journal says of it once that it began, and once that it succeeded if it
 * did; and who takes over is told of the calls that were in flight as it began: rows C1, C8, C10.
 */
@Timeout(600)
class KilledWhileSwitchingTest {
    /** Where the world is stopped, and Tandem with it. */
    enum Point {
        /** The demote of the old active server runs. */
        DEMOTE_RUNS,
        /** The select is decided and written down; no command has left. */
        BEFORE_THE_FIRST_COMMAND,
        /** A command has left for the box, and is not read back. */
        COMMAND_SENT,
        /** Every card is read back, and the promote runs. */
        PROMOTE_RUNS,
        /** It is over. */
        AFTER
    }

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void shouldFinishOrHoldAndNeverPromoteWithoutTheTrunks(Point point) throws Exception {
        try (SwitchedSite site = SwitchedSite.ofAsterisk(folder)) {
            site.hold("promote");
            List<String> firstHalf = List.of();
            try (Site.Running running = site.site().run()) {
                awaitCalls(
                        site,
                        calls -> Boolean.TRUE.equals(calls.get("sure"))); // so that all there is stands in the journal
                site.acd().resume();
                site.awaitProtected("east");
                site.allowAuto();
                awaitCalls(site, calls -> calls.get("inFlight") instanceof Integer many && many > 5);
                bringTo(point, site);
                if (point == Point.PROMOTE_RUNS) {
                    firstHalf = RecoveredCalls.fetch(site.site().westPort(), "west", "R1", 1, 10)
                            .packets();
                }
                running.kill();
            }
            site.letGo("demote");
            if (point == Point.PROMOTE_RUNS) {
                site.letGo("promote"); // What the killed one began is waited for, and then it is told once more.
            }
            site.box().command("well");
            final long epochBefore = epoch(site);
            final int actsBefore = site.acts().size();
            try (Site.Running running = site.site().run()) {
                if (point != Point.DEMOTE_RUNS) {
                    site.awaitStatus(now -> isOver(now) || promoted(site, actsBefore));
                    assertFenced(site);
                }
                site.letGo("promote");
                site.awaitStatus(KilledWhileSwitchingTest::isOver);
                assertFenced(site);
                assertTrue(epoch(site) >= epochBefore, "no epoch is given out twice");
                final List<String> acts = site.acts();
                switch (point) {
                    case DEMOTE_RUNS -> {
                        assertEquals("east", site.status("active"), "it is abandoned");
                        assertEquals("AAAA", site.truth());
                        assertTrue(
                                acts.contains("promote east 1"),
                                "who was told to stop is told to start again: " + acts);
                        assertFalse(acts.contains("promote west 1"), acts::toString);
                    }
                    case PROMOTE_RUNS -> {
                        assertEquals("west", site.status("active"));
                        assertEquals(
                                List.of("promote west 1", "promote west 1"),
                                acts.stream()
                                        .filter(act -> act.startsWith("promote"))
                                        .toList(),
                                "under the same epoch");
                    }
                    case AFTER -> {
                        assertEquals("west", site.status("active"));
                        assertEquals(actsBefore, acts.size(), "nothing is done again");
                    }
                    case BEFORE_THE_FIRST_COMMAND, COMMAND_SENT ->
                        assertTrue(
                                "holding".equals(site.status("state")) || "west".equals(site.status("active")),
                                "it holds or is finished");
                }
                assertTrue(running.process().isAlive());
                assertToldOfTheCalls(site, firstHalf);
            }
        }
    }

    private static void awaitCalls(SwitchedSite site, Predicate<Map<?, ?>> wanted) {
        site.awaitStatus(now -> now.get("calls") instanceof Map<?, ?> calls && wanted.test(calls));
    }

    /** @param firstHalf what the server had got of it before the kill */
    private static void assertToldOfTheCalls(SwitchedSite site, List<String> firstHalf) throws IOException {
        final boolean switched = "west".equals(site.status("active"));
        final List<String> what =
                switched ? List.of("COMMENCE 1 east west", "SWITCHED 1 east west") : List.of("COMMENCE 1 east west");
        await().untilAsserted(() -> assertEquals(
                what,
                RecoveredCalls.marks(site.site().data()).stream()
                        .map(mark -> mark.what() + " " + mark.epoch() + " " + mark.from() + " " + mark.to())
                        .toList()));
        if (switched) {
            RecoveredCalls.assertTold(site.site(), site.site().westPort(), "west", 1);
            assertEquals(
                    List.of("R1 is for west, which takes over; this is the address of east"),
                    RecoveredCalls.fetch(site.site().eastPort(), "east", "R1", 1, 1)
                            .login()
                            .debug());
        } else {
            assertFalse(RecoveredCalls.fetch(site.site().westPort(), "west", "R1", 1, 1)
                    .login()
                    .accepted());
        }
        if (!firstHalf.isEmpty()) {
            final List<String> both = new ArrayList<>(firstHalf);
            both.addAll(RecoveredCalls.fetch(site.site().westPort(), "west", "R1", both.size() + 1, Integer.MAX_VALUE)
                    .packets());
            assertEquals(RecoveredCalls.expected(site.site().data(), 1), both, "it goes on where it was cut off");
        }
    }

    /** No switchover is under way any more. */
    private static boolean isOver(Map<String, Object> now) {
        return !List.of("starting", "switching", "error").contains(now.get("state"));
    }

    private static void bringTo(Point point, SwitchedSite site) throws Exception {
        switch (point) {
            case DEMOTE_RUNS -> {
                site.hold("demote");
                assertTrue(site.ask("/v1/switch/west?forced").ok());
                awaitAct(site, "demote east 1");
            }
            case BEFORE_THE_FIRST_COMMAND -> {
                site.hold("demote");
                assertTrue(site.ask("/v1/switch/west?forced").ok());
                awaitAct(site, "demote east 1");
                site.box().command("delay 5000");
                site.letGo("demote");
                await().until(() -> {
                    final OpenAttempt open = ControlFile.read(site.site().data())
                            .state()
                            .deciding()
                            .open();
                    return open != null && open.step() == Step.SELECT;
                });
            }
            case COMMAND_SENT -> {
                site.box().command("stuck 2 lie");
                site.east().stop();
                final Path audit = site.site().data().resolve("audit.jsonl");
                await().until(() -> Files.readString(audit).contains("\"trunk command sent\""));
            }
            case PROMOTE_RUNS -> {
                site.east().stop();
                awaitAct(site, "promote west 1");
            }
            case AFTER -> {
                site.letGo("promote");
                site.east().stop();
                site.awaitStatus(now -> "west".equals(now.get("active")) && isOver(now));
            }
        }
    }

    private static void awaitAct(SwitchedSite site, String act) {
        await().until(() -> site.acts().contains(act));
    }

    private static boolean promoted(SwitchedSite site, int since) {
        try {
            final List<String> acts = site.acts();
            return acts.subList(since, acts.size()).stream().anyMatch(act -> act.startsWith("promote west"));
        } catch (IOException e) {
            return false;
        }
    }

    /** West is in control, or about to be, only where all trunks lead to it. */
    private static void assertFenced(SwitchedSite site) throws IOException {
        if (promoted(site, 0) || "west".equals(site.status("active"))) {
            assertEquals("BBBB", site.truth(), site.acts()::toString);
        }
    }

    private static long epoch(SwitchedSite site) throws IOException {
        return ControlFile.read(site.site().data()).state().deciding().epoch();
    }
}
