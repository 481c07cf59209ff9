package org.tandemgw.gateway.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tandemgw.gateway.space.SpaceStory.MIB;
import static org.tandemgw.gateway.space.SpaceStory.MINUTE_NS;
import static org.tandemgw.gateway.space.SpaceStory.NOW_NS;
import static org.tandemgw.gateway.space.SpaceStory.SECOND_NS;
import static org.tandemgw.gateway.space.SpaceStory.away;
import static org.tandemgw.gateway.space.SpaceStory.deletions;
import static org.tandemgw.gateway.space.SpaceStory.files;
import static org.tandemgw.gateway.space.SpaceStory.here;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.tandemgw.gateway.space.SpaceFacts.Before;
import org.tandemgw.gateway.space.SpaceFacts.File;
import org.tandemgw.gateway.space.SpaceFacts.Use;
import org.tandemgw.gateway.status.DiskState;

/** Each rule of retention and min-free as a story. */
class SpaceStoriesTest {
    private static final int DAY = 24 * 60;

    private final SpaceStory story = new SpaceStory();

    @Nested
    class Retention {
        @Test
        void shouldDeleteWhatIsOlderAndEverybodyHas() {
            final SpaceDecision decision = story.journal(
                            "acd1", files(4, DAY + 20), here("east", 400), here("west", 400))
                    .decide();
            assertEquals("acd1 1-100 RETENTION, acd1 101-200 RETENTION", deletions(decision));
            assertEquals(DiskState.OK, decision.state());
            assertEquals("", decision.why());
        }

        @Test
        void shouldHoldForAServerThatIsAway() {
            final SpaceDecision decision = story.journal(
                            "acd1", files(4, DAY + 30), here("east", 400), away("west", 150))
                    .decide();
            assertEquals("acd1 1-100 RETENTION", deletions(decision));
        }

        @Test
        void shouldHoldForARecoverySession() {
            final SpaceDecision decision = story.journal(
                            "acd1",
                            files(4, DAY + 30),
                            here("east", 400),
                            here("west", 400),
                            new SpaceFacts.Holder("R4", 150, false, true))
                    .decide();
            assertEquals("acd1 1-100 RETENTION", deletions(decision));
        }

        @Test
        void shouldHoldNothingForAServerThatWasNeverHere() {
            final SpaceDecision decision = story.journal(
                            "acd1", files(3, DAY + 10), here("east", 300), away("west", -1))
                    .decide();
            assertEquals("acd1 1-100 RETENTION", deletions(decision));
        }

        @Test
        void shouldDeleteNothingByAgeWhileTheClockIsSuspect() {
            assertEquals(
                    "",
                    deletions(story.suspectClock()
                            .journal("acd1", files(4, 400 * DAY), here("east", 400), here("west", 400))
                            .decide()));
        }

        @Test
        void shouldNeverDeleteTheFileThatIsAppendedTo() {
            assertEquals(
                    "",
                    deletions(story.journal("acd1", files(1, 400 * DAY), here("east", 100), here("west", 100))
                            .decide()));
        }

        @Test
        void shouldDeleteOlderGenerationsByAgeAlone() {
            final List<File> old = List.of(
                    new File(7, -1, -1, 0, NOW_NS - DAY * MINUTE_NS - 1, MIB, Use.FINISHED),
                    new File(8, -1, -1, 0, NOW_NS - DAY * MINUTE_NS + 1, MIB, Use.FINISHED));
            final SpaceDecision decision = story.unread("acd1", 1, old).decide();
            assertEquals(1, decision.deletions().size());
            assertEquals(7, decision.deletions().get(0).file().cycle());
            assertEquals(1, decision.deletions().get(0).generation());
        }
    }

    @Nested
    class BelowMinFree {
        @Test
        void shouldRaiseTheAlarmWhereOtherWaysOutAreStillToCome() {
            final SpaceDecision decision = story.free(999)
                    .before(new Before(DiskState.OK, true, false, 0, Long.MAX_VALUE, Long.MAX_VALUE))
                    .journal("acd1", files(1, 5), here("east", 100), here("west", 100))
                    .decide();
            assertEquals(DiskState.LOW, decision.state());
            assertFalse(decision.pause(), "what was dropped a moment ago may not be back yet");
        }

