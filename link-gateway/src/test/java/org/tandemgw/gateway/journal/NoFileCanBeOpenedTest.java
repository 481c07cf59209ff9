package org.tandemgw.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process has as many files open as it may. */
@Timeout(600)
class NoFileCanBeOpenedTest {
    @TempDir
    Path data;

    @Test
    void shouldNotCallRecordsLostThatItCannotReadNow() throws Exception {
        final Process child = ChildJvm.of(
                        List.of("sh", "-c", "ulimit -n 200 && exec \"$0\" \"$@\""), Reading.class, data.toString())
                .redirectErrorStream(true)
                .start();
        final String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, child.waitFor(), said);
        // A new process may say something first.
        assertTrue(said.matches("(?s).*there (later )+there "), said);
    }

    /**
     * Goes to a record with no file to spare, then with one more each time until it is there: at least with one it is not,
     * for a map reads through one of its own. The process itself may take a file or two meanwhile.
     */
    static final class Reading {
        private Reading() {}

        public static void main(String[] args) throws IOException {
            final byte[] frame = {1, 2, 3};
            try (LinkJournal journal = LinkJournal.open(Path.of(args[0]), "acd1", JournalSync.NONE)) {
                journal.appendFrame(1, 0, 1_795_251_600_000_000_000L, -1, frame, 0, frame.length);
            }
            final RollFiles files =
                    new RollFiles(JournalFiles.directory(Path.of(args[0]), "acd1", 1), Queues.ROLL_CYCLE);
            final Path file = files.path(files.cycles()[0]);
            final StringBuilder said = new StringBuilder(goTo(file)); // has all classes loaded, too
            final Deque<FileInputStream> open = new ArrayDeque<>();
            try {
                while (open.size() < 10_000) {
                    open.add(new FileInputStream("/dev/null"));
                }
            } catch (IOException e) {
                String last = "";
                while (!last.equals("there ") && !open.isEmpty()) {
                    last = goTo(file);
                    said.append(last);
                    open.remove().close();
                }
            }
            while (!open.isEmpty()) {
                open.remove().close();
            }
            System.out.print(said);
        }

        private static String goTo(Path file) {
            try (QueueCursor cursor = new QueueCursor()) {
                return cursor.moveTo(new RollFileMap(file, () -> Long.MAX_VALUE), 1) ? "there " : "gone ";
            } catch (UncheckedIOException e) {
                return "later ";
            }
        }
    }
}
