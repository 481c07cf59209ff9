package org.tandemgw.gateway.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tandemgw.gateway.health.Sight;
import org.tandemgw.gateway.switchover.Decision;
import org.tandemgw.gateway.switchover.Mode;
import org.tandemgw.gateway.switchover.Outcome;
import org.tandemgw.gateway.switchover.SelectOutcome;
import org.tandemgw.gateway.switchover.SwitchoverView;
import org.tandemgw.gateway.switchover.Wish;

/**
 * What an operator reads afterwards, page by page: {@code stories/NAME.txt} holds every page as it is printed. {@code -Dtandem.rewrite=true} writes them anew;
 * then read the diff as one who was woken by it. Each record is replayed, too.
 */
class StoryTest {
    private static final Path PAGES = Path.of(
            System.getProperty("tandem.root"), "link-gateway/src/test/resources/org/tandemgw/gateway/decision/stories");
    private static final Map<String, Consumer<Rehearsal>> SCENARIOS = scenarios();

    @TempDir
    Path data;

    private static Map<String, Consumer<Rehearsal>> scenarios() {
        final Map<String, Consumer<Rehearsal>> all = new TreeMap<>();
        all.put("all-is-well", it -> it.run(1_000));
        all.put("service-refuses", it -> refuses(it).run(20_000));
        all.put(
                "service-refuses-and-comes-back",
                it -> refuses(it).run(10_000).heal().run(60_000));
        all.put("machine-is-silent", it -> it.fail(
                        Sight.SILENT, "nothing within 500 ms", "cms-east/app", "cms-east/host", "10.1.1.20")
                .run(60_000));
        all.put("tandem-is-cut-off", it -> it.fail(
                        Sight.SILENT,
                        "nothing in time",
                        "cms-east/app",
                        "cms-east/host",
                        "cms-west/app",
                        "cms-west/host",
                        "10.1.1.1",
                        "10.2.1.1",
                        "10.1.1.20",
                        "10.1.1.21",
                        "10.2.1.20",
                        "10.2.1.21")
                .run(20_000));
        all.put("both-servers-refuse", it -> it.fail(
                        Sight.REFUSED, "connection refused", "cms-east/app", "cms-west/app")
                .run(20_000));
        all.put("some-cards-do-not-move", it -> refuses(it.selects(SelectOutcome.PARTIAL))
                .run(90_000));
        all.put("the-box-is-silent", it -> refuses(it.selects(SelectOutcome.UNKNOWN))
                .run(90_000));
        all.put("promote-fails", it -> refuses(it.promoteFails()).run(90_000));
        all.put(
                "killed-before-promote",
                it -> refuses(it.killAtPromote()).run(20_000).startAgain().run(20_000));
        all.put(
                "killed-in-a-select",
                it -> refuses(it.killAtSelect()).run(20_000).startAgain().run(20_000));
        all.put("killed-and-another-configuration", it -> refuses(it.killAtSelect())
                .run(20_000)
                .configured(Decisions.otherRules())
                .startAgain()
                .run(20_000));
        all.put("killed-before-anything-was-moved", it -> it.killAtDemote()
                .ask(west(), "cms-east gets a disk")
                .startAgain()
                .run(40_000));
        all.put("killed-in-a-demote-and-moved-by-hand", it -> {
            it.killAtDemote().ask(west(), "cms-east gets a disk").moveByHand("cms-west");
            it.startAgain().run(40_000);
        });
        all.put(
                "under-way",
                it -> it.slowSelect().ask(west(), "cms-east gets a disk").run(1_000));
        all.put(
                "asked-for-where-it-is-active",
                it -> it.moveByHand("cms-west").run(1_000).ask(east(), "back").run(20_000));
        all.put("the-other-dies-meanwhile", it -> it.slowDemote()
                .ask(west(), "cms-east gets a disk")
                .fail(Sight.REFUSED, "connection refused", "cms-west/app")
                .run(8_000)
                .stopped()
                .run(20_000));
        all.put("moved-by-hand", it -> it.moveByHand("cms-west").run(5_000));
        all.put("asked-for", it -> it.ask(west(), "cms-east gets a disk").run(20_000));
        all.put("asked-for-and-refused", it -> it.feedLost("cms-west")
                .run(1_000)
                .ask(west(), "cms-east gets a disk")
                .run(1_000));
        all.put("held-by-an-operator", it -> refuses(it.ask(new Wish.SetMode(Mode.HELD), "cms-west is being patched"))
                .run(20_000));
        return all;
    }

    private static Rehearsal refuses(Rehearsal it) {
        return it.fail(Sight.REFUSED, "connection refused", "cms-east/app");
    }

    private static Wish west() {
        return new Wish.Switch("cms-west", false, false);
    }

    private static Wish east() {
        return new Wish.Switch("cms-east", false, false);
    }

