package org.tandemgw.gateway.trunks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.abswitch.BoxRules;
import org.tandemgw.abswitch.CardOutcome;
import org.tandemgw.abswitch.CardPosition;
import org.tandemgw.abswitch.CardResult;
import org.tandemgw.abswitch.Move;
import org.tandemgw.abswitch.Overall;
import org.tandemgw.abswitch.PathKind;
import org.tandemgw.abswitch.PathState;
import org.tandemgw.abswitch.Reach;
import org.tandemgw.abswitch.Remembered;
import org.tandemgw.abswitch.SelectOrder;
import org.tandemgw.abswitch.Selected;
import org.tandemgw.abswitch.SwitchPositions;
import org.tandemgw.gateway.alarm.Condition;
import org.tandemgw.gateway.config.SwitchConfig;
import org.tandemgw.gateway.config.SwitchRules;
import org.tandemgw.gateway.controlfile.ControlState;
import org.tandemgw.profiles.HwProfiles;
import org.tandemgw.profiles.SwitchProfile;
import org.tandemgw.profiles.yaml.Problems;

/** What an operator is told of a trunk switch, and what of it survives a restart. */
class TrunkAlarmsTest {
    private static final SwitchProfile K16 = HwProfiles.load(Optional.empty(), new Problems())
            .trunkSwitch("dataprobe-k16")
            .orElseThrow();
    private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");

    private final SwitchConfig config = new SwitchConfig(
            "trunks",
            K16,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("2026-11-21 jd"),
            List.of(1, 2),
            "east",
            "west",
            Map.of(),
            Duration.ofSeconds(10),
            12,
            SwitchConfig.OnPartial.HOLD,
            0);

    @Test
    void shouldBeSilentWhenAllIsWell() {
        assertEquals(List.of(), alarms(Reach.REACHABLE, null, card(1, "A"), card(2, "A")));
        assertEquals(List.of(), alarms(Reach.NOT_ASKED, null, card(1, null), card(2, null)));
    }

    @Test
    void shouldTellThatOneOfTwoPathsIsLost() {
        final PathState good =
                new PathState(PathKind.TCP, "tcp 10.1.1.140:9100", PathState.State.GOOD, NOW, null, null);
        final PathState bad = new PathState(
                PathKind.SERIAL, "serial /dev/ttyS0", PathState.State.BAD, null, NOW, "the serial device is gone");
        final SwitchPositions positions = new SwitchPositions(
                "trunks", Reach.REACHABLE, "", "tcp", List.of(card(1, "A"), card(2, "A")), List.of(good, bad));
        final List<Condition> told = TrunkConditions.of(config, positions, TrunkHistory.NONE, TrunkMemory.NOTHING);
        assertEquals(1, told.size(), told::toString);
        assertEquals("pathLost trunks/serial", text(told.get(0)));
        assertEquals(
                "serial /dev/ttyS0: the serial device is gone; the other path is used",
                told.get(0).text());
    }

    @Test
    void shouldSayNothingButThatABoxIsNotConfirmed() {
        assertEquals(List.of("configMismatch trunks"), alarms(Reach.UNCONFIRMED, null, card(1, null), card(2, null)));
    }

    @Test
    void shouldTellWhyABoxCannotBeAsked() {
        for (final Reach reach : List.of(Reach.BUSY, Reach.AUTH_SUSPECTED, Reach.NOT_UNDERSTOOD, Reach.UNREACHABLE)) {
            assertEquals(List.of("switchUnreachable trunks"), alarms(reach, null, card(1, "A"), card(2, "A")));
        }
    }

    @Test
    void shouldTellOfHandsMixedCardsPulledOnesAndUnknownOnes() {
        assertEquals(
                List.of("positionMixed trunks", "positionChanged trunks/card-2"),
                alarms(Reach.REACHABLE, null, card(1, "A"), new CardPosition(2, "B", NOW, true, null)));
        assertEquals(
                List.of("positionMixed trunks", "configMismatch trunks/card-2"),
                alarms(Reach.REACHABLE, null, card(1, "A"), card(2, BoxRules.ABSENT)));
        assertEquals(List.of("positionUnknown trunks"), alarms(Reach.REACHABLE, null, card(1, "A"), card(2, null)));
    }

