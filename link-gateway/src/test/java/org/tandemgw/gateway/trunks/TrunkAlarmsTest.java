package org.tandemgw.gateway.trunks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tandemgw.abswitch.BoxRules;
import org.tandemgw.abswitch.CardOutcome;
import org.tandemgw.abswitch.CardPosition;
import org.tandemgw.abswitch.CardResult;
import org.tandemgw.abswitch.Move;
import org.tandemgw.abswitch.Overall;
import org.tandemgw.abswitch.Reach;
import org.tandemgw.abswitch.Remembered;
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
            SwitchConfig.OnPartial.HOLD);

    @Test
    void shouldBeSilentWhenAllIsWell() {
        assertEquals(List.of(), alarms(Reach.REACHABLE, null, card(1, "A"), card(2, "A")));
        assertEquals(List.of(), alarms(Reach.NOT_ASKED, null, card(1, null), card(2, null)));
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
        assertEquals("authSuspected", TrunkPicture.word(Reach.AUTH_SUSPECTED));
    }

    @Test
    void shouldRememberEpochAndMovesOverARestartAndForgetWhatCouldNotBeStored() throws IOException {
        final TrunkMemories first = new TrunkMemories(List.of(), Instant.EPOCH);
        assertThrows(IOException.class, () -> first.of("trunks").store(new Remembered(1, List.of())));
        assertEquals(0, first.epoch(), "what was not stored was not used");
        final List<String> written = new ArrayList<>();
        first.writeWith(() -> written.add("durable"));
        final Remembered remembered =
                new Remembered(7, List.of(new Move(NOW, 2, "B", true), new Move(NOW.plusSeconds(1), 1, "A", false)));
        first.of("trunks").store(remembered);
        assertEquals(List.of("durable"), written);
        final TrunkMemories second = new TrunkMemories(first.state(), NOW);
        assertEquals(remembered, second.of("trunks").load());
        assertEquals(7, second.epoch());
        final TrunkMemories later = new TrunkMemories(first.state(), NOW.plusSeconds(3_700));
        assertEquals(new Remembered(7, List.of()), later.of("trunks").load(), "moves count for an hour");
        assertEquals(
                Remembered.nothing(),
                new TrunkMemories(List.of(new ControlState.Trunk("trunks", 0, "")), Instant.EPOCH)
                        .of("trunks")
                        .load());
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
        return TrunkConditions.of(config, new SwitchPositions("trunks", reach, "why", "tcp", List.of(cards)), last)
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