    static Stream<String> names() {
        return SCENARIOS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldTellItOnOnePageAndDecideTheSameAgain(String name) throws IOException {
        final List<String> lines = new ArrayList<>();
        try (Rehearsal rehearsal = new Rehearsal(data, Decisions.rules()).healthy()) {
            SCENARIOS.get(name).accept(rehearsal);
            final DecisionLog log = new DecisionLog(data);
            for (final long number : log.numbers()) {
                final DecisionRecord record = DecisionLog.read(log.file(number));
                final List<String> page =
                        Story.lines(record, null, null, rehearsal.machine().view(), false, false);
                requirePage(page);
                lines.add("$ tandem why " + number);
                lines.addAll(page);
                lines.add("");
                final Replay.Result replayed = Replay.of(record);
                assertTrue(replayed.same(), replayed::toString);
            }
            final List<String> page =
                    WhyNot.lines("hq-east", rehearsal.machine().view(), false);
            requirePage(page);
            lines.add("$ tandem why-not");
            lines.addAll(page);
        }
        final Path golden = PAGES.resolve(name + ".txt");
        if (Boolean.getBoolean("tandem.rewrite")) {
            Files.createDirectories(PAGES);
            Files.write(golden, lines);
        }
        assertEquals(String.join("\n", Files.readAllLines(golden)), String.join("\n", lines));
    }

    @Test
    void shouldHaveNoPageWithoutAScenario() throws IOException {
        try (Stream<Path> pages = Files.list(PAGES)) {
            assertEquals(
                    List.copyOf(SCENARIOS.keySet()),
                    pages.map(page -> page.getFileName().toString().replace(".txt", ""))
                            .sorted()
                            .toList());
        }
    }

    @Test
    void shouldSayOfAStoppedSiteThatNobodyWatches() throws IOException {
        try (Rehearsal rehearsal = new Rehearsal(data, Decisions.rules()).healthy()) {
            SCENARIOS.get("service-refuses").accept(rehearsal);
        }
        final DecisionLog log = new DecisionLog(data);
        final List<String> page = Story.lines(DecisionLog.read(log.file(1)), null, null, null, false, false);
        requirePage(page);
        assertEquals("TYPE NEXT  tandem run", page.get(page.size() - 1));
        assertTrue(String.join("\n", page).contains("Tandem is not running"));
    }

    /** The control file was lost in the middle of it. */
    @Test
    void shouldNotCallADecisionUnderWayThatNobodyKnowsAnyMore() throws IOException {
        final SwitchoverView now;
        try (Rehearsal rehearsal = new Rehearsal(data, Decisions.rules()).healthy()) {
            now = refuses(rehearsal).run(20_000).machine().view();
        }
        final DecisionRecord lost = Decisions.record(Decisions.opened(1));
        final String page = String.join("\n", Story.lines(lost, null, null, now, false, false));
        assertTrue(page.contains("WITHOUT AN END"), page);
        assertTrue(page.contains("THAT MEANS Tandem ended in the middle of it, and what it knew of it is lost"), page);
        assertFalse(SiteNow.isForgotten(now, Decisions.opened(2)), "it began since");
        assertTrue(String.join("\n", Story.lines(lost, null, null, null, false, false))
                .contains("UNDER WAY"));
    }

    /** Somebody has asked for more since: what led to the holding is what he must read first. */
    @Test
    void shouldFindTheDecisionThatTheSiteHoldsBecauseOf() throws IOException {
        try (Rehearsal rehearsal = new Rehearsal(data, Decisions.rules()).healthy()) {
            refuses(rehearsal.selects(SelectOutcome.PARTIAL)).run(20_000);
            rehearsal.feedLost("cms-west").run(1_000).ask(west(), "hurry").run(1_000);
            final List<Decision> newest = new DecisionLog(data)
                    .newest(10).records().stream().map(DecisionRecord::decision).toList();
            assertEquals(Outcome.REFUSED, newest.get(0).outcome());
            final Decision led = SiteNow.ledHere(rehearsal.machine().view(), newest);
            assertEquals(Outcome.HELD, led.outcome());
            assertEquals(1, led.decision());
        }
    }

    @Test
    void shouldNotSayThatNoCallWasCutWhereNobodyCounts() {
        final Decision counted = Decisions.switched(7);
        assertEquals(12, DecisionJson.of(counted).calls().inFlight());
        assertEquals(null, DecisionJson.of(uncounted(counted)).calls());
        assertEquals(-1, DecisionJson.of(uncounted(counted)).asDecided().calls());
    }

    private static Decision uncounted(Decision of) {
        return new Decision(
                of.decision(),
                of.epoch(),
                of.from(),
                of.to(),
                of.trigger(),
                of.reason(),
                of.who(),
                of.forced(),
                of.outcome(),
                of.refusedBecause(),
                of.conditions(),
                of.diagnosis(),
                of.evidence(),
                of.steps(),
                of.fence(),
                -1,
                of.openedAt(),
                of.closedAt());
    }

    @Test
    void shouldColourOnlyWhereColoursAreWanted() {
        final DecisionRecord record = Decisions.record(Decisions.switched(7));
        final String plain = String.join("\n", Story.lines(record, null, null, null, false, false));
        final String coloured = String.join("\n", Story.lines(record, null, null, null, false, true));
        assertFalse(plain.contains("\u001b"));
        assertEquals(plain, coloured.replaceAll("\u001b\\[[0-9;]*m", ""));
    }

    private static void requirePage(List<String> page) {
        assertTrue(page.size() <= Story.MOST_LINES, () -> page.size() + " lines:\n" + String.join("\n", page));
        page.forEach(line -> assertTrue(line.length() <= Page.WIDTH, line));
    }
}
