package org.tandemgw.gateway.switchover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.health.Look;
import org.tandemgw.gateway.health.Sight;
import org.tandemgw.gateway.house.Chance;

/** A fact as a line of text is the same fact when it is read again. */
@Tag("chance")
class EventLinesTest {
    private static final String ODD = "a \"quoted\" \\ line,\nanother\ttab = \u0001 é \u2028 \ud800 ünï 😀 ";

    @Test
    void shouldReadBackEveryKindOfFact() {
        final List<Event> all = List.of(
                new Event.Looked("cms-east", "app", true, new Look(Sight.WRONG, ODD, 12, "pid 7", "21.0")),
                new Event.Looked("a b", "", false, Look.of(Sight.NOT_ASKED, null, 0)),
                new Event.NetworkLooked("10.1.1.1", Look.of(Sight.UNREACHABLE, "no route", 3)),
                new Event.TrunksSeen("trunks", null, "mixed", true, true, 7),
                new Event.FeedsSeen("cms-west", true, false),
                new Event.LegsSeen(false),
                new Event.ClockSeen(true, ODD),
                new Event.ClockSeen(false, null),
                new Event.Stalled(3_000),
                new Event.CallsSeen(-1),
                new Event.Asked(3, new Wish.Switch("cms-west", true, false), "jd", ODD),
                new Event.Asked(4, new Wish.SetMode(Mode.HELD), "jd", null),
                new Event.Asked(5, new Wish.Resume(), null, ""),
                new Event.Asked(6, new Wish.Adopted("trunks"), "jd", "x"),
                new Event.Asked(7, new Wish.LiveChecked("0123abc"), "jd", "x"),
                new Event.Asked(8, new Wish.Maintain("cms-west", true, 7_200_000, false), "jd", ODD),
                new Event.Asked(9, new Wish.Maintain(null, false, 0, true), "jd", "x"),
                new Event.SelectOver(
                        9,
                        "trunks",
                        SelectOutcome.PARTIAL,
                        true,
                        List.of(
                                new CardLine(1, "MOVED", "B", 0.1 + 0.2, null),
                                new CardLine(16, "UNKNOWN", null, 1e-9, ODD)),
                        null),
                new Event.SelectOver(9, "trunks", SelectOutcome.REFUSED, false, List.of(), ODD),
                new Event.StepBegan(9, "cms-west", Step.PROMOTE, 1),
                new Event.StepBegan(9, ODD, Step.DEMOTE, 3),
                new Event.StepOver(9, "cms-west", Step.PROMOTE, false, ODD, 41.237),
                new Event.StoreFailed("No space left on device"),
                new Event.Tick());
        for (final Event each : all) {
            final String line = EventText.write(each);
            assertFalse(line.contains("\n"), line);
            assertEquals(each, EventText.read(line), line);
        }
    }

    @Test
    void shouldReadBackAnyText() {
        final long seed = Chance.seed();
        final Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            final StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                text.append((char) (random.nextBoolean() ? random.nextInt(128) : random.nextInt(0x10000)));
            }
            final Event event = new Event.StepOver(
                    random.nextLong(), text.toString(), Step.DEMOTE, true, text.toString(), random.nextDouble());
            assertEquals(event, EventText.read(EventText.write(event)), "replay with -Dtandem.seed=" + seed);
        }
    }

    @Test
    void shouldRefuseWhatIsNoFact() {
        for (final String bad : List.of(
                "",
                "nonsense",
                "looked server=x",
                "calls up=many",
                "legs alive=perhaps",
                "clock suspect=\"yes",
                "mode mode=none2 request=1",
                "looked server=a probe=b path=main sight=sleepy took=1")) {
            assertThrows(IllegalArgumentException.class, () -> EventText.read(bad), bad);
        }
    }
}
