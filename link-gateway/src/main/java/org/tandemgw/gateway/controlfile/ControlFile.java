package org.tandemgw.gateway.controlfile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import org.tandemgw.gateway.json.JsonFormatException;
import org.tandemgw.gateway.json.JsonRecords;

/**
 * The file {@code data/control}: two slots of fixed size, written in turn, so that a power cut in the middle of a write leaves
 * the one before. Made once with real zeros, so that a full disk stops no write. Reading changes nothing and is for owner and group;
 * writing is for the owner of the data folder, one thread at a time.
 */
public final class ControlFile implements AutoCloseable {
    /** Its name in the data folder. */
    public static final String NAME = "control";

    /** What a file that could not be read is renamed to. */
    public static final String SET_ASIDE = "control.damaged";

    /** Rises with every key that must not be forgotten. A file of a later format is refused. */
    public static final int FORMAT = 4;

    private static final int PAGE = 4096;
    private static final FileAttribute<?> FOR_OWNER_AND_GROUP =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));

    /** What reading found. */
    public enum Condition {
        /** No file, or one that was never written to the end. */
        ABSENT,
        SOUND,
        /** Neither slot can be read. */
        DAMAGED
    }

    /**
     * The file as it lies there.
     *
     * @param state what it says; {@link ControlState#EMPTY} unless sound
     * @param torn one slot is damaged, as after a power cut in the middle of a write; the other one counts
     * @param counter how often it has been written
     * @param slot the slot that counts, 0 or 1
     */
    public record Found(Condition condition, ControlState state, boolean torn, long counter, int slot) {}

    private final Path path;
    private FileChannel channel;
    private long counter;
    private int slot;
    private final int[] used = {ControlSlot.BYTES, ControlSlot.BYTES};

    private ControlFile(Path path, Found found) {
        this.path = path;
        this.counter = found.counter();
        this.slot = found.slot();
    }

    /**
     * Reads the file of a data folder, whether its site is running or not.
     *
     * @throws IOException if it cannot be read, or was written by a later version of Tandem
     */
    public static Found read(Path data) throws IOException {
        final Path path = data.resolve(NAME);
        if (!Files.exists(path)) {
            return new Found(Condition.ABSENT, ControlState.EMPTY, false, 0, 1);
        }
        final byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = Arrays.copyOf(in.readNBytes(2 * ControlSlot.BYTES), 2 * ControlSlot.BYTES);
        } catch (IOException e) {
            throw new IOException(
                    path + ", the control file, cannot be read: "
                            + (Files.isDirectory(path)
                                    ? "it is a folder; move it away, and put the file back if you have it"
                                    : e.getMessage() + "; look at its rights and at the disk (dmesg)"),
                    e);
        }
        final byte[][] slots = {
            Arrays.copyOf(bytes, ControlSlot.BYTES), Arrays.copyOfRange(bytes, ControlSlot.BYTES, bytes.length)
        };
        final ControlSlot.Condition[] are = {ControlSlot.condition(slots[0]), ControlSlot.condition(slots[1])};
        int newest = -1;
        for (int i = 0; i < 2; i++) {
            if (are[i] == ControlSlot.Condition.SOUND
                    && (newest < 0
                            || ControlSlot.decoded(slots[i]).counter()
                                    > ControlSlot.decoded(slots[newest]).counter())) {
                newest = i;
            }
        }
        if (newest >= 0) {
            final ControlSlot sound = ControlSlot.decoded(slots[newest]);
            return new Found(
                    Condition.SOUND,
                    state(path, sound),
                    are[1 - newest] == ControlSlot.Condition.DAMAGED,
                    sound.counter(),
                    newest);
        }
        // The other slot is written only after this one was: a single damaged slot is the very first write, cut short.
        final boolean everWritten = are[0] == ControlSlot.Condition.DAMAGED && are[1] == ControlSlot.Condition.DAMAGED;
        return new Found(everWritten ? Condition.DAMAGED : Condition.ABSENT, ControlState.EMPTY, false, 0, 1);
    }

    private static ControlState state(Path path, ControlSlot sound) throws IOException {
        if (sound.format() > FORMAT) {
            throw new IOException(path + " was written by a later version of Tandem (format " + sound.format()
                    + ", this one knows " + FORMAT + "): run that version, or restore the data folder from before it");
        }
        try {
            final ControlState state = JsonRecords.read(sound.content(), ControlState.class);
            if (state.acds().stream().anyMatch(acd -> acd.name() == null || acd.run() == null)) {
                throw new JsonFormatException("an ACD without name or run");
            }
            return state;
        } catch (JsonFormatException e) {
            throw new IOException(path + " is whole and yet not what Tandem writes: " + e.getMessage(), e);
        }
    }

    /**
     * Opens it for writing, and makes it if there is none. A damaged one is renamed to {@link #SET_ASIDE} first.
     *
     * @param found what {@link #read} has said a moment ago
     */
    public static ControlFile open(Path data, Found found) throws IOException {
        final Path path = data.resolve(NAME);
        if (found.condition() == Condition.DAMAGED) {
            Files.move(path, data.resolve(SET_ASIDE), StandardCopyOption.REPLACE_EXISTING);
        }
        final ControlFile file = new ControlFile(path, found);
        if (!Files.exists(path) || Files.size(path) != 2L * ControlSlot.BYTES) {
            file.make(
                    found.condition() == Condition.SOUND
                            ? slot(found.counter(), found.state()).encoded()
                            : new byte[0]);
        }
        file.channel();
        return file;
    }

    /** Under another name first, so that there is never a short one. */
    private void make(byte[] slotInForce) throws IOException {
        final Path next = path.resolveSibling(NAME + ".new");
        final ByteBuffer zeros = ByteBuffer.allocate(2 * ControlSlot.BYTES);
        zeros.put(slot * ControlSlot.BYTES, slotInForce);
        Files.deleteIfExists(next); // its rights may be others
        try (FileChannel out = FileChannel.open(
                next, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), FOR_OWNER_AND_GROUP)) {
            while (zeros.hasRemaining()) {
                out.write(zeros);
            }
            out.force(true);
        }
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /**
     * Writes the state to the older slot, and returns once it survives a power loss. After an exception the slot written before
     * still counts, and the next write goes to the same place again.
     *
     * @throws IOException if it could not be written, or is longer than a slot
     */
    public synchronized void write(ControlState state) throws IOException {
        final byte[] bytes = slot(counter + 1, state).encoded();
        if (bytes.length > ControlSlot.BYTES) {
            throw new IOException(
                    "what " + path + " has to hold is " + bytes.length + " bytes long; " + ControlSlot.BYTES + " fit");
        }
        final boolean interrupted = Thread.interrupted(); // it would close the channel in the middle of a write
        try {
            if (!Files.exists(path)) { // somebody has deleted it; what is written to the old one would be lost
                close();
                make(new byte[0]);
            }
            put(1 - slot, bytes);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        slot = 1 - slot;
        counter++;
    }

    private void put(int into, byte[] bytes) throws IOException {
        // Zeros over what is left of a longer content, or the file would be hard to read for people.
        final int whole = Math.min(ControlSlot.BYTES, (bytes.length + PAGE - 1) / PAGE * PAGE);
        final ByteBuffer out = ByteBuffer.wrap(Arrays.copyOf(bytes, Math.max(whole, used[into])));
        used[into] = out.capacity();
        long at = (long) into * ControlSlot.BYTES;
        while (out.hasRemaining()) {
            at += channel().write(out, at);
        }
        channel.force(false);
        used[into] = whole;
    }

    private FileChannel channel() throws IOException {
        if (channel == null || !channel.isOpen()) {
            channel = FileChannel.open(path, StandardOpenOption.WRITE);
        }
        return channel;
    }

    private static ControlSlot slot(long counter, ControlState state) {
        return new ControlSlot(FORMAT, counter, JsonRecords.write(state));
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
