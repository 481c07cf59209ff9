package org.tandemgw.gateway.calls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tandemgw.gateway.books.BookSettings;
import org.tandemgw.gateway.journal.JournalSync;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.TableLimits;
import org.tandemgw.recovery.TableSnapshot;

/** The table of a site that does not run: as its last run left it, and as its journal and its lists alone say. */
public final class StoredTable {
    private StoredTable() {}

    /** As the newest snapshot has it. */
    public static byte[] left(Path data, String acd) throws IOException {
        final Path folder = data.resolve("calls").resolve(acd).resolve("1");
        return bytes(new SnapshotShelf(folder, TableLimits.MILLION, 0, null)
                .newest(Long.MAX_VALUE)
                .table());
    }

    /** Made anew in another folder, from the first record on. */
    public static byte[] madeAnew(Path data, String acd, Path other) throws IOException {
        copyLists(data.resolve("calls").resolve(acd).resolve("1"), other.resolve("calls/" + acd + "/1"));
        final ListDesk desk = new ListDesk();
        try (LinkJournal journal = LinkJournal.open(data, acd, JournalSync.NONE);
                CallReading reading = new CallReading(
                        new CallKeeper.Settings(journal, other, TableLimits.MILLION, 0), AmiCallDecoder::new, desk)) {
            while (reading.turn() > 0) {
                // until the end
            }
            return bytes(reading.table());
        }
    }

    /** What is written down about calls, made anew in another folder, from the first record on. */
    public static void booksMadeAnew(Path data, String acd, Path other, BookSettings books) throws IOException {
        copyLists(data.resolve("calls").resolve(acd).resolve("1"), other.resolve("calls/" + acd + "/1"));
        try (LinkJournal journal = LinkJournal.open(data, acd, JournalSync.NONE);
                CallReading reading = new CallReading(
                        new CallKeeper.Settings(journal, other, TableLimits.MILLION, 0, Optional.of(books)),
                        AmiCallDecoder::new,
                        new ListDesk())) {
            while (reading.turn() > 0) {
                // until the end
            }
        }
    }

    static void copyLists(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> all = Files.list(from)) {
            final List<Path> lists =
                    all.filter(file -> ListFile.first(file) >= 0).toList();
            for (final Path file : lists) {
                Files.write(to.resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
    }

    static byte[] bytes(CallTable table) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        TableSnapshot.write(table, out::write);
        return out.toByteArray();
    }
}