        @Test
        void shouldDropTheOldestThatBothHaveUntilThereIsAMargin() {
            final SpaceDecision decision = story.free(990)
                    .journal("acd1", files(9, 300), here("east", 900), here("west", 900))
                    .journal("acd2", files(9, 305), here("east", 900), here("west", 900))
                    .decide();
            assertEquals("acd2 1-100 BOTH_HAVE_IT, acd1 1-100 BOTH_HAVE_IT", deletions(decision));
            assertEquals(DiskState.LOW, decision.state());
        }

        @Test
        void shouldNotPauseWhileThereMayBeMoreFilesThanWereListed() {
            final List<File> listed = files(5, 6_000).subList(0, 4);
            final SpaceDecision decision = story.free(100)
                    .journal("acd1", listed, here("east", 90_000), here("west", 90_000))
                    .decide();
            assertEquals(4, decision.deletions().size());
            assertFalse(decision.pause(), "what is behind them is seen by the next look");
        }

        @Test
        void shouldDropOlderGenerationsFirst() {
            final List<File> old = List.of(new File(7, -1, -1, 0, NOW_NS, 900 * MIB, Use.FINISHED));
            final SpaceDecision decision = story.free(900)
                    .journal("acd1", files(9, 300), here("east", 900), here("west", 900))
                    .unread("acd2", 3, old)
                    .decide();
            assertEquals("acd2 -1--1 NOBODY_READS_IT", deletions(decision));
        }

        @Test
        void shouldDropWhatOnlyTheServerThatIsAwayMissesAndNameIt() {
            final SpaceDecision decision = story.free(950)
                    .journal("acd1", files(9, 85), here("east", 900), away("west", 150))
                    .decide();
            assertEquals(
                    "acd1 1-100 BOTH_HAVE_IT", deletions(decision), "that was enough, and nobody loses anything by it");
            final SpaceDecision harsher = story.free(850).decide();
            assertEquals(
                    "acd1 1-100 BOTH_HAVE_IT, acd1 101-200 ONLY_NON_ACTIVE_MISSES [west 151-200]", deletions(harsher));
            assertEquals(DiskState.CRITICAL, harsher.state());
            assertTrue(harsher.why().contains("acd1 151 to 200 are lost to west"), harsher.why());
            assertFalse(harsher.pause());
        }

        @Test
        void shouldDropWhatOnlyTheStandbyMissesHoweverYoung() {
            final SpaceDecision decision = story.free(950)
                    .active("east")
                    .journal("acd1", files(2, 9), here("east", 200), away("west", 0))
                    .decide();
            assertEquals("acd1 1-100 ONLY_NON_ACTIVE_MISSES [west 1-100]", deletions(decision));
            assertFalse(decision.pause());
        }

        @Test
        void shouldNotCallTheServerInControlNonActiveBecauseItIsBehind() {
            final SpaceDecision decision = story.free(950)
                    .active("west")
                    .journal("acd1", files(2, 9), here("east", 200), away("west", 0))
                    .decide();
            assertEquals("", deletions(decision));
            assertTrue(decision.pause());
        }

        @Test
        void shouldTakeTheOneThatIsAwayForNonActiveWhenNobodyKnows() {
            assertEquals(
                    "",
                    deletions(story.free(950)
                            .journal("acd1", files(2, 9), here("east", 50), away("west", 200))
                            .decide()),
                    "the one that is here is behind, and still the one that counts");
        }

        @Test
        void shouldTakeTheOneFurtherBehindForNonActiveWhenBothAreAway() {
            assertEquals(
                    "acd1 1-100 ONLY_NON_ACTIVE_MISSES [west 11-100]",
                    deletions(story.free(950)
                            .journal("acd1", files(2, 9), away("east", 100), away("west", 10))
                            .decide()));
        }

