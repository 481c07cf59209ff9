package org.tandemgw.gateway.arbiter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Somebody tries the product with ten lines: where nothing is ambiguous, a leg needs no long history to find its place. */
class TinyStreamTest {
    private static final long SECOND = ArbiterRig.SECOND;
    private static final long BREATH = SECOND / 20;
    private final ArbiterRig rig = new ArbiterRig();

    @Test
    void shouldGoOnWithLegTwoAfterThreeToSevenFramesOnBoth() {
        for (int sent = 3; sent <= 7; sent++) {
            final ArbiterRig fresh = new ArbiterRig();
            // given both legs connected before the first frame, and a few frames on both
            fresh.connect(1).connect(2);
            bringBoth(fresh, "f", 0, sent);
            // when leg 1 is cut and three more come
            fresh.cut(1).bring(2, "f", sent, sent + 3);
            // then each frame is there once, and no hole is claimed
            assertEquals(ArbiterRig.words("f", 0, sent + 3), fresh.stream, "sent " + sent);
        }
    }

    @Test
    void shouldDoSoWhenLegTwoIsBehind() {
        // given five frames on leg 1 and none of them yet on leg 2
        rig.connect(1).connect(2).bring(1, "f", 0, 5);
        // when leg 1 is cut and leg 2 brings them
        rig.cut(1).bring(2, "f", 0, 8);
        // then they are repeats
        assertEquals(ArbiterRig.words("f", 0, 8), rig.stream);
    }

    @Test
    void shouldGoOnAfterOneFrameOnly() {
        // given legs that had a breath of silence, and one frame on both
        rig.connect(1).connect(2).pass(BREATH).bring(1, "only").bring(2, "only");
        assertBothUp();
        // when leg 1 is cut
        rig.cut(1).pass(3 * SECOND);
        // then it is there once, and so is the next
        assertEquals(List.of("only"), rig.stream);
        rig.bring(2, "next");
        assertEquals(List.of("only", "next"), rig.stream);
    }

    @Test
    void shouldKeepEqualFramesApart() {
        // given three equal frames on both legs, one after the other
        rig.connect(1).connect(2).pass(BREATH);
        for (int i = 0; i < 3; i++) {
            rig.bring(1, "same").bring(2, "same");
            assertBothUp();
        }
        assertEquals(List.of("same", "same", "same"), rig.stream);
        // when leg 1 is cut and two more come
        rig.cut(1).bring(2, "same", "same").pass(2 * SECOND);
        // then there are five
        assertEquals(List.of("same", "same", "same", "same", "same"), rig.stream);
    }

    @Test
    void shouldKeepEqualFramesApartThatComeInOnePiece() {
        rig.connect(1).connect(2).pass(BREATH);
        rig.bring(2, "same", "same", "same", "same", "same").bring(1, "same", "same", "same", "same", "same");
        assertBothUp();
        assertEquals(List.of("same", "same", "same", "same", "same"), rig.stream);
    }

    @Test
    void shouldTakeALegThatConnectsWhileTheFeedIsIdle() {
        // given five frames on leg 1 alone, then a second of silence
        rig.connect(1).bring(1, "f", 0, 5).pass(SECOND + BREATH);
        // when leg 2 connects and five more come on both
        rig.connect(2);
        bringBoth(rig, "f", 5, 10);
        assertBothUp();
        // then leg 2 carries on alone
        rig.cut(1).bring(2, "f", 10, 15);
        assertEquals(ArbiterRig.words("f", 0, 15), rig.stream);
    }

    @Test
    void shouldTakeALegThatReconnectsBetweenTwoFramesOfASlowFeed() {
        // given a frame every two seconds on both legs, and leg 2 back between two of them
        rig.connect(1).connect(2);
        for (int i = 0; i < 5; i++) {
            bringBoth(rig, "f", i, i + 1);
            rig.pass(2 * SECOND);
        }
        rig.cut(2).pass(SECOND / 2).connect(2).pass(SECOND / 2);
        // when two frames come on both and leg 1 is cut
        bringBoth(rig, "f", 5, 6);
        rig.pass(2 * SECOND);
        bringBoth(rig, "f", 6, 7);
        rig.cut(1).pass(2 * SECOND).bring(2, "f7");
        // then there is no mark
        assertEquals(ArbiterRig.words("f", 0, 8), rig.stream);
    }

    @Test
    void shouldNotTrustALegThatConnectsWhileTheFeedIsBusy() {
        // given frames that may be on their way when leg 2 connects
        rig.connect(1).bring(1, "beat", "tick").connect(2).bring(1, "beat", "tick");
        // when leg 2 brings two like them and leg 1 is cut
        rig.bring(2, "beat", "tick").cut(1).pass(2 * SECOND);
        // then nothing is taken for a repeat that may be new, and that is said
        assertEquals(List.of("beat", "tick", "beat", "tick", "[gap]", "[discontinuity]", "beat", "tick"), rig.stream);
    }

