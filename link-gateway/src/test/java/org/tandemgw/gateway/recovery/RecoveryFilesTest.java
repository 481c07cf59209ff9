package org.tandemgw.gateway.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.recovery.RecoveryPolicy;

/** The lists of frames that are kept for a server which takes over, where something is wrong with them. */
class RecoveryFilesTest {
    private static final SwitchMark MARK =
            new SwitchMark(SwitchMark.What.COMMENCE, 4, 7, "e".repeat(130), "w".repeat(97));
    private static final long AT_NS = 1_795_251_600_000_000_000L;
    private static final FrameList.Head HEAD = new FrameList.Head(MARK, 21, AT_NS);

    @TempDir
    Path folder;

    private RecoveryShelf shelf() {
        return new RecoveryShelf(new RecoveryShelf.Settings("acd1", 1, folder, RecoveryPolicy.USUAL, 0, () -> ""));
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
            final RecoverySession session = new RecoverySession("R4", MARK, () -> {});
            assertEquals(Long.MAX_VALUE, session.needs(AT_NS), "they are not known yet");
            session.framed(list);
            assertEquals(5, session.needs(AT_NS));
            assertEquals(Long.MAX_VALUE, session.needs(AT_NS + TimeUnit.HOURS.toNanos(25)));
            assertEquals(0, session.lacks(5));
            assertEquals(2, session.lacks(9));
            assertEquals(4, session.lacks(21));
            session.sentToItsEnd();
            assertEquals(Long.MAX_VALUE, session.needs(AT_NS));
        }
    }
}
