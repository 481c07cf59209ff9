package org.tandemgw.gateway.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.alarm.AlarmName;
import org.tandemgw.gateway.alarm.Severity;

/** What a tired person must see at once. */
class NightOperatorTest {
    @Test
    void shouldReadFirstWhetherAllIsWellAndWhyNot() {
        final List<String> lines = StatusText.lines(SampleStatus.trouble(), false);

        assertEquals("hq-east  UNPROTECTED  active -  mode none  epoch 0", lines.get(0));
        assertEquals("  because cms-west is not connected to acd1", lines.get(1));
    }

    @Test
    void shouldTellWhatWaitsFromWhatIsOnlyNotAcknowledgedYet() {
        final String text = String.join("\n", StatusText.lines(SampleStatus.example(), false));
        assertTrue(text.contains("UNACKED  BEHIND  LAG"), text);
        assertTrue(text.matches("(?s).*connected +1230 +confirmed +1234 +4 +0 +- .*"), text);
    }

    @Test
    void shouldSeeEveryLegFeedAndAlarm() {
        final String text = String.join("\n", StatusText.lines(SampleStatus.trouble(), false));

        assertTrue(text.contains("ACD acd2  opaque-line, merge  PAUSED  sequence 5"), text);
        assertTrue(text.matches("(?s).*  2    busied-out  10.2.1.10:5038 .* busied out by jd\n.*"), text);
        assertTrue(text.matches("(?s).*\ncms-west  out .* down +1000  confirmed +1200 +- +69001 +2 h 03 .*"), text);
        assertTrue(text.contains("disk low, 1.8 GiB free, journals 80.0 MiB"), text);
        assertTrue(text.contains("cms-west is not connected [jd: being patched]"), text);
    }

    @Test
    void shouldSeeWhenAServerThatIsBehindWillBeAtParity() {
        assertEquals(
                "1,000,000 behind, at parity in about 12 s", StatusText.parity(behind("approaching", 12_345L, 85_000)));
        assertEquals("1,000,000 behind, at parity in about 1 s", StatusText.parity(behind("approaching", 3L, 85_000)));
        assertEquals(
                "1,000,000 behind, at parity in about 2 h 03",
                StatusText.parity(behind("approaching", 7_384_000L, 85_000)));
        assertEquals("1,000,000 behind, catching up", StatusText.parity(behind("measuring", null, 0)));
        assertEquals(
                "1,000,000 behind, does not catch up: takes 4000/s",
                StatusText.parity(behind("notAtThisRate", null, 4_000)));
        assertEquals(
                "1,000,000 behind, will not catch up at the limit of its catch-up key",
                StatusText.parity(behind("notAtThisLimit", null, 5_000)));
        assertEquals("", StatusText.parity(behind("atParity", 0L, 0)));
    }

    private static GatewayStatus.Feed behind(String parity, Long parityMs, long catchUpRate) {
        return new GatewayStatus.Feed(
                "acd1",
                "soupbintcp",
                true,
                "10.1.1.20:40112",
                5,
                "acknowledged",
                9,
                5,
                5L,
                1_000_000,
                60_000,
                parity,
                parityMs,
                catchUpRate,
                0,
                0,
                0,
                null,
                null);
    }

    @Test
    void shouldBeToldWhatToTypeWhereSomethingWaitsForAPerson() {
        assertEquals(
                List.of("tandem leg release acd1 2", "tandem acd resume acd2", "tandem alarms ack 11 --reason TEXT"),
                NextSteps.of(SampleStatus.trouble()).stream()
                        .map(NextSteps.Step::command)
                        .toList());
        assertEquals(List.of(), NextSteps.of(SampleStatus.example()));
    }

    @Test
    void shouldBeSentToNoBoxThatIsBeingOrderedAndToNoneThatOnlyASwitchPutsRight() {
        assertEquals(List.of("tandem why"), commands(mixed(SiteState.SWITCHING, null)));
        assertEquals(
                List.of("tandem switch cms-west --reason …"),
                commands(mixed(SiteState.UNPROTECTED, "tandem switch cms-west --reason …")));
        assertEquals(
                List.of("tandem trunks select trunks A|B"),
                commands(mixed(SiteState.UNPROTECTED, null)),
                "nobody decides");
    }

    private static List<String> commands(GatewayStatus status) {
        return NextSteps.of(status).stream().map(NextSteps.Step::command).toList();
    }

    private static GatewayStatus mixed(SiteState state, String next) {
        final GatewayStatus well = SampleStatus.example();
        final GatewayStatus.TrunkSwitch trunk = well.switches().get(0);
        return new GatewayStatus(
                well.site(),
                well.version(),
                well.pid(),
                well.upSince(),
                well.at(),
                well.mode(),
                well.modeFile(),
                well.modeOperator(),
                state,
                null,
                List.of(),
                well.active(),
                well.epoch(),
                well.decision(),
                0,
                false,
                next,
                well.acds(),
                well.servers(),
                List.of(new GatewayStatus.TrunkSwitch(
                        trunk.name(),
                        "mixed",
                        true,
                        trunk.cards(),
                        trunk.boxProfile(),
                        null,
                        trunk.reach(),
                        trunk.reachWhy(),
                        trunk.path(),
                        trunk.ageMs(),
                        false,
                        trunk.lastEpoch(),
                        trunk.confirmedBy(),
                        false)),
                well.calls(),
                well.disk(),
                List.of(),
                well.notified());
    }

    @Test
    void shouldHaveNoTrailingBlanksAndNoColoursUnlessWanted() {
        StatusText.lines(SampleStatus.trouble(), false).forEach(line -> {
            assertFalse(line.contains("\033"), line);
            assertEquals(line.stripTrailing(), line);
        });
        assertTrue(
                String.join("", StatusText.lines(SampleStatus.trouble(), true)).contains("\033[1;31mUNPROTECTED"));
    }

    @Test
    void shouldBeSafeFromWhatOthersWriteIntoNamesAndReasons() {
        final Alarm alarm = new Alarm(
                1,
                AlarmName.GAP,
                Severity.MAJOR,
                "acd1",
                SampleStatus.AT,
                "x",
                null,
                new Alarm.Acknowledgement("eve", "\033[2J\nall is well", SampleStatus.AT));

        assertFalse(String.join("\n", StatusText.alarms(List.of(alarm), Instant.EPOCH, false))
                .contains("\033"));
    }

    @Test
    void shouldReadAmountsAtAGlance() {
        assertEquals("999 ms", Amounts.time(999));
        assertEquals("4.2 s", Amounts.time(4_200));
        assertEquals("59 min", Amounts.time(3_599_000));
        assertEquals("2 h 03", Amounts.time(7_384_000));
        assertEquals("3 d 4 h", Amounts.time(273_600_000));
        assertEquals("512 B", Amounts.bytes(512));
        assertEquals("1.5 KiB", Amounts.bytes(1_536));
        assertEquals("1024.0 TiB", Amounts.bytes(1L << 50));
    }
}
