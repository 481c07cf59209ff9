package org.tandemgw.gateway.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Both legs tell how things stand, at any time; the table gets one list, and only when it wants one. */
class OneListAtATimeTest {
    private final ListDesk desk = new ListDesk();
    private int woken;

    private List<String> taken() {
        final List<String> all = new ArrayList<>();
        for (ListEntry entry = desk.poll(); entry != null; entry = desk.poll()) {
            all.add(entry.kind() + " " + entry.after());
            desk.done(entry);
        }
        return all;
    }

    private void item(int leg, int bytes) {
        desk.item(leg, new byte[bytes], 0, bytes, 7, 0);
    }

    @Test
    void shouldTakeTheListOfTheLegThatBeginsFirst() {
        desk.onEntry(() -> woken++);
        desk.began(2, 5, 0);
        desk.began(1, 6, 0);
        item(1, 10);
        item(2, 10);
        desk.ended(1, true, true, 8, 0);
        desk.ended(2, true, true, 9, 0);
        assertEquals(List.of("BEGAN 5", "ITEM 7", "ENDED 9"), taken());
        assertEquals(3, woken);
        desk.wanted(false, false);
        desk.began(1, 10, 0);
        assertEquals(List.of(), taken(), "all calls are known");
        desk.linkDown(11, 0);
        desk.began(1, 11, 0);
        assertEquals(List.of("DOWN 11", "BEGAN 11"), taken(), "also before the table has seen that");
    }

    @Test
    void shouldConcludeNothingFromWhatALegWasTellingWhenItWentDown() {
        desk.onEntry(() -> {});
        desk.began(1, 5, 0);
        desk.legDown(2);
        desk.legDown(1);
        desk.ended(1, true, true, 6, 0);
        desk.began(2, 6, 0);
        assertEquals(List.of("BEGAN 5", "BEGAN 6"), taken());
    }

    @Test
    void shouldGiveUpAListThatNobodyTakes() {
        desk.onEntry(() -> {});
        desk.began(1, 5, 0);
        for (int i = 0; i < 1_100; i++) {
            item(1, 65_000);
        }
        desk.ended(1, true, true, 9, 0);
        assertEquals(1, desk.givenUp());
        final List<String> all = taken();
        assertTrue(all.size() * 65_000L < ListDesk.MOST_BYTES + 100_000 && !all.contains("ENDED 9"), "" + all.size());
        desk.began(1, 10, 0);
        assertEquals(List.of("BEGAN 10"), taken());
    }

    @Test
    void shouldLeaveOutAnItemThatFitsNoFileAndConcludeNothingFromTheRest() {
        desk.onEntry(() -> {});
        desk.began(1, 5, 0);
        item(1, ListFile.MOST_ITEM_BYTES + 1);
        item(1, ListFile.MOST_ITEM_BYTES + 1);
        item(1, ListFile.MOST_ITEM_BYTES);
        desk.ended(1, true, true, 9, 0);
        assertEquals(1, desk.givenUp());
        assertEquals("BEGAN", desk.poll().kind().toString());
        assertEquals(ListFile.MOST_ITEM_BYTES, desk.poll().bytes().length);
        final ListEntry end = desk.poll();
        assertFalse(end.allCalls() || end.allAgents(), "what was left out may be a call");
        desk.began(1, 10, 0);
        desk.ended(1, true, true, 11, 0);
        desk.poll();
        assertTrue(desk.poll().allCalls(), "the next list is another one");
    }

    @Test
    void shouldKeepNothingWhereNobodyTakes() {
        desk.linkDown(1, 0);
        desk.began(1, 5, 0);
        assertEquals(List.of(), taken());
    }

    @Test
    void shouldKeepAndAskForNothingOnceTheTableIsKeptNoMore() {
        desk.onEntry(() -> {});
        desk.wanted(true, true);
        desk.began(1, 5, 0);
        item(1, 10);
        desk.close();
        item(1, 10);
        desk.ended(1, true, true, 6, 0);
        desk.linkDown(7, 0);
        desk.began(2, 8, 0);
        desk.legDown(2);
        assertEquals(List.of(), taken());
        assertEquals(List.of(), asked(100, 1_000));
    }

    @Test
    void shouldAskAgainWhileTheTableMissesAListLessAndLessOften() {
        desk.onEntry(() -> {});
        assertEquals(List.of(), asked(0, 60), "while a start reads what it missed");
        desk.wanted(true, true);
        assertEquals(List.of(102L, 106L, 114L, 130L), asked(100, 150));
        desk.began(1, 5, 0);
        assertEquals(List.of(), asked(150, 300), "somebody tells");
        desk.ended(1, false, true, 5, 0);
        assertEquals(List.of(332L), asked(300, 340), "and it was not enough");
        desk.wanted(false, false);
        assertFalse(desk.shouldAsk(seconds(1_000)));
        desk.wanted(true, true);
        assertEquals(List.of(1_002L), asked(1_000, 1_004));
    }

    @Test
    void shouldCompareWithAWholeListThatBeganAfterItWasAskedFor() {
        desk.onEntry(() -> {});
        desk.wanted(false, false);
        desk.linkDown(4, 0);
        desk.began(1, 5, 0);
        desk.compare();
        desk.ended(1, true, true, 6, 0);
        assertEquals(List.of(2L), asked(0, 4), "the list had begun before");
        desk.began(1, 7, 0);
        assertFalse(desk.shouldAsk(seconds(9)));
        desk.ended(1, false, true, 8, 0);
        assertEquals(List.of(12L), asked(10, 14), "it was not whole");
        desk.began(1, 9, 0);
        assertFalse(desk.shouldAsk(seconds(19)));
        desk.legDown(1);
        assertEquals(List.of(22L), asked(20, 24), "it came to no end");
        desk.began(2, 10, 0);
        assertFalse(desk.shouldAsk(seconds(29)));
        desk.compare();
        desk.ended(2, true, true, 11, 0);
        assertEquals(List.of(32L), asked(30, 34), "and was asked for once more meanwhile");
        desk.began(2, 12, 0);
        desk.ended(2, true, true, 13, 0);
        assertEquals(List.of(), asked(40, 400));
        taken();
        desk.began(1, 14, 0);
        assertEquals(List.of(), taken());
    }

    private List<Long> asked(long fromS, long toS) {
        final List<Long> at = new ArrayList<>();
        for (long s = fromS; s < toS; s++) {
            if (desk.shouldAsk(seconds(s))) {
                at.add(s);
            }
        }
        return at;
    }

    private static long seconds(long s) {
        return TimeUnit.SECONDS.toNanos(s);
    }
}