        @Test
        void shouldDropWhatBothMissAsLongAsItReachesBackTenMinutes() {
            final SpaceDecision decision = story.free(850)
                    .journal("acd1", files(3, 25), away("east", 50), away("west", 50))
                    .decide();
            assertEquals(
                    "acd1 1-100 BOTH_MISS [east 51-100] [west 51-100], acd1 101-200 BOTH_MISS [east 101-200] [west 101-200]",
                    deletions(decision));
            assertEquals(DiskState.CRITICAL, decision.state());
            assertFalse(decision.pause());
        }

        @Test
        void shouldPauseOnlyWhenWhatIsLeftIsYoungerThanTenMinutes() {
            final SpaceDecision decision = story.free(950)
                    .journal("acd1", files(2, 9), away("east", 50), away("west", 50))
                    .decide();
            assertEquals("", deletions(decision));
            assertTrue(decision.pause());
            assertEquals(DiskState.PAUSED, decision.state());
            assertTrue(decision.why().contains("paused"), decision.why());
        }

        @Test
        void shouldEndTheFileThatIsAppendedToBeforeItPausesTheServerThatLives() {
            final SpaceDecision decision = story.free(10)
                    .journal("acd1", files(1, 9), here("east", 100), away("west", 0))
                    .decide();
            assertEquals("", deletions(decision));
            assertEquals(List.of("acd1"), decision.newFile());
            assertFalse(decision.pause(), "the next look can drop it");
            final SpaceDecision again = story.before(
                            new Before(DiskState.LOW, false, true, 0, Long.MAX_VALUE, Long.MAX_VALUE))
                    .decide();
            assertTrue(again.pause(), "no file was ready");
            assertEquals(List.of("acd1"), again.newFile(), "but is tried again");
        }

        @Test
        void shouldEndItAlsoForAServerThatFollowsALittleBehind() {
            final SpaceDecision follows = story.free(10)
                    .journal("acd1", files(1, 9), here("east", 97), away("west", 0))
                    .decide();
            assertEquals(List.of("acd1"), follows.newFile());
            final SpaceDecision bothHave = new SpaceStory()
                    .free(10)
                    .journal("acd1", files(1, 9), here("east", 100), here("west", 99))
                    .decide();
            assertEquals(List.of("acd1"), bothHave.newFile());
        }

        @Test
        void shouldEndItBeforeRoomIsShort() {
            final SpaceStory alone = story.journal("acd1", files(1, 9), here("east", 97), away("west", 0));
            assertEquals(List.of(), alone.free(1_060).soon(50).decide().newFile());
            final SpaceDecision early = alone.free(1_060).soon(70).decide();
            assertEquals(List.of("acd1"), early.newFile());
            assertEquals(DiskState.OK, early.state(), "nothing is wrong yet");
            final SpaceDecision other = new SpaceStory()
                    .free(1_060)
                    .soon(70)
                    .journal("acd1", files(2, 9), here("east", 200), away("west", 0))
                    .decide();
            assertEquals(List.of(), other.newFile(), "there is one that can go");
        }

        @Test
        void shouldWaitUntilAnEndedFileIsSyncedAndTheServerThatIsHereIsKnownToHaveIt() {
            final File open = new File(1, 101, 110, NOW_NS, NOW_NS, MIB, Use.APPENDED_TO);
            final File unsynced = new File(0, 1, 100, NOW_NS - MINUTE_NS, NOW_NS, 100 * MIB, Use.APPENDED_TO);
            final Before asked = new Before(DiskState.LOW, false, true, 0, Long.MAX_VALUE, Long.MAX_VALUE);
            final SpaceDecision soon = story.free(950)
                    .before(asked)
                    .journal("acd1", List.of(unsynced, open), here("east", 97), away("west", 0))
                    .decide();
            assertFalse(soon.pause());
            assertEquals(List.of(), soon.newFile(), "it has ended already");
            final File ended = new File(0, 1, 100, NOW_NS - MINUTE_NS, NOW_NS, 100 * MIB, Use.FINISHED);
            final SpaceDecision unacknowledged = new SpaceStory()
                    .free(950)
                    .before(asked)
                    .journal("acd1", List.of(ended, open), here("east", 97), away("west", 0))
                    .decide();
            assertFalse(unacknowledged.pause(), "TCP tells a second later that east has it");
            assertEquals("", deletions(unacknowledged));
            final SpaceDecision acknowledged = new SpaceStory()
                    .free(950)
                    .before(asked)
                    .journal("acd1", List.of(ended, open), here("east", 100), away("west", 0))
                    .decide();
            assertEquals("acd1 1-100 ONLY_NON_ACTIVE_MISSES [west 1-100]", deletions(acknowledged));
        }

