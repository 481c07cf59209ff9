package org.tandemgw.gateway.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.recovery.CallEvent;
import org.tandemgw.recovery.CallEventKind;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallText;
import org.tandemgw.recovery.CallWatcher;
import org.tandemgw.recovery.RecoveryPolicy;
import org.tandemgw.recovery.TableLimits;

/** The lists of frames that are kept for a server which takes over, where something is wrong with them. */
class RecoveryFilesTest {
    private static final SwitchMark MARK =
            new SwitchMark(SwitchMark.What.COMMENCE, 4, 7, "e".repeat(130), "w".repeat(97));
    private static final long AT_NS = 1_795_251_600_000_000_000L;
    private static final FrameList.Head HEAD = new FrameList.Head(MARK, 21, AT_NS);

    /** The test's thread is the table's. */
    private static final Predicate<Runnable> HERE = work -> {
        work.run();
        return true;
    };

    @TempDir
    Path folder;

    private RecoveryShelf shelf() {
        return new RecoveryShelf(
                new RecoveryShelf.Settings("acd1", 1, folder, RecoveryPolicy.USUAL, 0, () -> "", HERE));
    }

    @Test
    void shouldReadLongNamesWhereTheyWereWritten() throws Exception {
        final Path file = folder.resolve("list");
        FrameList.write(file, HEAD, new long[] {5});
        final SwitchMark read = FrameList.open(file).head().mark();
        assertEquals("e".repeat(97), read.from());
        assertEquals(MARK.to(), read.to());
    }

    @Test
    void shouldPutAsideWhatCannotBeOpened() throws Exception {
        final Path file = folder.resolve("recovery-0000000000000000004");
        Files.writeString(file, "of a disk that fails");
        assertNull(shelf().given());
        assertTrue(Files.notExists(file));
        assertEquals("of a disk that fails", Files.readString(folder.resolve("recovery.unusable")));
    }

    @Test
    void shouldEndASessionThatCannotBeMadeAndLetTheTableGoOn() {
        final RecoveryShelf shelf = shelf();
        shelf.commenced(new MarkedTable("acd1", MARK, 21, AT_NS, 0, null)); // the table itself is broken
        final String why = shelf.find("R4").over();
        assertTrue(why.startsWith("it cannot be made: "), why);
        assertEquals(1, shelf.notKept());
    }

    @Test
    void shouldNeedItsRecordsUntilTheyAreFetchedOrADayHasPassed() throws Exception {
        final Path file = folder.resolve("list");
        final long[] frames = {5, 6, 9, 20};
        FrameList.write(file, HEAD, frames);
        for (final FrameList list : new FrameList[] {FrameList.inMemory(HEAD, frames), FrameList.open(file)}) {
            final RecoverySession session = new RecoverySession("R4", MARK, () -> {}, () -> {});
            assertEquals(Long.MAX_VALUE, session.needs(AT_NS), "they are not known yet");
            session.framed(list);
            assertEquals(5, session.needs(AT_NS));
            assertEquals(Long.MAX_VALUE, session.needs(AT_NS + TimeUnit.HOURS.toNanos(25)));
            assertEquals(0, session.lacks(5));
            assertEquals(2, session.lacks(9));
            assertEquals(4, session.lacks(21));
            session.sentAsLost(0);
            session.sentAsLost(1);
            session.sentAsLost(1);
            session.sentToItsEnd();
            assertEquals(Long.MAX_VALUE, session.needs(AT_NS));
            assertEquals(2, session.lacks(21), "it got the others before they were deleted");
        }
    }

    /** The table's thread does what waits for the disk; and what it has not come to by an end of the process harms nobody. */
    @Test
    void shouldKeepUnderItsNameWhatWasGivenOutAndWhetherItWasFetched() throws Exception {
        final List<Runnable> later = new ArrayList<>();
        final CallTable table = new CallTable(TableLimits.ofCalls(10), CallWatcher.NONE);
        final CallEvent event = new CallEvent();
        event.begin(CallEventKind.QUEUED, 3, AT_NS).text(CallText.CALL, "1.1").text(CallText.LEG, "1.1");
        table.apply(event);
        final SwitchMark mark = new SwitchMark(SwitchMark.What.COMMENCE, 4, 7, "east", "west");
        final RecoveryShelf shelf = new RecoveryShelf(
                new RecoveryShelf.Settings("acd1", 1, folder, RecoveryPolicy.USUAL, 0, () -> "", later::add));
        shelf.commenced(new MarkedTable("acd1", mark, 9, AT_NS, 0, table));
        final Path waiting = folder.resolve("recovery-begun-0000000000000000004");
        final Path given = folder.resolve("recovery-0000000000000000004");
        shelf.promoted(4, "west");
        assertTrue(Files.exists(waiting), "who decides waits for no disk");
        assertEquals("{\"asOf\":9,\"epoch\":4}", shelf.given().first(), "and is given out all the same");
        final RecoveryShelf afterAKill = shelf();
        afterAKill.resume(4, 0, 4);
        assertEquals("R4", afterAKill.given().name());
        assertTrue(Files.exists(given));
        assertEquals(3, shelf().given().needs(AT_NS));
        afterAKill.given().sentToItsEnd();
        assertEquals(Long.MAX_VALUE, shelf().given().needs(AT_NS), "it was fetched before the kill");
        final SwitchMark next = new SwitchMark(SwitchMark.What.COMMENCE, 5, 8, "west", "east");
        afterAKill.commenced(new MarkedTable("acd1", next, 11, AT_NS, 0, table));
        afterAKill.promoted(5, "east");
        shelf();
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(
                    List.of("recovery-0000000000000000005"),
                    left.map(file -> file.getFileName().toString()).toList());
        }
    }
}