    @Test
    void shouldBlameOnlyTheCardThatWasCommandedAndDidNotMove() {
        final Selected partial = order(result(1, CardOutcome.NOT_MOVED, true), result(2, CardOutcome.NOT_MOVED, false));
        final CardPosition stuck = new CardPosition(1, "A", NOW, false, CardOutcome.NOT_MOVED);
        final CardPosition spared = new CardPosition(2, "A", NOW, false, CardOutcome.NOT_MOVED);
        assertEquals(List.of("overridden trunks/card-1"), alarms(Reach.REACHABLE, partial, stuck, spared));
        assertEquals(List.of(), alarms(Reach.REACHABLE, null, stuck, spared), "adopted");
        final CardPosition late = new CardPosition(1, "B", NOW, false, CardOutcome.NOT_MOVED);
        assertEquals(
                List.of("positionMixed trunks"), alarms(Reach.REACHABLE, partial, late, spared), "it moved after all");
    }

    @Test
    void shouldShowPositionsThatAreNoSideInSmallLetters() {
        assertEquals("A", Positions.shown("A"));
        assertEquals("mixed", Positions.shown(SwitchPositions.MIXED));
        assertEquals("offline", Positions.shown("OFFLINE"));
        assertEquals("mixed (1 A, 2 B)", Positions.told(cards("A", "B")));
        assertEquals("A", Positions.told(cards("A", "A")));
        assertEquals("unknown", Positions.told(cards("A", null)));
        assertEquals("authSuspected", TrunkPicture.word(Reach.AUTH_SUSPECTED));
    }

    @Test
    void shouldRememberEpochAndMovesOverARestartAndForgetWhatCouldNotBeStored() throws IOException {
        final TrunkMemories first = new TrunkMemories(List.of(), Instant.EPOCH);
        assertThrows(IOException.class, () -> first.change("trunks", now -> now.with(new Remembered(1, List.of()))));
        assertEquals(0, first.epoch(), "what was not stored was not used");
        final List<String> written = new ArrayList<>();
        first.writeWith(() -> written.add("durable"));
        final Remembered remembered =
                new Remembered(7, List.of(new Move(NOW, 2, "B", true), new Move(NOW.plusSeconds(1), 1, "A", false)));
        first.change("trunks", now -> now.with(remembered));
        assertEquals(List.of("durable"), written);
        final TrunkMemories second = new TrunkMemories(first.state(), NOW);
        assertEquals(remembered, second.of("trunks").driver());
        assertEquals(7, second.epoch());
        final TrunkMemories later = new TrunkMemories(first.state(), NOW.plusSeconds(3_700));
        assertEquals(new Remembered(7, List.of()), later.of("trunks").driver(), "moves count for an hour");
        assertEquals(
                Remembered.nothing(),
                new TrunkMemories(List.of(new ControlState.Trunk("trunks", 0, "")), Instant.EPOCH)
                        .of("trunks")
                        .driver());
    }

    @Test
    void shouldTakeTheAuditFileForASecondWitnessWhenTheControlFileIsLost(@TempDir Path data) throws IOException {
        Files.writeString(
                data.resolve("audit.jsonl"),
                "half a line\"action\":\"trunk command\n"
                        + "{\"at\":\"2026-11-21T05:59:00Z\",\"who\":\"jd\",\"action\":\"trunk command sent\","
                        + "\"object\":\"trunks/card-2\",\"epoch\":9,\"wanted\":\"B\"}\n"
                        + "{\"at\":\"2026-11-21T05:58:00Z\",\"action\":\"trunks select\",\"object\":\"trunks\"}\n");
        final AuditTail tail = AuditTail.read(data);
        final TrunkMemories memories = new TrunkMemories(List.of(), Instant.EPOCH);
        memories.writeWith(() -> {});
        memories.compare("trunks", tail.of("trunks"), true);
        memories.compare("fresh", tail.of("fresh"), false);
        assertEquals(9, memories.of("trunks").driver().epoch());
        assertEquals(
                List.of(new Move(Instant.parse("2026-11-21T05:59:00Z"), 2, "B", false)),
                memories.of("trunks").driver().moves());
        assertEquals(TrunkMemory.NOTHING, memories.of("fresh"));
        assertEquals(List.of("switchMemoryLost trunks"), alarms(memories.of("trunks")));

        // It stands over another start, until somebody adopts.
        final TrunkMemories second = new TrunkMemories(memories.state(), NOW);
        second.compare("trunks", tail.of("trunks"), false);
        assertEquals(List.of("switchMemoryLost trunks"), alarms(second.of("trunks")));
        second.writeWith(() -> {});
        second.note("trunks", TrunkMemory::adopted);
        assertEquals(List.of(), alarms(second.of("trunks")));
        assertEquals(9, second.epoch());
    }

