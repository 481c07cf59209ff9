package org.tandemgw.gateway.calls;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.books.CallBooks;
import org.tandemgw.recovery.CallTable;
import org.tandemgw.recovery.CallWatcher;
import org.tandemgw.recovery.DamagedSnapshotException;
import org.tandemgw.recovery.TableLimits;
import org.tandemgw.recovery.TableSnapshot;

/**
 * Snapshots of one table in files, so that a start need not read the whole journal. A file appears whole or not at all; the two newest stay. One that cannot be used is put
 * aside under another name, the last such one only: then the one before counts, or the journal from its beginning.
 *
 * <pre>
 *  | "TANDEMCS" | version | position | list entries | ahead | outage told | CRC-32C | the table as {@link TableSnapshot} has it | the books |
 *  | 8          | 4       | 8        | 8            | 8     | 1           | 4       |                                           |
 * </pre>
 */
final class SnapshotShelf {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotShelf.class);
    private static final long MAGIC = 0x54414E44_454D4353L; // TANDEMCS
    private static final int VERSION = 2;
    private static final int HEAD = 8 + 4 + 8 + 8 + 8 + 1;
    private static final String PREFIX = "table-";
    private static final String PART = "table.part";
    private static final String ASIDE = "unusable-";
    private static final int KEPT = 2;

    /**
     * A table, and where it stands.
     *
     * @param position the last record that is in it
     * @param entries how many list entries of the journal's life were before it
     * @param acdAheadNs how far the ACD's clock was before ours
     * @param outageTold what {@link CallReading} says of it
     */
    record Shot(CallTable table, long position, long entries, long acdAheadNs, boolean outageTold) {}

    private final Path folder;
    private final TableLimits limits;
    private final long minFreeBytes;
    private final CallBooks books;
    private long lastBytes;
    private boolean failing;
    private long diskErrors;

    /**
     * Finds what is there.
     *
     * @param minFreeBytes what has to stay free on the disk
     * @param books are kept with the table; null: none are
     */
    SnapshotShelf(Path folder, TableLimits limits, long minFreeBytes, CallBooks books) throws IOException {
        this.folder = folder;
        this.limits = limits;
        this.minFreeBytes = minFreeBytes;
        this.books = books;
        Files.deleteIfExists(folder.resolve(PART));
    }

    /** The newest that can be used: an empty table at position 0 if there is none. */
    Shot newest(long lastRecord) throws IOException {
        final List<Path> all = files();
        for (int i = all.size() - 1; i >= 0; i--) {
            try {
                return read(all.get(i), lastRecord);
            } catch (IOException | DamagedSnapshotException e) {
                LOG.warn(
                        "{} cannot be used, so the table of the calls is made from an older one or from the journal: {}",
                        all.get(i),
                        e.getMessage());
                putAside(all.get(i));
            }
        }
        if (books != null) {
            books.forget();
        }
        return new Shot(new CallTable(limits, CallWatcher.NONE), 0, 0, 0, false);
    }

    private Shot read(Path file, long lastRecord) throws IOException, DamagedSnapshotException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            final byte[] head = in.readNBytes(HEAD);
            if (head.length < HEAD || in.readInt() != crc(head)) {
                throw new DamagedSnapshotException("its head is damaged");
            }
            final ByteBuffer values = ByteBuffer.wrap(head);
            if (values.getLong() != MAGIC || values.getInt() != VERSION) {
                throw new DamagedSnapshotException("it is none of this version");
            }
            final long position = values.getLong();
            final long entries = values.getLong();
            final long acdAheadNs = values.getLong();
            final boolean outageTold = values.get() != 0;
            if (position > lastRecord) {
                throw new DamagedSnapshotException(
                        "it is of record " + position + ", and the journal ends with " + lastRecord);
            }
            final CallTable table = TableSnapshot.read(in::read, limits, CallWatcher.NONE);
            if (books != null) {
                books.read(in::read);
            }
            lastBytes = Files.size(file);
            return new Shot(table, position, entries, acdAheadNs, outageTold);
        }
    }

    /** Writes one, if there is room for it. What cannot be written is tried again with the next. */
    void write(Shot shot) {
        try {
            final long room = Files.getFileStore(folder).getUsableSpace() - minFreeBytes;
            if (room < Math.max(lastBytes, shot.table().bytes() / 2)) {
                throw new IOException("the disk has no room for it above min-free");
            }
            final Path part = folder.resolve(PART);
            try (FileOutputStream file = new FileOutputStream(part.toFile());
                    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(file, 1 << 16))) {
                final ByteBuffer head = ByteBuffer.allocate(HEAD)
                        .putLong(MAGIC)
                        .putInt(VERSION)
                        .putLong(shot.position())
                        .putLong(shot.entries())
                        .putLong(shot.acdAheadNs())
                        .put((byte) (shot.outageTold() ? 1 : 0));
                out.write(head.array());
                out.writeInt(crc(head.array()));
                TableSnapshot.write(shot.table(), out::write);
                if (books != null) {
                    books.write(out::write);
                }
                out.flush();
                file.getFD().sync();
            }
            lastBytes = Files.size(part);
            Files.move(part, path(shot.position()), StandardCopyOption.ATOMIC_MOVE);
            Folders.force(folder);
            final List<Path> all = files();
            for (final Path old : all.subList(0, Math.max(0, all.size() - KEPT))) {
                Files.delete(old);
            }
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.warn("no snapshot of the calls can be written, so the next start reads more: {}", e.toString());
            }
            failing = true;
            diskErrors++;
        }
    }

    /** How often one could not be written, or put aside. */
    long diskErrors() {
        return diskErrors;
    }

    /** How large the last one was. */
    long lastBytes() {
        return lastBytes;
    }

    private void putAside(Path file) {
        try {
            moveAside(file);
        } catch (IOException e) {
            diskErrors++;
            LOG.warn("{} cannot be put aside, so each start looks at it again: {}", file, e.toString());
        }
    }

    private void moveAside(Path file) throws IOException {
        try (Stream<Path> names = Files.list(folder)) {
            for (final Path old : names.filter(
                            each -> each.getFileName().toString().startsWith(ASIDE))
                    .toList()) {
                Files.delete(old);
            }
        }
        Files.move(file, folder.resolve(ASIDE + file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path path(long position) {
        return folder.resolve(String.format("%s%019d", PREFIX, position));
    }

    /** Oldest first. */
    private List<Path> files() throws IOException {
        try (Stream<Path> names = Files.list(folder)) {
            final List<Path> all = new ArrayList<>(
                    names.filter(file -> file.getFileName().toString().matches(PREFIX + "[0-9]{19}"))
                            .toList());
            all.sort(Comparator.naturalOrder());
            return all;
        }
    }

    private static int crc(byte[] head) {
        final CRC32C crc = new CRC32C();
        crc.update(head, 0, HEAD);
        return (int) crc.getValue();
    }
}