        @Test
        void shouldEndNoFileThatTheServerInControlMissesOrThatIsSmall() {
            final SpaceDecision missed = story.free(10)
                    .active("west")
                    .journal("acd1", files(1, 9), here("east", 100), away("west", 0))
                    .decide();
            assertEquals(List.of(), missed.newFile());
            assertTrue(missed.pause());
            final File small = new File(0, 1, 100, NOW_NS - MINUTE_NS, NOW_NS, 4 * MIB, Use.APPENDED_TO);
            final SpaceDecision decision = new SpaceStory()
                    .free(10)
                    .journal("acd1", List.of(small), here("east", 100), away("west", 0))
                    .decide();
            assertEquals(List.of(), decision.newFile());
            assertTrue(decision.pause());
        }

        @Test
        void shouldEndNoFileWhileOthersCanGoOrMayHaveMadeRoom() {
            final SpaceDecision other = story.free(950)
                    .journal("acd1", files(2, 9), here("east", 200), away("west", 0))
                    .decide();
            assertEquals(List.of(), other.newFile());
            final SpaceDecision afterDrop = new SpaceStory()
                    .free(10)
                    .before(new Before(DiskState.LOW, true, false, 0, Long.MAX_VALUE, Long.MAX_VALUE))
                    .journal("acd1", files(1, 9), here("east", 100), away("west", 0))
                    .decide();
            assertEquals(List.of(), afterDrop.newFile());
            assertFalse(afterDrop.pause());
        }

        @Test
        void shouldBeginANewFileWhenTheTimeOfTheLastOneIsOver() {
            final File over = new File(0, 1, 100, NOW_NS - 30 * MINUTE_NS, NOW_NS - 21 * MINUTE_NS, MIB, Use.OVER);
            story.free(500).journal("acd1", List.of(over), here("east", 100), away("west", 0));
            final SpaceDecision decision = story.decide();
            assertEquals(List.of("acd1"), decision.newFile());
            assertFalse(decision.pause(), "the next look can drop it");
            final SpaceDecision again = story.before(
                            new Before(DiskState.LOW, false, true, 0, Long.MAX_VALUE, Long.MAX_VALUE))
                    .decide();
            assertTrue(again.pause(), "it did not help");
            assertEquals(List.of("acd1"), again.newFile(), "but is tried again");
        }

        @Test
        void shouldGiveAConnectedServerAMomentForWhatWasJustWritten() {
            final List<File> files = List.of(
                    new File(0, 1, 100, NOW_NS - 11 * MINUTE_NS, NOW_NS - SECOND_NS, 100 * MIB, Use.FINISHED),
                    new File(1, 101, 110, NOW_NS, NOW_NS, MIB, Use.APPENDED_TO));
            story.journal("acd1", files, here("east", 99), away("west", 0));
            assertEquals("", deletions(story.free(600).decide()));
            assertFalse(story.decide().pause());
            assertEquals(
                    "acd1 1-100 BOTH_MISS [east 100-100] [west 1-100]",
                    deletions(story.free(400).decide()),
                    "there is no time left");
        }

        @Test
        void shouldBelieveAFailedReservationRatherThanTheFileSystem() {
            assertEquals(
                    "acd1 1-100 BOTH_HAVE_IT, acd1 101-200 BOTH_HAVE_IT",
                    deletions(story.noRoom()
                            .journal("acd1", files(4, 60), here("east", 400), here("west", 400))
                            .decide()));
        }

        @Test
        void shouldGiveUpNothingThatIsMissedWhenRoomIsRefusedWithSpaceFree() {
            final SpaceDecision decision = story.noRoom()
                    .journal("acd1", files(4, 60), here("east", 400), away("west", 100))
                    .decide();
            assertEquals(
                    "acd1 1-100 BOTH_HAVE_IT", deletions(decision), "a quota may be satisfied, a failing disk not");
        }

