package org.tandemgw.gateway.calls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ACD listed waits in several files for a table that is behind, while the ACD lists again. */
class ListsWaitInFilesTest {
    private static final byte[] LARGE = new byte[60_000];
    private static final int OLD = 40;

    @TempDir
    Path folder;

    private int released;

    @Test
    void shouldGiveOutOnceWhatCameWhileAnEarlierFileWasUnread() throws Exception {
        twoFiles();
        try (ListBook book = open(0)) {
            addNewList(book);
            final List<ListEntry> taken = drain(book);
            assertEquals(OLD + 4, taken.size());
            assertEquals(151, taken.get(taken.size() - 1).after());
            assertEquals(OLD + 4, book.position());
            book.add(ListEntry.down(160, 1));
            assertEquals(160, book.peek().after());
            book.take();
            assertEquals(OLD + 5, book.position());
            assertEquals(5, released, "each one that was added");
        }
        try (ListBook book = new ListBook(folder, OLD + 4, 0, 200, 0, each -> {})) {
            assertEquals(
                    List.of(160L), drain(book).stream().map(ListEntry::after).toList());
            assertEquals(OLD + 5, book.position());
        }
    }

    @Test
    void shouldTakeOnlyWhatBeginsAnewBehindAFileThatCannotBeRead() throws Exception {
        twoFiles();
        try (ListBook book = open(0)) {
            book.peek();
            book.add(ListEntry.ended(101, 1, true, true));
            for (final Path file : files().subList(1, files().size())) {
                Files.delete(file);
            }
            while (book.peek() != null) {
                book.take();
            }
            assertEquals(OLD + 1, book.position());
            book.add(new ListEntry(ListEntry.Kind.ITEM, 102, 1, LARGE));
            assertNull(book.peek());
            assertEquals(OLD + 2, book.position());
            addNewList(book);
            assertEquals(4, drain(book).size());
            assertEquals(OLD + 6, book.position());
            assertEquals(6, released);
        }
    }

    @Test
    void shouldKeepAnItemOfADialectThatIsMoreThanAFrame() throws Exception {
        final byte[] most = new byte[ListFile.MOST_ITEM_BYTES];
        most[most.length - 1] = 7;
        try (ListBook book = open(0)) {
            book.add(ListEntry.began(10, 1));
            assertTrue(book.add(new ListEntry(ListEntry.Kind.ITEM, 11, 1, most)));
            drain(book);
        }
        try (ListBook book = open(0)) {
            assertArrayEquals(most, drain(book).get(1).bytes());
        }
    }

    @Test
    void shouldWriteNothingIntoTheSpaceThatHasToStayFree() throws Exception {
        try (ListBook book = new ListBook(folder, 0, 0, 100, Long.MAX_VALUE, each -> released++)) {
            assertFalse(book.add(ListEntry.began(10, 1)));
            assertNull(book.peek());
            assertEquals(1, book.diskErrors());
            assertEquals(1, released);
        }
        assertEquals(List.of(), files());
    }

    private ListBook open(long from) throws IOException {
        return new ListBook(folder, from, 0, 100, 0, each -> released++);
    }

    private void twoFiles() throws IOException {
        try (ListBook book = open(0)) {
            book.add(ListEntry.began(10, 1));
            for (int i = 1; i < OLD; i++) {
                book.add(new ListEntry(ListEntry.Kind.ITEM, 10 + i, 1, LARGE));
            }
            drain(book);
        }
        released = 0;
        assertEquals(3, files().size());
    }

    private static void addNewList(ListBook book) {
        book.add(ListEntry.down(100, 1));
        book.add(ListEntry.began(150, 1));
        book.add(new ListEntry(ListEntry.Kind.ITEM, 150, 1, LARGE));
        book.add(ListEntry.ended(151, 1, true, true));
    }

    private static List<ListEntry> drain(ListBook book) {
        final List<ListEntry> taken = new ArrayList<>();
        while (book.peek() != null) {
            taken.add(book.take());
        }
        return taken;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }
}