    @Test
    void shouldStartTogetherAgainAfterBothLegsWereDown() {
        rig.connect(1).connect(2);
        bringBoth(rig, "f", 0, 5);
        // given both legs down, and both back before any frame
        rig.cut(1).cut(2).pass(SECOND).connect(1).connect(2);
        bringBoth(rig, "g", 0, 3);
        // when leg 1 is cut
        rig.cut(1).bring(2, "g", 3, 6);
        // then there is the one gap of the outage
        assertEquals(joined(ArbiterRig.words("f", 0, 5), List.of("[gap]"), ArbiterRig.words("g", 0, 6)), rig.stream);
    }

    @Test
    void shouldStartTogetherAgainAfterARestart() {
        rig.connect(1).connect(2);
        bringBoth(rig, "f", 0, 5);
        // given a new process, both legs connected before any frame
        rig.restart().connect(2).connect(1);
        bringBoth(rig, "g", 0, 3);
        // when leg 2 is cut
        rig.cut(2).bring(1, "g", 3, 6);
        // then there is the one gap of the restart
        assertEquals(joined(ArbiterRig.words("f", 0, 5), List.of("[gap]"), ArbiterRig.words("g", 0, 6)), rig.stream);
    }

    @Test
    void shouldRecogniseAShortResendAfterAShortHistory() {
        // given ten different frames in the journal and a new process
        rig.connect(1).bring(1, "f", 0, 10).restart().connect(1);
        // when the ACD resends its last three and goes on
        rig.bring(1, "f", 7, 13).pass(2 * SECOND);
        // then only what is new is added
        assertEquals(joined(ArbiterRig.words("f", 0, 10), List.of("[gap]"), ArbiterRig.words("f", 10, 13)), rig.stream);
    }

    @Test
    void shouldRecogniseAShortResendThatStops() {
        rig.connect(1).connect(2);
        bringBoth(rig, "f", 0, 10);
        // given both legs down, when the ACD resends its last three and stops
        rig.cut(1).cut(2).connect(1).bring(1, "f", 7, 10).pass(2 * SECOND);
        // then nothing is added
        assertEquals(ArbiterRig.words("f", 0, 10), rig.stream);
    }

    @Test
    void shouldSayThatACycleOfHeartbeatsMayBeAResend() {
        // given a history of three heartbeats
        rig.connect(1).bring(1, "beat", 0, 3).restart().connect(1);
        // when the same three come again: the next cycle, or a resend
        rig.bring(1, "beat", 0, 3).bring(1, "new").pass(2 * SECOND);
        // then they are not dropped, and the doubt is marked
        assertEquals(
                joined(
                        ArbiterRig.words("beat", 0, 3),
                        List.of("[gap]", "[discontinuity]"),
                        ArbiterRig.words("beat", 0, 3),
                        List.of("new")),
                rig.stream);
    }

    @Test
    void shouldEmitLateWhatOnlyACutLegHadAndTheOtherNeverBrought() {
        rig.connect(1).connect(2);
        bringBoth(rig, "f", 0, 5);
        // given a leg that jumps, and is cut with frames that leg 1 never brings
        rig.bring(1, "f", 5, 20).bring(2, "f", 15, 18).bring(2, "withheld").cut(2);
        rig.bring(1, "f", 20, 30);
        assertEquals(ArbiterRig.words("f", 0, 30), rig.stream);
        // when the time is over in which leg 1 may bring them
        rig.pass(91 * SECOND);
        // then they follow, marked
        assertEquals(joined(ArbiterRig.words("f", 0, 30), List.of("[discontinuity]", "withheld")), rig.stream);
    }

    @Test
    void shouldEmitItBeforeTheLinkGoesDown() {
        rig.connect(1).connect(2);
        bringBoth(rig, "f", 0, 5);
        rig.bring(1, "f", 5, 20)
                .bring(2, "f", 15, 18)
                .bring(2, "withheld")
                .cut(2)
                .cut(1);
        assertEquals(joined(ArbiterRig.words("f", 0, 20), List.of("[discontinuity]", "withheld")), rig.stream);
    }

    private void assertBothUp() {
        assertEquals(LegState.UP, rig.arbiter.leg(1).state());
        assertEquals(LegState.UP, rig.arbiter.leg(2).state());
    }

    private static void bringBoth(ArbiterRig rig, String prefix, int from, int to) {
        for (int i = from; i < to; i++) {
            rig.bring(1, prefix + i).bring(2, prefix + i);
        }
    }

    @SafeVarargs
    private static List<String> joined(List<String>... parts) {
        final List<String> all = new ArrayList<>();
        for (final List<String> part : parts) {
            all.addAll(part);
        }
        return all;
    }
}