        @Test
        void shouldCountAgesFromTheNewestRecordWhileTheClockIsSuspect() {
            final List<File> files = files(2, 9);
            final List<File> young = files.stream()
                    .map(file -> new File(
                            file.cycle(),
                            file.first(),
                            file.last(),
                            file.firstAtNs() - 5 * DAY * MINUTE_NS,
                            file.lastAtNs() - 5 * DAY * MINUTE_NS,
                            file.bytes(),
                            file.use()))
                    .toList();
            final SpaceDecision decision = story.free(500)
                    .suspectClock()
                    .journal("acd1", young, away("east", 0), away("west", 0))
                    .decide();
            assertEquals("", deletions(decision), "nine minutes, whatever the clock says");
            assertTrue(decision.pause());
        }
    }

    @Nested
    class RoomAgain {
        private SpaceDecision paused(long freeMiB) {
            return new SpaceStory()
                    .free(freeMiB)
                    .before(DiskState.PAUSED)
                    .journal("acd1", files(1, 5), here("east", 100), here("west", 100))
                    .decide();
        }

        @Test
        void shouldResumeByItselfWithALittleMoreThanMinFree() {
            assertTrue(paused(1_001).pause());
            assertTrue(paused(1_061).pause());
            assertFalse(paused(1_063).pause());
            assertEquals(DiskState.LOW, paused(1_063).state());
            assertEquals(DiskState.OK, paused(1_200).state());
        }

        @Test
        void shouldDropRatherThanStayPausedOnceTimeHasPassed() {
            final SpaceDecision decision = new SpaceStory()
                    .free(1_010)
                    .before(DiskState.PAUSED)
                    .journal("acd1", files(2, 15), away("east", 0), away("west", 0))
                    .decide();
            assertEquals("acd1 1-100 BOTH_MISS [east 1-100] [west 1-100]", deletions(decision));
            assertFalse(decision.pause());
        }

        @Test
        void shouldStayLowWhileItIsOurOwnDroppingThatMakesRoom() {
            final Before dropped = new Before(DiskState.LOW, false, false, 300 * MIB, MINUTE_NS, Long.MAX_VALUE);
            assertEquals(
                    DiskState.LOW, story.free(1_290).before(dropped).decide().state());
            assertEquals(DiskState.OK, story.free(1_500).decide().state(), "somebody else made room");
            final Before longAgo = new Before(DiskState.LOW, false, false, 300 * MIB, 61 * MINUTE_NS, Long.MAX_VALUE);
            assertEquals(
                    DiskState.OK, story.free(1_290).before(longAgo).decide().state());
        }
    }

    @Test
    void shouldKnowWhatIsLostFromWhatAServerHas() {
        assertNull(Missing.lost(away("west", -1), 500));
        assertNull(Missing.lost(away("west", 499), 500));
        assertNull(Missing.lost(here("west", 800), 500));
        assertEquals(new Deletion.Lost("west", 100, 499), Missing.lost(away("west", 99), 500));
        assertEquals(new Deletion.Lost("west", 1, 1), Missing.lost(away("west", 0), 2));
    }

    @Test
    void shouldSayHowLongTheSpaceLasts() {
        final FreeTrend trend = new FreeTrend();
        trend.saw(0, 3_600 * MIB, false);
        assertEquals(0, trend.fallingBytesPerHour());
        trend.saw(60 * SECOND_NS, 3_590 * MIB, false);
        assertEquals(600 * MIB, trend.fallingBytesPerHour());
        assertEquals(
                "at the present rate min-free is reached in 2 h 00",
                SpaceText.lasts(2_200 * MIB, 1_000 * MIB, trend.fallingBytesPerHour()));
        trend.saw(120 * SECOND_NS, 4_000 * MIB, true);
        assertEquals(600 * MIB, trend.fallingBytesPerHour(), "dropping is no trend");
        assertEquals("", SpaceText.lasts(2_200 * MIB, 1_000 * MIB, -5));
    }
}
