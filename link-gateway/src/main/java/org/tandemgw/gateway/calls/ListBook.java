package org.tandemgw.gateway.calls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an ACD told beside the stream, kept in files beside its journal and keyed by the records behind which it counts: so the same journal and the same files make
 * the same table. An entry is in a file before it is in the table. The thread of the table.
 *
 * <p>Bounded: at most {@link #MOST_FILES} files of little more than {@link #FILE_BYTES} each, the oldest go first; also those that tell of records which are
 * not kept any more. A file that cannot be written to costs the list, which is asked for again.
 */
final class ListBook implements AutoCloseable {
    static final int FILE_BYTES = 1 << 20;
    static final int MOST_FILES = 64;

    private static final Logger LOG = LoggerFactory.getLogger(ListBook.class);

    private final Path folder;
    private final TreeMap<Long, Long> firstAfter = new TreeMap<>();
    private final Deque<Numbered> ahead = new ArrayDeque<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(ListFile.MOST_BYTES);
    private final Consumer<ListEntry> released;
    private final long minFreeBytes;

    /** The number behind that of the last entry that was taken. */
    private long next;

    /** The number of the next entry that is added. */
    private long end;

    /** Entries are missing here: nothing may be concluded from the rest of that list. */
    private boolean holed;

    /** Where the files of the last run end. */
    private long endOfFiles;

    /** From here on entries were never out of memory. */
    private long inMemoryFrom = Long.MAX_VALUE;

    /** The next file that is still to be read from; null if all were. */
    private Long unread;

    private FileChannel channel;
    private long channelBytes;
    private boolean failing;
    private long diskErrors;

    private record Numbered(long number, ListEntry entry) {}

    /**
     * Opens what the last run left, and cuts off what is damaged at its end.
     *
     * @param from the number of the first entry that is still to be taken
     * @param fromRecord entries behind earlier records are left out
     * @param lastRecord of the journal
     * @param minFreeBytes what has to stay free on the disk: no list and no file is begun beyond
     * @param released is told of each entry that was added when it needs no memory here any more
     */
    ListBook(Path folder, long from, long fromRecord, long lastRecord, long minFreeBytes, Consumer<ListEntry> released)
            throws IOException {
        this.folder = folder;
        this.released = released;
        this.minFreeBytes = minFreeBytes;
        this.next = from;
        this.end = from;
        survey(lastRecord);
        goOnInLastFile();
        unread = firstAfter.floorKey(next) == null ? firstAfter.ceilingKey(next) : firstAfter.floorKey(next);
        while (peek() != null && peek().after() < fromRecord) {
            take();
        }
    }

    /** Finds the files, and the end of what is whole and of this journal; what follows that goes. */
    private void survey(long lastRecord) throws IOException {
        final TreeMap<Long, Path> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.filter(file -> ListFile.first(file) >= 0).forEach(file -> files.put(ListFile.first(file), file));
        }
        long expected = files.isEmpty() ? 0 : files.firstKey(); // the oldest may have gone
        boolean whole = true;
        for (final var file : files.entrySet()) {
            final ListFile.Content content = ListFile.read(file.getValue(), lastRecord);
            final long first = file.getKey();
            if (!goesOn(content.entries(), first == expected && whole, first >= expected)) {
                Files.delete(file.getValue());
                whole = false;
                continue;
            }
            whole = content.soundBytes() == Files.size(file.getValue());
            if (!whole) {
                LOG.info("{} is whole up to byte {}; the rest goes", file.getValue(), content.soundBytes());
                try (FileChannel cut = FileChannel.open(file.getValue(), StandardOpenOption.WRITE)) {
                    cut.truncate(content.soundBytes());
                }
            }
            firstAfter.put(first, content.entries().get(0).after());
            expected = first + content.entries().size();
        }
        endOfFiles = expected;
        end = Math.max(end, expected);
    }

    /** Or every start would cost a file. */
    private void goOnInLastFile() throws IOException {
        if (!firstAfter.isEmpty() && end == endOfFiles) {
            channel = FileChannel.open(ListFile.path(folder, firstAfter.lastKey()), StandardOpenOption.WRITE);
            channelBytes = channel.size();
        }
    }

    /** Nothing may be concluded from a list of which a part is missing: behind a hole only what begins anew is taken. */
    private static boolean goesOn(List<ListEntry> entries, boolean adjacent, boolean later) {
        return !entries.isEmpty() && (adjacent || later && entries.get(0).kind() == ListEntry.Kind.DOWN);
    }

    /** The next entry; null if there is none yet. */
    ListEntry peek() {
        while (ahead.isEmpty() && unread != null) {
            load(unread);
        }
        final Numbered first = ahead.peek();
        return first == null ? null : first.entry();
    }

    /** Reads a file, also what was added to it since the start. */
    private void load(long first) {
        holed |= first > next;
        unread = firstAfter.higherKey(first);
        long number = first;
        try {
            for (final ListEntry entry :
                    ListFile.read(ListFile.path(folder, first), Long.MAX_VALUE).entries()) {
                if (number >= next && fits(entry)) {
                    ahead.add(new Numbered(number, entry));
                }
                number++;
            }
        } catch (IOException e) {
            diskErrors++;
            LOG.warn("what the ACD listed cannot be read any more: {}", e.toString());
        }
        holed |= number < (unread == null ? end : unread);
    }

    /** Behind a hole, what begins anew. */
    private boolean fits(ListEntry entry) {
        holed &= entry.kind() != ListEntry.Kind.DOWN && entry.kind() != ListEntry.Kind.BEGAN;
        return !holed;
    }

    ListEntry take() {
        final Numbered taken = ahead.remove();
        next = taken.number() + 1;
        if (taken.number() >= inMemoryFrom) {
            released.accept(taken.entry());
        }
        return taken.entry();
    }

    /** The number of the next entry. */
    long position() {
        return ahead.isEmpty() && unread == null ? end : next;
    }

    /** Adds an entry, and says whether it can be taken: what is not in a file is not. */
    boolean add(ListEntry entry) {
        try {
            if (channel == null || channelBytes > FILE_BYTES || entry.kind() == ListEntry.Kind.BEGAN) {
                needFolder();
                needRoom();
            }
            if (channel == null || channelBytes > FILE_BYTES) {
                newFile(entry.after());
            }
            buffer.clear();
            ListFile.write(entry, buffer);
            buffer.flip();
            while (buffer.hasRemaining()) {
                channel.write(buffer, channelBytes + buffer.position());
            }
            channelBytes += buffer.limit();
        } catch (IOException e) {
            if (!failing) {
                LOG.warn("what the ACD lists cannot be kept, so the table of the calls does without: {}", e.toString());
            }
            failing = true;
            diskErrors++;
            released.accept(entry);
            return false;
        }
        failing = false;
        if (unread == null && fits(entry)) {
            inMemoryFrom = Math.min(inMemoryFrom, end);
            ahead.add(new Numbered(end, entry));
        } else {
            released.accept(entry); // it will be read from its file, or is the rest of what is not whole
        }
        end++;
        return true;
    }

    /** Somebody may have deleted it by hand. */
    private void needFolder() throws IOException {
        if (!Files.isDirectory(folder)) {
            Folders.create(folder);
            closeFile();
        }
    }

    private void needRoom() throws IOException {
        if (Files.getFileStore(folder).getUsableSpace() - minFreeBytes < FILE_BYTES) {
            throw new IOException("the disk has no room for it above min-free");
        }
    }

    private void newFile(long after) throws IOException {
        closeFile();
        channel = FileChannel.open(
                ListFile.path(folder, end),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        channelBytes = 0;
        firstAfter.put(end, after);
        while (firstAfter.size() > MOST_FILES) {
            drop();
        }
    }

    /** What tells of records that are not kept any more goes. */
    void prune(long oldestRecord) {
        while (firstAfter.size() > 1
                && firstAfter.get(firstAfter.higherKey(firstAfter.firstKey())) < oldestRecord - 1) {
            drop();
        }
    }

    private void drop() {
        final Path file = ListFile.path(folder, firstAfter.pollFirstEntry().getKey());
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            diskErrors++;
            LOG.warn("{} cannot be deleted, though nobody needs it any more: {}", file, e.toString());
        }
    }

    /** Whether what is in the files survives a power loss from here on. */
    boolean force() {
        try {
            if (channel != null) {
                channel.force(false);
                Folders.force(folder);
            }
            return true;
        } catch (IOException e) {
            diskErrors++;
            LOG.warn("what the ACD listed may not survive a power loss, so no snapshot is made now: {}", e.toString());
            return false;
        }
    }

    /** How often the disk did not do what it should. */
    long diskErrors() {
        return diskErrors;
    }

    private void closeFile() throws IOException {
        if (channel != null) {
            channel.force(false);
            channel.close();
            channel = null;
        }
    }

    @Override
    public void close() throws IOException {
        closeFile();
    }
}
