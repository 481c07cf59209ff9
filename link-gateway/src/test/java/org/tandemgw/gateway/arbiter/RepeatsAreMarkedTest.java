package org.tandemgw.gateway.arbiter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a frame has to be emitted that may be in the stream already, or may come again, a discontinuity stands between. */
class RepeatsAreMarkedTest {
    private static final long SECOND = ArbiterRig.SECOND;
    private static final String MARK = "[discontinuity]";
    private final ArbiterRig rig = new ArbiterRig();

    private void bothUp() {
        rig.connect(1).connect(2).bring(1, "s", 0, 50).bring(2, "s", 0, 50);
        assertEquals(LegState.UP, rig.arbiter.leg(2).state());
        assertEquals(50, rig.stream.size());
    }

    private List<String> since(int from) {
        return new ArrayList<>(rig.stream.subList(from, rig.stream.size()));
    }

    @Test
    void shouldMarkThatAHalfOpenLegBringsLateWhatWasGivenUp() {
        bothUp();
        rig.cut(2).connect(2).bring(2, "f", 5, 10).cut(2).pass(91 * SECOND).bring(1, "f", 0, 10);
        final List<String> expected = new ArrayList<>(List.of(MARK));
        expected.addAll(ArbiterRig.words("f", 5, 10));
        expected.add(MARK);
        expected.addAll(ArbiterRig.words("f", 0, 10));
        assertEquals(expected, since(50));
    }

    @Test
    void shouldMarkTheHoleBetweenTwoPiecesThatWereLeftBehind() {
        bothUp();
        rig.cut(2).connect(2).bring(2, "f", 5, 10).cut(2).connect(2).bring(2, "f", 20, 25);
        rig.cut(2).pass(91 * SECOND);
        final List<String> expected = new ArrayList<>(List.of(MARK));
        expected.addAll(ArbiterRig.words("f", 5, 10));
        expected.add(MARK);
        expected.addAll(ArbiterRig.words("f", 20, 25));
        assertEquals(expected, since(50));
    }

    @Test
    void shouldMarkAStrayThatIsResent() {
        bothUp();
        rig.bring(1, "f", 0, 50).bring(2, "stray").bring(2, "f", 0, 50);
        rig.cut(1).cut(2).connect(1).bring(1, "stray").bring(1, "f", 0, 60).pass(3 * SECOND);
        final List<String> expected = new ArrayList<>(List.of(MARK, "stray", "[gap]", MARK, "stray", MARK));
        expected.addAll(ArbiterRig.words("f", 0, 60));
        assertEquals(expected, since(100));
    }

    @Test
    void shouldMarkAResendThatFollowsAGreeting() {
        bothUp();
        rig.cut(1).cut(2).connect(1).bring(1, "welcome").bring(1, "s", 20, 60).pass(3 * SECOND);
        final List<String> expected = new ArrayList<>(List.of("[gap]", "welcome", MARK));
        expected.addAll(ArbiterRig.words("s", 20, 60));
        assertEquals(expected, since(50));
    }

    @Test
    void shouldMarkAResendThatBeginsAtTheEdgeOfAnOlderGap() {
        rig.connect(1)
                .bring(1, "f", 0, 100)
                .cut(1)
                .connect(1)
                .bring(1, "f", 110, 200)
                .cut(1);
        rig.connect(1).bring(1, "f", 99, 210).pass(3 * SECOND);
        assertEquals(List.of("[gap]", MARK, "f99", "f100"), rig.stream.subList(191, 195));
    }

    @Test
    void shouldMarkTheLastFrameOfTheDeadLegThatASwapHides() {
        bothUp();
        rig.cut(2)
                .bring(1, "f", 0, 20)
                .bring(1, "f21")
                .connect(2)
                .bring(2, "f22", "f21")
                .cut(1);
        rig.bring(2, "f", 23, 40).pass(3 * SECOND);
        assertEquals(List.of("[gap]", MARK, "f22", "f21", "f23"), rig.stream.subList(71, 76));
    }
}