    @Test
    void shouldKnowAnOrderThatTheLastRunDidNotEnd() throws IOException {
        final TrunkMemories first = new TrunkMemories(List.of(), Instant.EPOCH);
        first.writeWith(() -> {});
        final SelectOrder wish = new SelectOrder("B", List.of(1, 2), 4, false, false, false, "jd", "line test");
        final Move about = new Move(NOW, 1, "B", false);
        final List<ControlState.OpenOrder> sent = new ArrayList<>();
        new OrderMemory(first, "trunks", (epoch, move) -> CutOff.open(wish, move), sent::add)
                .store(new Remembered(4, List.of(about)));
        assertEquals(1, sent.size());
        assertEquals(List.of(), alarms(first.of("trunks")), "it is under way");
        final TrunkMemories second = new TrunkMemories(first.state(), NOW);
        assertEquals(List.of("orderCutOff trunks"), alarms(second.of("trunks")));
        assertTrue(CutOff.sentence("trunks", second.of("trunks").cutOff())
                .startsWith("order of jd (line test), epoch 4, cards 1,2 to B, was cut off at card 1 "));
        final Selected one = order(result(1, CardOutcome.MOVED, true));
        assertEquals(List.of("orderCutOff trunks"), alarms(CutOff.over(second.of("trunks"), one)));
        final Selected half = order(result(1, CardOutcome.MOVED, true), result(2, CardOutcome.UNKNOWN, true));
        assertEquals(List.of("orderCutOff trunks"), alarms(CutOff.over(second.of("trunks"), half)));
        final Selected stuck = order(result(1, CardOutcome.MOVED, true), result(2, CardOutcome.NOT_MOVED, true));
        assertEquals(List.of(), alarms(CutOff.over(second.of("trunks"), stuck)), "where each card is was read back");
        final Selected both = order(result(1, CardOutcome.MOVED, true), result(2, CardOutcome.ALREADY_THERE, false));
        assertEquals(List.of(), alarms(CutOff.over(second.of("trunks"), both)));
    }

    @Test
    void shouldTellOfTrunksThatLeadNowhereAlsoWhereThatWasOrdered() {
        assertEquals(
                List.of("positionMixed trunks", "leadsNowhere trunks"),
                alarms(Reach.REACHABLE, null, card(1, "A"), card(2, "OFFLINE")));
        assertEquals(
                List.of("leadsNowhere trunks"), alarms(Reach.REACHABLE, null, card(1, "OFFLINE"), card(2, "OFFLINE")));
    }

    @Test
    void shouldNotTellOfWhatIsOnlyOnItsWay() {
        final SwitchPositions mixed =
                new SwitchPositions("trunks", Reach.REACHABLE, "why", "tcp", List.of(card(1, "A"), card(2, "B")));
        final SwitchPositions half =
                new SwitchPositions("trunks", Reach.REACHABLE, "why", "tcp", List.of(card(1, "A"), card(2, null)));
        final List<Condition> differ = TrunkConditions.of(config, mixed, TrunkHistory.NONE, TrunkMemory.NOTHING);
        final List<Condition> unknown = TrunkConditions.of(config, half, TrunkHistory.NONE, TrunkMemory.NOTHING);
        final StandingPositions standing = new StandingPositions();
        assertEquals(List.of(), standing.of(unknown, false, half, 100), "the first look is not over");
        assertEquals(unknown, standing.of(unknown, false, half, 60_000), "it ought to be");
        assertEquals(List.of(), standing.of(List.of(), false, mixed, 60_000));
        assertEquals(List.of(), standing.of(differ, true, mixed, 60_000), "an order is under way");
        assertEquals(differ, standing.of(differ, false, mixed, 60_000));
        assertEquals(differ, standing.of(List.of(), true, mixed, 60_000), "what stood before stands meanwhile");
        assertEquals(List.of(), standing.of(List.of(), false, mixed, 60_000));
    }

    @Test
    void shouldTellOfCardsAsTheyAreReadWhileTheyAreOrderedAgain() {
        final StandingPositions standing = new StandingPositions();
        final SwitchPositions before = cards("A", "B");
        standing.of(mixed(before), false, before, 60_000);
        final SwitchPositions meanwhile = cards("B", "A");
        final List<Condition> told = standing.of(mixed(meanwhile), true, meanwhile, 60_000);
        assertEquals(
                List.of("its cards differ: 1 B, 2 A"),
                told.stream().map(Condition::text).toList());
    }

    private List<Condition> mixed(SwitchPositions positions) {
        return TrunkConditions.of(config, positions, TrunkHistory.NONE, TrunkMemory.NOTHING);
    }

    private static SwitchPositions cards(String one, String two) {
        return new SwitchPositions("trunks", Reach.REACHABLE, "why", "tcp", List.of(card(1, one), card(2, two)));
    }

