package org.tandemgw.gateway.journal;

import java.io.IOException;

/**
 * A place in one roll file, from which records are read in order. Belongs to one thread at a time. What it has in its buffer
 * may be older than what a record's writer has done since, so nothing is called damaged that was not read again.
 */
final class QueueCursor implements AutoCloseable {
    /** What {@link #read} says when there is no record at all. */
    static final String NOTHING = "not there";

    private static final String HEADER = "header does not match its checksum";

    private final RecordCodec codec = new RecordCodec();
    private final byte[] buffer = new byte[FileWindow.CAPACITY];
    private FileWindow window;
    private RecordWalk walk;
    private RollFileMap map;
    private boolean ahead;

    /** Goes before a record of that file, or before where it should be. False if that cannot be. */
    boolean moveTo(RollFileMap file, long sequence) {
        try {
            if (map != file) {
                close();
                window = new FileWindow(file.path(), buffer);
                walk = new RecordWalk(window);
                map = file;
            }
        } catch (IOException e) {
            return false; // no longer kept
        }
        window.forget();
        ahead = false;
        return map.place(walk, sequence);
    }

    /**
     * Reads a record that is not behind this place.
     *
     * @return null if it is sound, else what is wrong
     */
    String read(long sequence, JournalRecord into) {
        if (map == null || sequence >= map.firstVoid()) {
            return NOTHING;
        }
        if (!find(sequence)) {
            return NOTHING;
        }
        if (walk.sequence() != sequence) {
            return HEADER;
        }
        String wrong = walk.read(into);
        if (wrong != null) {
            window.forget();
            wrong = walk.read(into);
        }
        return wrong;
    }

    /** After {@link #read} of this sequence has found something wrong: the last one in a row of which no header can be found. */
    long lostThrough(long sequence) {
        return Math.max(sequence, Math.min(walk.sequence(), map.firstVoid()) - 1);
    }

    /** What the buffer has of this record and those behind it was read before they were written. */
    void readAgainFrom(long sequence) {
        if (ahead && walk.sequence() >= sequence) {
            close();
        } else if (window != null) {
            window.forget();
        }
    }

    private boolean find(long sequence) {
        while (!ahead || walk.sequence() < sequence) {
            ahead = walk.next(false);
            if (!ahead) {
                window.forget();
                ahead = walk.next(true);
            }
            if (!ahead) {
                return false;
            }
        }
        return true;
    }

    /** The file that it is in; null if in none. */
    RollFileMap map() {
        return map;
    }

    int crcOf(byte[] bytes, int length) {
        return codec.crcOf(bytes, 0, length);
    }

    @Override
    public void close() {
        map = null;
        ahead = false;
        if (window != null) {
            window.close();
            window = null;
        }
    }
}
