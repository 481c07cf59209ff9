package org.tandemgw.gateway.arbiter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody reads: exactly one gap, written when the next new frame comes, and what an ACD resends is recognised. */
class BothLegsDownTest {
    private final ArbiterRig rig = new ArbiterRig();

    @Test
    void shouldWriteNoGapBeforeTheVeryFirstFrame() {
        rig.restart().connect(1).bring(1, "a");
        assertEquals(List.of("a"), rig.stream);
    }

    @Test
    void shouldWriteOneGapAndPassTheFirstNewFrameAtOnce() {
        rig.connect(1)
                .bring(1, "a", "b")
                .cut(1)
                .connect(2)
                .cut(2)
                .connect(1)
                .cut(1)
                .connect(2);
        assertEquals(List.of("a", "b"), rig.stream);
        rig.bring(2, "c");
        assertEquals(List.of("a", "b", "[gap]", "c"), rig.stream);
    }

    @Test
    void shouldWriteOneGapAfterARestartAndNothingElse() {
        rig.connect(1).bring(1, "f", 0, 100).restart().connect(2).connect(1).bring(2, "f", 100, 120);
        assertEquals(1, rig.count("[gap]"));
        assertEquals(0, rig.count("[discontinuity]"));
        assertEquals(121, rig.stream.size());
        assertEquals("[gap]", rig.stream.get(100));
    }

    @Test
    void shouldRecogniseWhatTheAcdResendsAfterARestart() {
        for (final int resent : new int[] {3, 8, 20, 90}) {
            final ArbiterRig fresh = new ArbiterRig();
            fresh.connect(1).bring(1, "f", 0, 100).restart().connect(1).bring(1, "f", 100 - resent, 110);
            final List<String> expected = new ArrayList<>(ArbiterRig.words("f", 0, 100));
            expected.add("[gap]");
            expected.addAll(ArbiterRig.words("f", 100, 110));
            assertEquals(expected, fresh.stream, "resent " + resent);
        }
    }

    @Test
    void shouldRecogniseAResendThatEndsBeforeAnythingNew() {
        rig.connect(1)
                .bring(1, "f", 0, 100)
                .restart()
                .connect(1)
                .bring(1, "f", 60, 100)
                .pass(3 * ArbiterRig.SECOND);
        assertEquals(ArbiterRig.words("f", 0, 100), rig.stream);
        rig.bring(1, "f100");
        assertEquals(List.of("f99", "[gap]", "f100"), rig.stream.subList(99, 102));
    }

    @Test
    void shouldRecogniseAResendWhenTheJournalEndsWithARecordThatIsNoFrame() {
        rig.connect(1).bring(1, "f", 0, 100);
        rig.stream.add("[mark]");
        rig.restart().connect(1).bring(1, "f", 60, 101);
        assertEquals(List.of("f99", "[mark]", "[gap]", "f100"), rig.stream.subList(99, 103));
    }

    @Test
    void shouldRecogniseAResendOfAFrameThatHadArrivedDamaged() {
        rig.connect(1).bring(1, "f", 0, 80).bring(1, "damage").bring(1, "f", 81, 100);
        rig.restart().connect(1).bring(1, "f", 75, 110);
        for (final String word : ArbiterRig.words("f", 0, 110)) {
            assertEquals(1, rig.count(word), word);
        }
        assertEquals(1, rig.count("[gap]"));
        assertEquals(1, rig.count("[discontinuity]"));
    }

    @Test
    void shouldSayThatAHeartbeatMayBeARepeat() {
        rig.connect(1)
                .bring(1, "f", 0, 99)
                .bring(1, "beat")
                .restart()
                .connect(1)
                .bring(1, "beat");
        assertEquals(100, rig.stream.size());
        rig.pass(2 * ArbiterRig.SECOND);
        assertEquals(List.of("beat", "[gap]", "[discontinuity]", "beat"), rig.stream.subList(99, 103));
    }

    @Test
    void shouldNotCallAHeartbeatDoubtfulThatCannotBeARepeat() {
        rig.connect(1)
                .bring(1, "beat")
                .bring(1, "f", 0, 99)
                .restart()
                .connect(1)
                .bring(1, "beat", "g");
        assertEquals(List.of("f98", "[gap]", "beat", "g"), rig.stream.subList(99, 103));
    }

    @Test
    void shouldBringBackFromTheLaterLegWhatTheGapHid() {
        rig.connect(1)
                .connect(2)
                .bring(1, "f", 0, 100)
                .bring(2, "f", 0, 90)
                .cut(1)
                .cut(2);
        rig.connect(2).connect(1).bring(2, "f", 130, 150).bring(1, "f", 110, 150);
        assertEquals(1, rig.count("[gap]"));
        assertEquals(1, rig.count("[discontinuity]"));
        for (final String word : ArbiterRig.words("f", 110, 150)) {
            assertEquals(1, rig.count(word), word);
        }
    }

    @Test
    void shouldFollowAResendOverAGapThatAHeartbeatEnds() {
        rig.connect(1).bring(1, "f", 0, 100).bring(1, "beat").cut(1);
        rig.connect(1).bring(1, "beat").pass(2 * ArbiterRig.SECOND).bring(1, "g", 0, 60);
        rig.restart().connect(1).bring(1, "f", 80, 100).bring(1, "beat", "beat").bring(1, "g", 0, 60);
        rig.bring(1, "h", 0, 20).pass(2 * ArbiterRig.SECOND);
        assertEquals(ArbiterRig.words("h", 0, 20), rig.stream.subList(rig.stream.size() - 20, rig.stream.size()));
        assertEquals(1, rig.count("g59"));
    }

    @Test
    void shouldMarkAResendThatBeginsInsideAnEarlierGap() {
        rig.connect(1)
                .bring(1, "f", 0, 100)
                .cut(1)
                .connect(1)
                .bring(1, "f", 110, 200)
                .cut(1);
        rig.connect(1).bring(1, "f", 105, 210);
        assertEquals(ArbiterRig.words("f", 105, 110), rig.stream.subList(192, 197));
        assertEquals(List.of("[discontinuity]", "f110"), rig.stream.subList(197, 199));
        assertEquals(1, rig.count("[discontinuity]"));
    }

    @Test
    void shouldKnowWhetherAnyLegIsConnected() {
        assertTrue(rig.arbiter.isLinkDown());
        rig.connect(1);
        assertFalse(rig.arbiter.isLinkDown());
        rig.connect(2).cut(1);
        assertFalse(rig.arbiter.isLinkDown());
        rig.cut(2);
        assertTrue(rig.arbiter.isLinkDown());
    }
}