    @Test
    void shouldNameTheLastOrderWithItsCardsAndWhatToDoNext() {
        final Selected partial = order(result(1, CardOutcome.NOT_MOVED, true), result(2, CardOutcome.NOT_MOVED, false));
        final TrunkHistory history = TrunkHistory.NONE.after(partial);
        assertEquals("the last order that sent a command: cards 1, 2 to B, epoch 3, PARTIAL", history.lastOrder());
        final Selected silent = order(result(2, CardOutcome.UNKNOWN, false));
        assertEquals(history, history.after(silent), "it sent nothing");
        final SwitchPositions there =
                new SwitchPositions("trunks", Reach.REACHABLE, "why", "tcp", List.of(card(1, "A"), card(2, "A")));
        assertTrue(Remedies.ofSelect(config, there, false, partial).startsWith("look at card 1 "));
        final Selected gap = order(result(1, CardOutcome.ABSENT, false), result(2, CardOutcome.NOT_MOVED, false));
        assertTrue(Remedies.ofSelect(config, there, false, gap).endsWith("tandem trunks select trunks B --cards 2"));
        for (final Reach reach : Reach.values()) {
            final SwitchPositions now =
                    new SwitchPositions("trunks", reach, "why", "serial /dev/ttyS0", List.of(card(1, "A")));
            assertFalse(Remedies.ofQuery(config, now, null).contains("trunks query"), reach::name);
        }
    }

    @Test
    void shouldNeverShowThePasswordAndKeepNoMoreThanItMay() {
        final WireTap tap = new WireTap("PASS", () -> NOW);
        for (int i = 0; i < WireTap.MOST + 10; i++) {
            tap.sent("tcp", "\u001bPASS\u00011\u0002Q\r".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            tap.received("tcp", "PA".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            tap.received("tcp", "SS 1 A\r\n".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        }
        tap.received("tcp", new byte[100_000]);
        final List<WireTap.Seen> seen = tap.after(0);
        assertEquals(WireTap.MOST, seen.size());
        assertEquals("\\x1b{password}\\x011\\x02Q\\r", seen.get(0).sent());
        assertTrue(seen.stream().noneMatch(each -> each.received().contains("PASS")), "masked in what came, too");
        assertTrue(seen.get(seen.size() - 1).received().length() <= WireTap.MOST_BYTES + "{password}".length());
    }

    @Test
    void shouldSayWhichPatternOfTheProfileFits() {
        final var rules = SwitchRules.rules(K16).replies();
        assertEquals("pattern line (assumed): card 7 at B", MatchedPattern.of(rules, "07 b\n\r"));
        assertEquals("pattern bare (assumed): at ABSENT", MatchedPattern.of(rules, "NONE\r\n"));
        assertEquals("pattern bitmap (assumed): one character per card", MatchedPattern.of(rules, "AAAB--B---------"));
        assertEquals("pattern busy (assumed): busy", MatchedPattern.of(rules, "BUSY\r\n"));
        assertEquals("no pattern of the profile fits", MatchedPattern.of(rules, "CARD 7 ON B\r\n"));
        assertEquals("no pattern of the profile fits", MatchedPattern.of(rules, "B"), "half of BUSY");
        assertEquals("no answer", MatchedPattern.of(rules, ""));
    }

    private List<String> alarms(Reach reach, Selected last, CardPosition... cards) {
        return TrunkConditions.of(
                        config,
                        new SwitchPositions("trunks", reach, "why", "tcp", List.of(cards)),
                        last == null ? TrunkHistory.NONE : TrunkHistory.NONE.after(last),
                        TrunkMemory.NOTHING)
                .stream()
                .map(TrunkAlarmsTest::text)
                .toList();
    }

    private List<String> alarms(TrunkMemory memory) {
        return TrunkConditions.of(
                        config,
                        new SwitchPositions(
                                "trunks", Reach.REACHABLE, "why", "tcp", List.of(card(1, "A"), card(2, "A"))),
                        TrunkHistory.NONE,
                        memory)
                .stream()
                .map(TrunkAlarmsTest::text)
                .toList();
    }

    private static String text(Condition condition) {
        assertTrue(condition.text().length() > 2, condition::toString);
        return condition.name() + " " + condition.object();
    }

    private static CardPosition card(int card, String position) {
        return new CardPosition(card, position, position == null ? null : NOW, false, null);
    }

    private static CardResult result(int card, CardOutcome outcome, boolean commanded) {
        return new CardResult(card, outcome, "A", commanded, "a reason", Duration.ofSeconds(1));
    }

    private static Selected order(CardResult... results) {
        return new Selected(
                Overall.PARTIAL, null, 3, "B", List.of(results), Duration.ofSeconds(2), Duration.ofMillis(2));
    }
}
